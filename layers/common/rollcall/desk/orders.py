"""A customer's expected orders at the desk: shown, announced, changed, closed (row B17)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.commands import Command, render
from rollcall.desk.deciding import version_of
from rollcall.desk.pages import page_of
from rollcall.desk.people import fields_of
from rollcall.desk.rule_fields import order_of
from rollcall.desk.sent_forms import FieldError, again, instead, metadata_of
from rollcall.orders import MOST_OPEN, order_id
from rollcall.ruling.messages import recount_orders
from rollcall.store.transactions import OutOfTimeError
from rollcall.views import approvals
from rollcall.views import order_forms as forms
from rollcall.views import orders as views
from rollcall.views.message import Message
from rollcall.views.reseller_menus import in_order, reseller_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.desk.approvers import Seat
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding
    from rollcall.desk.turns import Turn
    from rollcall.orders import Order
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.queues import Queue
    from rollcall.views.reader import Reader

    View = dict[str, Any]
    Value = Mapping[str, object]

PAGE: Final = 5
QUESTION: Final = render(Command("approvals", "orders"))
_TITLE: Final = "Order"
_GONE: Final = "This order is not there, or not any more. Nothing was changed."
_CHANGED: Final = "Somebody changed this order since it was shown. Nothing was changed; look again."
_MEANWHILE: Final = (
    "Nothing was saved yet: somebody changed this order since you opened it. Now it says: {order}\n"
    "What you filled in is still there; *Save* puts it in place of that."
)
_LATE: Final = "This took longer than Slack waits, so it was given up. Do it again: nothing is done twice."


class OrderDesk:
    """Answers what has to do with orders. Rights are those of the moment of the act, whatever a button carries.

    Args:
        deciding: who may, and where orders are kept.
        accounts: the resellers.
        jobs: queue of longer work.
    """

    def __init__(self, deciding: Deciding, accounts: AccountsStore, jobs: Queue) -> None:
        self._deciding = deciding
        self._accounts = accounts
        self._jobs = jobs
        self._orders = deciding.decisions.orders

    def listing(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """A page of them."""
        if reader.is_reseller:
            return approvals.only_customers(reader)
        self._deciding.begin()
        return self._page(reader, render(command), turn.cursor or "", backwards=turn.backwards)

    def form(self, click: Click, value: Value) -> View | Message:
        """The form for a new order, or for the one that a button names."""
        seat = self._deciding.for_settings(click, value, QUESTION)
        if isinstance(seat, Message):
            return seat
        account, id_ = seat.approver.account, str(value.get("o", ""))
        order = self._orders.get(account, id_) if id_ else None
        if id_ and order is None:
            return views.said(seat.reader.say(_GONE), seat.reader)
        resellers = self._resellers(account)
        if not resellers and order is None:
            return views.said(seat.reader.say("No reseller can upload devices for your company yet."), seat.reader)
        ordered = in_order(resellers, seat.reader)
        carried = forms.metadata(account, order.id if order else "", order.version if order else 0)
        return forms.order_form(ordered, seat.reader, carried, order=order)

    def resellers(self, click: Click, value: Value, typed: str) -> list[dict[str, Any]]:
        """The resellers to pick from as somebody types; none for who may not announce orders.

        Args:
            click: who types.
            value: what the form carries.
            typed: so far.
        """
        seat = self._deciding.for_settings(click, value, QUESTION)
        if isinstance(seat, Message):
            return []
        return reseller_options(typed, in_order(self._resellers(seat.approver.account), seat.reader), seat.reader)

    def submit(self, click: Click, view: Mapping[str, Any]) -> View:
        """Takes a form that was sent; what Slack is to do with it."""
        value = metadata_of(view)
        seat = self._deciding.for_settings(click, value, QUESTION)
        if isinstance(seat, Message):
            return instead(seat, _TITLE)
        account, id_ = seat.approver.account, str(value.get("o", ""))
        old = self._orders.get(account, id_) if id_ else None
        if id_ and old is None:
            return instead(views.said(seat.reader.say(_GONE), seat.reader), _TITLE)
        fields = fields_of(view)
        try:
            if old:
                named = {forms.RESELLER: old.reseller, forms.NUMBER: old.number}
                asked = order_of({**fields, **named}, {old.reseller})
            else:
                asked = order_of(fields, self._resellers(account))
                self._refuse_known(account, asked)
        except FieldError as error:
            return error.answer(seat.reader.say)
        at, by = self._deciding.moment(), seat.approver.by
        if old:
            order = replace(
                old,
                quantity=asked.quantity,
                models=asked.models,
                due=asked.due,
                version=version_of(value),
                by=by,
                at=at,
            )
        else:
            new = order_id(account, asked.reseller, asked.number)
            order = replace(asked, id=new, customer=account, by=by, at=at, made_at=at)
        stored = self._stored(order)
        if isinstance(stored, str):
            return self._once_more(view, seat, order, stored)
        self._jobs.send([recount_orders(account, stored.reseller, once=click.once)])
        return instead(views.saved(stored, self._deciding.approvers.among_colleagues(seat.reader)), _TITLE)

    def _once_more(self, view: Mapping[str, Any], seat: Seat, order: Order, why: str) -> View:
        """The form with what was filled in, and a line that says why it was not taken."""
        say = seat.reader.say
        now = None if why == _LATE else self._orders.get(order.customer, order.id)
        if now is None:
            return again(view, say(why))
        told = say(_MEANWHILE, order=views.order_text(now, self._deciding.approvers.among_colleagues(seat.reader)))
        return again(view, told, metadata=forms.metadata(order.customer, now.id, now.version))

    def close(self, click: Click, value: Value) -> Message:
        """Closes an order, or opens it again."""
        seat = self._deciding.for_settings(click, value, QUESTION)
        if isinstance(seat, Message):
            return seat
        order = self._orders.get(seat.approver.account, str(value.get("o") or "-"))
        if order is None:
            return views.said(seat.reader.say(_GONE), seat.reader)
        wanted = value.get("c") != 0
        if order.closed != wanted:
            changed = replace(
                order,
                closed=wanted,
                version=version_of(value),
                by=seat.approver.by,
                at=self._deciding.moment(),
            )
            stored = self._stored(changed)
            if isinstance(stored, str):
                return self._page(seat.reader, QUESTION, "", said=seat.reader.say(stored))
            order = stored
            self._jobs.send([recount_orders(order.customer, order.reseller, once=click.once)])
        return self._page(seat.reader, QUESTION, "", said=views.closed(order, seat.reader.say))

    def _refuse_known(self, account: str, asked: Order) -> None:
        known = self._orders.get(account, order_id(account, asked.reseller, asked.number))
        if known:
            told = "This order is announced already: change it in the list of orders."
            if known.closed:
                told = "This order is announced, and closed: change it in the list of orders."
            raise FieldError(forms.NUMBER, told)
        if sum(not order.closed for order in self._orders.of_customer(account)) >= MOST_OPEN:
            raise FieldError(
                forms.NUMBER, "{most} orders are open, which is the most; close one first.", most=MOST_OPEN
            )

    def _stored(self, order: Order) -> Order | str:
        """The order as it is stored, or why it is not."""
        try:
            return self._orders.save(order) or _CHANGED
        except OutOfTimeError:
            return _LATE

    def _resellers(self, account: str) -> set[str]:
        return {one for one, link in self._accounts.links_to(account).items() if not link.is_blocked}

    def _page(self, reader: Reader, question: str, cursor: str, *, backwards: bool = False, said: str = "") -> Message:
        orders = self._orders.of_customer(reader.acting.account)
        ordered = sorted(orders, key=lambda order: order.closed)
        page = page_of(ordered, cursor, backwards=backwards, size=PAGE)
        colleague = self._deciding.approvers.among_colleagues(reader)
        return views.order_list(page, question, colleague, cursor=page.before or "", said=said)
