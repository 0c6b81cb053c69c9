"""Links that let one file in: asked for by command, or in the form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rollcall.desk.upload_forms import QUESTION
from rollcall.desk.uploaders import Uploader
from rollcall.layout import MANY
from rollcall.store.reservations import new_upload_id
from rollcall.store.upload_tickets import new_token
from rollcall.upload_forms import read_metadata, read_wish
from rollcall.upload_tickets import VALID, Ticket
from rollcall.uploads import utc
from rollcall.views import upload_forms as form_views
from rollcall.views import upload_links as views
from rollcall.views.modals import modal
from rollcall.wishes import Settled, Wish, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.accounts import Person
    from rollcall.commands import Command
    from rollcall.desk.customers import CustomerNames
    from rollcall.desk.turns import Turn
    from rollcall.desk.uploaders import Uploaders
    from rollcall.store.upload_tickets import TicketsStore
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


class UploadLinks:
    """Makes links.

    Args:
        uploaders: who may have one.
        customers: finds the customer that somebody names.
        tickets: where they are kept.
        public_url: where links lead.
        clock: epoch seconds.
    """

    def __init__(
        self,
        uploaders: Uploaders,
        customers: CustomerNames,
        tickets: TicketsStore,
        public_url: str,
        clock: Callable[[], float],
    ) -> None:
        self._uploaders = uploaders
        self._customers = customers
        self._tickets = tickets
        self._public_url = public_url
        self._clock = clock

    def by_command(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """A link by what was typed; the customer is the last one where none is named."""
        found = self._uploaders.admit(reader)
        if not isinstance(found, Uploader):
            return found
        named = command.options.get("customer", "")
        many = named.casefold() in (MANY, "many")
        customer = MANY if many else self._customers.find(reader, named) or found.suggested
        if not customer:
            return views.customer_missing(found.links, reader)
        wish = Wish(
            customer=customer,
            stc=command.options.get("stc", ""),
            order_number=command.options.get("order", ""),
            order_date=command.options.get("date", ""),
            check_only=command.options.get("check", "").casefold() in ("yes", "only", "true"),
        )
        settled = settle(wish, found.reseller, found.links, found.reader.say)
        if not isinstance(settled, Settled):
            return views.refused(list(settled.values()), reader)
        return self._make(found, wish, settled)

    def in_form(self, person: Person, view: Mapping[str, Any]) -> dict[str, Any]:
        """A link by what stands in the form so far; a modal in its place.

        Args:
            person: who pressed.
            view: the form as Slack hands it back.
        """
        found = self._uploaders.enter(person, named=read_metadata(view.get("private_metadata")), question=QUESTION)
        if not isinstance(found, Uploader):
            return modal(found)
        wish = read_wish((view.get("state") or {}).get("values"))
        settled = settle(wish, found.reseller, found.links, found.reader.say)
        if isinstance(settled, Settled):
            return modal(self._make(found, wish, settled), "Upload link")
        problem = " ".join(settled.values())
        if not wish.customer:
            problem = found.reader.say("Pick the customer first, then ask for a link.")
        return form_views.upload_form(found.reader, found.reseller, found.links, found.last, problem=problem)

    def by_button(self, person: Person, account: str) -> Message:
        """A link for the customer of the last time."""
        found = self._uploaders.enter(person, named=account, question="uploads link")
        if not isinstance(found, Uploader):
            return found
        wish = Wish(customer=found.suggested)
        settled = settle(wish, found.reseller, found.links, found.reader.say)
        if not isinstance(settled, Settled):
            return views.customer_missing(found.links, found.reader)
        return self._make(found, wish, settled)

    def _make(self, uploader: Uploader, wish: Wish, settled: Settled) -> Message:
        token = new_token()
        until = int(self._clock()) + VALID
        ticket = Ticket(
            upload=new_upload_id(),
            account=uploader.reader.acting.account,
            person=uploader.person,
            wish=wish,
            until=until,
        )
        self._tickets.put(token, ticket)
        self._uploaders.remember(uploader, Wish(wish.customer, wish.stc))
        ends = utc(datetime.fromtimestamp(until, UTC))
        return views.link(f"{self._public_url}/u/{token}", ticket, settled.customer, ends, uploader.reader)
