"""Takes messages from a queue. Those that fail come back by and by, and how they failed is remembered."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType

from rollcall.letters import Failure, reference_in
from rollcall.references import reference
from rollcall.store import clients
from rollcall.store.letters import LettersStore
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_lambda_powertools import Logger
    from aws_lambda_powertools.utilities.batch.base import FailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

#: The try from which on a failure is worth a write; before that the next one mostly does it.
_WORTH: Final = 3
#: Seconds between the tries of a message that failed: what passes by itself costs half a minute, an outage of three
#: hours is outlived, and a fault of ours is a dead letter within four. One try more than pauses, by the template.
PAUSES: Final = (30, 120, 600, 1_800, 3_600, 7_200)
#: The same of messages to Slack, which have twenty tries since its rate limits cost some.
PAUSES_OF_NOTICES: Final = (30, 120, 600, *[1_200] * 16)
#: After the last try there is nothing to wait for: SQS makes it a dead letter as soon as it would bring it again.
_AT_ONCE: Final = 1
#: The most that SQS takes.
_LONGEST: Final = 43_200


class Consumer(BatchProcessor):
    """Processes messages one by one, and tells the queue of each that failed and when to bring it again.

    A worker that was killed says nothing, so its message stays hidden for the queue's visibility: it may have been the
    message that killed it, and another may still be at work on it.

    Args:
        logger: of the function.
        queue: variable of the environment with the queue's URL.
        pauses: seconds before the second try, the third and so on.
        calm: the function goes on where every message of a batch failed: they come back as they should, and what is a
            failure was logged.
    """

    def __init__(self, logger: Logger, *, queue: str, pauses: Sequence[int] = PAUSES, calm: bool = False) -> None:
        super().__init__(event_type=EventType.SQS, raise_on_entire_batch_failure=not calm)
        self._logger = logger
        self._queue = queue
        self._pauses = pauses
        self._placed: set[str] = set()

    def come_back(self, record: SQSRecord, seconds: float) -> None:
        """Says when a message is to be brought again whose failure names a time of its own, such as a rate limit.

        Args:
            record: the message; what handles it raises right after.
            seconds: from now; the most that SQS takes stands for more.
        """
        clients.sqs().change_message_visibility(
            QueueUrl=os.environ[self._queue],
            ReceiptHandle=record.receipt_handle,
            VisibilityTimeout=min(round(seconds), _LONGEST),
        )
        self._placed.add(record.message_id)

    def failure_handler(self, record: Any, exception: Any) -> FailureResponse:  # noqa: ANN401 - as the base class has it
        """Puts a message off, and notes its failure under its id; what goes wrong here hides no failure."""
        tries = int(record.attributes.approximate_receive_count or 1)
        try:
            self._put_off(record, tries)
        except Exception:
            self._logger.exception("Message not put off")
        try:
            self._note(record, tries, exception[1])
        except Exception:
            self._logger.exception("Failure not noted")
        return super().failure_handler(record, exception)

    def _put_off(self, record: SQSRecord, tries: int) -> None:
        if record.message_id in self._placed:
            self._placed.discard(record.message_id)
        else:
            self.come_back(record, self._pauses[tries - 1] if tries <= len(self._pauses) else _AT_ONCE)
            self._placed.discard(record.message_id)

    def _note(self, record: SQSRecord, tries: int, error: BaseException) -> None:
        if tries < _WORTH:
            return
        context = getattr(self, "lambda_context", None)
        name = reference_in(record.body) or reference(str(getattr(context, "aws_request_id", "")), record.message_id)
        self._logger.warning("Message failed", error=error_name(error), tries=tries, reference=name)
        now = time.time()
        LettersStore(os.environ["UPLOADS_TABLE"]).note_failure(
            record.message_id, Failure(error_name(error), name, utc(datetime.fromtimestamp(now, UTC))), now=now
        )


def error_name(error: BaseException) -> str:
    """What went wrong without a word of its text, which may quote what a company wrote.

    Args:
        error: the exception; of one that wraps what a service answered, the service's code is named as well.
    """
    for cause in (error, getattr(error, "cause", None), error.__cause__):
        response = getattr(cause, "response", None)
        answer = response.get("Error") if isinstance(response, dict) else None
        if isinstance(answer, dict) and answer.get("Code"):
            return f"{type(error).__name__} {answer['Code']}"
    return type(error).__name__
