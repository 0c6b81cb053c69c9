"""Tickets of upload links, stored under the digest of their token and used once."""

from __future__ import annotations

import secrets
from typing import Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.exceptions import UpdateError
from pynamodb.models import Model

from rollcall.accounts import Person
from rollcall.store.binding import bind
from rollcall.upload_tickets import Ticket, digest
from rollcall.wishes import Wish

#: Seconds for which a used or expired ticket is remembered, so that its link says what became of it.
_KEPT: Final = 7 * 24 * 3600


def new_token() -> str:
    """A token that nobody can guess: 256 random bits, safe in a web address."""
    return secrets.token_urlsafe(32)


class TicketItem(Model):
    """``link#<digest>`` / ``link`` in the uploads table."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="link")
    upload = UnicodeAttribute()
    account = UnicodeAttribute()
    team = UnicodeAttribute()
    user = UnicodeAttribute()
    customer = UnicodeAttribute()
    stc = UnicodeAttribute(null=True)
    order_number = UnicodeAttribute(null=True)
    order_date = UnicodeAttribute(null=True)
    check_only = BooleanAttribute()
    until = NumberAttribute()
    started_at = NumberAttribute(null=True)
    expires = NumberAttribute()


class TicketsStore:
    """Reads and writes tickets.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._items = bind(TicketItem, table, region=region, host=host)

    def put(self, token: str, ticket: Ticket) -> None:
        """Stores a new ticket."""
        self._items(
            pk=_pk(token),
            upload=ticket.upload,
            account=ticket.account,
            team=ticket.person.team,
            user=ticket.person.user,
            customer=ticket.wish.customer,
            stc=ticket.wish.stc or None,
            order_number=ticket.wish.order_number or None,
            order_date=ticket.wish.order_date or None,
            check_only=ticket.wish.check_only,
            until=ticket.until,
            expires=ticket.until + _KEPT,
        ).save(condition=TicketItem.pk.does_not_exist())

    def get(self, token: str) -> Ticket | None:
        """The ticket of a token; None if there is none."""
        try:
            item = self._items.get(_pk(token), "link", consistent_read=True)
        except self._items.DoesNotExist:
            return None
        return Ticket(
            upload=item.upload,
            account=item.account,
            person=Person(item.team, item.user),
            wish=Wish(
                customer=item.customer,
                stc=item.stc or "",
                order_number=item.order_number or "",
                order_date=item.order_date or "",
                check_only=item.check_only,
            ),
            until=int(item.until),
            started_at=int(item.started_at or 0),
        )

    def use(self, token: str, *, now: float) -> bool:
        """Uses a ticket; False if it was used before, or its time has passed.

        Args:
            token: of its link.
            now: epoch seconds.
        """
        unused = TicketItem.pk.exists() & TicketItem.started_at.does_not_exist()
        try:
            self._items(pk=_pk(token)).update(
                actions=[TicketItem.started_at.set(int(now))], condition=unused & (TicketItem.until > now)
            )
        except UpdateError as error:
            if error.cause_response_code == "ConditionalCheckFailedException":
                return False
            raise
        return True


def _pk(token: str) -> str:
    return f"link#{digest(token)}"
