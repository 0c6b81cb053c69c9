"""Under which workspace somebody is known who acts in another one of their organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from rollcall.store.account_places import HOME, person_pk
from rollcall.store.binding import bind

if TYPE_CHECKING:
    from rollcall.accounts import Person


class HomeItem(Model):
    """``person#T0BRANCH#W0RAE`` / ``home`` in the accounts table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=HOME)
    home = UnicodeAttribute()
    seen_at = NumberAttribute()


@dataclass(frozen=True, slots=True)
class Home:
    """What Slack said of a person's organisation.

    Attributes:
        team: the workspace, or the organisation, under which they are known here.
        seen_at: when Slack said so, epoch seconds.
    """

    team: str
    seen_at: float


class HomesStore:
    """Reads and writes homes. They give no rights: memberships are read apart, each time.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(HomeItem, table, region=region, host=host)

    def get(self, person: Person) -> Home | None:
        """Where somebody is at home; None if nobody asked yet, or it is where they are."""
        try:
            item = self._items.get(person_pk(person), HOME, consistent_read=True)
        except self._items.DoesNotExist:
            return None
        return Home(item.home, float(item.seen_at))

    def forget(self, person: Person) -> None:
        """Takes it that somebody is at home where they act."""
        self._items(pk=person_pk(person), sk=HOME).delete()

    def put(self, person: Person, team: str, *, now: float) -> None:
        """Remembers what Slack says now.

        Args:
            person: as they act.
            team: under which they are known.
            now: epoch seconds.
        """
        self._items(pk=person_pk(person), home=team, seen_at=now).save()
