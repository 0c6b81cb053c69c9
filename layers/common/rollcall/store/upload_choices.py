"""What somebody picked when they sent files the last time, to have it there at once the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from rollcall.store.account_places import person_pk
from rollcall.store.binding import bind
from rollcall.wishes import Wish

if TYPE_CHECKING:
    from rollcall.accounts import Person


class UploadChoiceItem(Model):
    """``person#T0ACME#U0RAE`` / ``upload#RSL-ACME`` in the accounts table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    customer = UnicodeAttribute()
    stc = UnicodeAttribute(null=True)


class UploadChoicesStore:
    """Remembers choices, by person and account.

    Args:
        table: name of the accounts table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(UploadChoiceItem, table, region=region, host=host)

    def get(self, person: Person, account: str) -> Wish:
        """Customer and sold-to code of the last time; whether they may still be picked is asked each time."""
        try:
            item = self._items.get(person_pk(person), f"upload#{account}")
        except self._items.DoesNotExist:
            return Wish()
        return Wish(customer=item.customer, stc=item.stc or "")

    def put(self, person: Person, account: str, wish: Wish) -> None:
        """Remembers a choice."""
        self._items(pk=person_pk(person), sk=f"upload#{account}", customer=wish.customer, stc=wish.stc or None).save()
