"""Dead-letter queues: looked into without taking anything out, and emptied back into where the letters failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.letters import letter_id
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rollcall.letters import DeadQueue

#: Seconds for which a letter that is looked at is seen by nobody else.
_HIDDEN: Final = 60
_BATCH: Final = 10
#: Answers without a letter after which a queue counts as empty: SQS asks some of its servers and not all of them.
_EMPTY: Final = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A letter as it lies in its queue.

    Attributes:
        id: short, as operators call it.
        message: SQS's own id, under which a failure is noted.
        body: as it was sent; shown to nobody.
        sent_at: when it was first sent, UTC.
        receipt: what it is taken out with.
    """

    id: str
    message: str
    body: str
    sent_at: str
    receipt: str


class DeadLetters:
    """The dead letters of a stack.

    Args:
        sqs: client.
        queues: by name.
    """

    def __init__(self, sqs: Any, queues: Mapping[str, DeadQueue]) -> None:  # noqa: ANN401 - a client of boto3 or botocore
        self._sqs = sqs
        self._queues = queues

    @property
    def names(self) -> tuple[str, ...]:
        """The queues there are."""
        return tuple(self._queues)

    def count(self, queue: str) -> int:
        """About how many letters a queue has; SQS does not count exactly."""
        answer = self._sqs.get_queue_attributes(
            QueueUrl=self._queues[queue].letters, AttributeNames=["ApproximateNumberOfMessages"]
        )
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def look(self, queue: str, *, most: int) -> list[Found]:
        """The letters of a queue, which stay there; whoever dies here hides them for a minute.

        Args:
            queue: name.
            most: at most so many.
        """
        url = self._queues[queue].letters
        found: dict[str, Found] = {}
        for letter in self._receive(url):
            found[letter.message] = letter
            if len(found) >= most:
                break
        self._show_again(url, list(found.values()))
        return sorted(found.values(), key=lambda letter: (letter.sent_at, letter.id))

    def is_of_stream(self, queue: str) -> bool:
        """Whether the letters of a queue failed in a stream, and so have no queue to be sent back to."""
        return not self._queues[queue].source

    def replay(
        self,
        queue: str,
        *,
        only: str = "",
        enough: Callable[[], bool] = lambda: False,
        instead: Callable[[Found], bool] | None = None,
    ) -> tuple[int, bool]:
        """Sends letters back to where they failed.

        Each is sent before it is taken out, so that whoever dies in between leaves it in both places: what reads the
        queue can do everything twice.

        Args:
            queue: name.
            only: id of the one that is meant; empty for all.
            enough: asked after each; the rest waits for the next call.
            instead: what is done with each in place of sending it back; False leaves the letter where it is.

        Returns:
            How many were sent, and whether no letter is left that was meant.
        """
        place = self._queues[queue]
        passed: list[Found] = []
        sent = 0
        done = True
        for letter in self._receive(place.letters):
            if only and letter.id != only:
                passed.append(letter)
                continue
            if instead is None:
                self._sqs.send_message(QueueUrl=place.source, MessageBody=letter.body)
            if instead is None or instead(letter):
                self._sqs.delete_message(QueueUrl=place.letters, ReceiptHandle=letter.receipt)
                sent += 1
            else:
                passed.append(letter)
            if only:
                break
            if enough():
                done = False
                break
        self._show_again(place.letters, passed)
        return sent, done

    def _receive(self, url: str) -> Iterator[Found]:
        """Letters one after the other, each once, until none comes any more."""
        seen: set[str] = set()
        empty = 0
        while empty < _EMPTY:
            answer = self._sqs.receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=_BATCH,
                VisibilityTimeout=_HIDDEN,
                WaitTimeSeconds=0,
                AttributeNames=["SentTimestamp"],
            )
            new = [message for message in answer.get("Messages", []) if message["MessageId"] not in seen]
            empty = 0 if new else empty + 1
            for message in new:
                seen.add(message["MessageId"])
                sent = datetime.fromtimestamp(int(message["Attributes"]["SentTimestamp"]) / 1000, UTC)
                yield Found(
                    id=letter_id(message["MessageId"]),
                    message=message["MessageId"],
                    body=message["Body"],
                    sent_at=utc(sent),
                    receipt=message["ReceiptHandle"],
                )

    def _show_again(self, url: str, letters: list[Found]) -> None:
        """Makes letters visible again; one by one, since the emulated AWS wants a right for batches that AWS lacks."""
        for letter in letters:
            self._sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=letter.receipt, VisibilityTimeout=0)
