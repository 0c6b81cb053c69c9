"""What was last seen of the dead letters, and how messages failed. The letters themselves stay in their queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from rollcall.letters import Failure, Letter, Look
from rollcall.store.binding import bind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Seconds that a failure and a look are remembered: a little longer than SQS keeps a letter.
_KEPT: Final = 15 * 24 * 3600
_LETTERS: Final = "letters"
_LOOK: Final = "look#"
_LETTER: Final = "letter#"


class LetterItem(Model):
    """``letters`` / ``letter#<queue>#<sent at>#<id>`` in the uploads table."""

    pk = UnicodeAttribute(hash_key=True, default=_LETTERS)
    sk = UnicodeAttribute(range_key=True)
    letter = UnicodeAttribute()
    queue = UnicodeAttribute()
    kind = UnicodeAttribute()
    about = UnicodeAttribute(null=True)
    sent_at = UnicodeAttribute()
    error = UnicodeAttribute(null=True)
    reference = UnicodeAttribute(null=True)
    failed_at = UnicodeAttribute(null=True)
    expires = NumberAttribute()


class LookItem(Model):
    """``letters`` / ``look#<queue>``: how many letters there are, and when somebody looked at them one by one."""

    pk = UnicodeAttribute(hash_key=True, default=_LETTERS)
    sk = UnicodeAttribute(range_key=True)
    letters = NumberAttribute(null=True)
    counted_at = UnicodeAttribute(null=True)
    looked_at = UnicodeAttribute(null=True)


class FailureItem(Model):
    """``failure#<message id>`` / ``failure`` in the uploads table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="failure")
    error = UnicodeAttribute()
    reference = UnicodeAttribute()
    at = UnicodeAttribute()
    expires = NumberAttribute()


class LettersStore:
    """Remembers what was seen.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._letters = bind(LetterItem, table, region=region, host=host)
        self._looks = bind(LookItem, table, region=region, host=host)
        self._failures = bind(FailureItem, table, region=region, host=host)

    def looks(self) -> dict[str, Look]:
        """What is known of each queue of which something is."""
        items = self._looks.query(_LETTERS, LookItem.sk.startswith(_LOOK), consistent_read=True)
        return {
            item.sk.removeprefix(_LOOK): Look(
                queue=item.sk.removeprefix(_LOOK),
                count=_whole(item.letters),
                looked_at=item.looked_at or "",
            )
            for item in items
        }

    def counted(self, queue: str, count: int, *, at: str) -> None:
        """Remembers how many letters a queue has."""
        self._looks(pk=_LETTERS, sk=f"{_LOOK}{queue}").update(
            actions=[LookItem.letters.set(count), LookItem.counted_at.set(at)]
        )

    def of(self, queue: str = "") -> list[Letter]:
        """The letters of a queue, or of all, as they were seen last; the oldest first within a queue."""
        prefix = f"{_LETTER}{queue}#" if queue else _LETTER
        items = self._letters.query(_LETTERS, LetterItem.sk.startswith(prefix), consistent_read=True)
        return [_letter(item) for item in items]

    def seen(self, queue: str, letters: Sequence[Letter], *, at: str, now: float) -> None:
        """Puts what was seen now in the place of what was seen before.

        Args:
            queue: name.
            letters: all that were found.
            at: now, UTC.
            now: now, epoch seconds.
        """
        keys = {_sort_key(letter) for letter in letters}
        gone = [letter for letter in self.of(queue) if _sort_key(letter) not in keys]
        for letter in letters:
            _item(self._letters, letter, expires=int(now) + _KEPT).save()
        for letter in gone:
            self._letters(pk=_LETTERS, sk=_sort_key(letter)).delete()
        self._looks(pk=_LETTERS, sk=f"{_LOOK}{queue}").update(
            actions=[LookItem.letters.set(len(letters)), LookItem.counted_at.set(at), LookItem.looked_at.set(at)]
        )

    def note_failure(self, message: str, failure: Failure, *, now: float) -> None:
        """Remembers how a message failed; only the last time counts.

        Args:
            message: SQS's id of it.
            failure: how.
            now: epoch seconds.
        """
        self._failures(
            pk=_failure_pk(message),
            error=failure.error,
            reference=failure.reference,
            at=failure.at,
            expires=int(now) + _KEPT,
        ).save()

    def failures(self, messages: Iterable[str]) -> dict[str, Failure]:
        """How messages failed, by SQS's id; those of which nobody noted anything are left out."""
        keys = [(_failure_pk(message), "failure") for message in messages]
        return {
            item.pk.partition("#")[2]: Failure(item.error, item.reference, item.at)
            for item in self._failures.batch_get(keys)
        }


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _failure_pk(message: str) -> str:
    return f"failure#{message}"


def _sort_key(letter: Letter) -> str:
    return f"{_LETTER}{letter.queue}#{letter.sent_at}#{letter.id}"


def _item(model: type[LetterItem], letter: Letter, *, expires: int) -> LetterItem:
    failure = letter.failure
    return model(
        sk=_sort_key(letter),
        letter=letter.id,
        queue=letter.queue,
        kind=letter.kind,
        about=letter.about or None,
        sent_at=letter.sent_at,
        error=failure.error if failure else None,
        reference=letter.reference or None,
        failed_at=failure.at if failure else None,
        expires=expires,
    )


def _letter(item: LetterItem) -> Letter:
    failure = Failure(item.error, item.reference or "", item.failed_at or "") if item.error else None
    return Letter(item.letter, item.queue, item.kind, item.about or "", item.sent_at, item.reference or "", failure)
