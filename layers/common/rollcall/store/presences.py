"""Whether people are still there: what Slack said of their accounts, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from rollcall.store.account_places import PRESENCE, person_pk
from rollcall.store.binding import bind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.accounts import Person


class PresenceItem(Model):
    """``person#T0ACME#U0RAE`` / ``presence`` in the accounts table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=PRESENCE)
    left = BooleanAttribute()
    seen_at = NumberAttribute()


@dataclass(frozen=True, slots=True)
class Presence:
    """What Slack said of a person's account.

    Attributes:
        left: it is deactivated, or there is none.
        seen_at: when Slack said so, epoch seconds.
    """

    left: bool
    seen_at: float


class PresencesStore:
    """Reads and writes presences.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(PresenceItem, table, region=region, host=host)

    def get(self, person: Person) -> Presence | None:
        """What is known of a person; None if nobody asked yet."""
        try:
            item = self._items.get(person_pk(person), PRESENCE, consistent_read=True)
        except self._items.DoesNotExist:
            return None
        return Presence(item.left, float(item.seen_at))

    def put(self, person: Person, *, left: bool, now: float) -> None:
        """Remembers what Slack says now.

        Args:
            person: whose account.
            left: it is deactivated, or there is none.
            now: epoch seconds.
        """
        self._items(pk=person_pk(person), left=left, seen_at=now).save()

    def of(self, people: Iterable[Person]) -> dict[Person, Presence]:
        """What is known of some people; those of whom nothing is are left out."""
        by_key = {person_pk(person): person for person in people}
        items = self._items.batch_get([(key, PRESENCE) for key in by_key], consistent_read=True)
        return {by_key[item.pk]: Presence(item.left, float(item.seen_at)) for item in items}

    def left(self, people: Iterable[Person]) -> frozenset[Person]:
        """Those of some people whose accounts are known to be deactivated, however long ago somebody asked."""
        return frozenset(person for person, presence in self.of(people).items() if presence.left)
