"""Files that somebody put into the bot's messages, until they say what to do with them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from rollcall.incoming import SlackFile
from rollcall.store.binding import bind

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Seconds for which the buttons below dropped files work.
KEPT: Final = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Drop:
    """Some files in one message.

    Attributes:
        id: names it.
        account: for which its sender acted.
        person: who sent it, as `Person.key`.
        files: those of its files that can be taken.
    """

    id: str
    account: str
    person: str
    files: tuple[SlackFile, ...]


class DropItem(Model):
    """``drop#<id>`` / ``drop`` in the uploads table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="drop")
    account = UnicodeAttribute()
    person = UnicodeAttribute()
    files = JSONAttribute()
    expires = NumberAttribute()


class DropsStore:
    """Remembers dropped files.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(DropItem, table, region=region, host=host)

    def put(self, drop: Drop, *, now: float) -> None:
        """Remembers files; a repeat writes the same again.

        Args:
            drop: the files.
            now: epoch seconds.
        """
        self._items(
            pk=f"drop#{drop.id}",
            account=drop.account,
            person=drop.person,
            files=_raw(drop.files),
            expires=int(now) + KEPT,
        ).save()

    def get(self, drop: str) -> Drop | None:
        """The files of one message; None where nobody remembers."""
        try:
            item = self._items.get(f"drop#{drop}", "drop", consistent_read=True)
        except self._items.DoesNotExist:
            return None
        return Drop(drop, item.account, item.person, tuple(SlackFile(**raw) for raw in item.files))


def _raw(files: Sequence[SlackFile]) -> list[dict[str, object]]:
    return [asdict(file) for file in files]
