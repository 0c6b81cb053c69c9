"""Orders that a customer expects devices of (row B17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.views.approvals import who_decided
from rollcall.views.blocks import actions, button, confirmation, header, section
from rollcall.views.message import compose
from rollcall.views.pager import pager
from rollcall.views.text import bold, code, count, date, plain

if TYPE_CHECKING:
    from rollcall.orders import Order
    from rollcall.queries import Page
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

ANNOUNCE: Final = "orders.announce"
EDIT: Final = "orders.edit"
CLOSE: Final = "orders.close"
_LONGEST_NUMBER: Final = 100


def order_list(page: Page[Order], question: str, reader: Reader, *, cursor: str = "", said: str = "") -> Message:
    """The orders of a customer.

    Args:
        page: of them: the open ones first, the newest first.
        question: the command in canonical form.
        reader: somebody of the customer, who knows the names of colleagues and resellers.
        cursor: that led to this page.
        said: what was just done, as mrkdwn; empty for nothing.
    """
    may = allows(reader.acting.member.role, Act.SET_RULES)
    announce = [button("Announce order", ANNOUNCE, {"a": reader.acting.account}, style="primary")] if may else []
    foot = [*pager(page, question, cursor=cursor), *actions(announce), reader.account_line()]
    told = [section(said)] if said else []
    if not page.items:
        text = (
            "No order is announced. Announce its number and how many devices you expect: the upload then says how many "
            f"came, and what was not expected. A rule can accept them by itself: {reader.usage('approvals rules')}."
        )
        return compose(f"{said}\n{text}".strip(), [*told, section(text)], foot)
    body = [*told, header("Expected orders")]
    lines = [said] if said else []
    for order in page.items:
        text = order_text(order, reader)
        lines.append(text)
        body += [section(text), *actions(_buttons(order) if may else [])]
    return compose("\n".join(lines), body, foot)


def order_text(order: Order, reader: Reader) -> str:
    """An order, how much of it came, and who announced it, as mrkdwn."""
    figures = [f"expected {count(order.quantity)}", f"got {count(order.arrived)}"]
    if order.missing:
        figures.append(f"{count(order.missing)} missing")
    if order.got > order.quantity:
        figures.append(f"{count(order.got - order.quantity)} too many")
    models = f" · models {', '.join(code(model, 40) for model in order.models)}" if order.models else ""
    due = f" · by {order.due}" if order.due else ""
    who = who_decided(order.by, order.customer, reader)
    state = " · closed" if order.closed else ""
    return (
        f"{bold(code(order.number, _LONGEST_NUMBER))} from {reader.company(order.reseller)}{state}\n"
        f"{', '.join(figures)}{models}{due}\n{code(order.id)} by {who} · {date(order.at)}"
    )


def saved(order: Order, reader: Reader) -> Message:
    """An order is stored."""
    text = (
        f"Saved. What came of it already is being counted, and what comes is told with each upload.\n"
        f"{order_text(order, reader)}"
    )
    return compose(text, [section(text)], [reader.account_line()])


def closed(order: Order) -> str:
    """What was closed, or opened again, as mrkdwn."""
    number = bold(code(order.number, _LONGEST_NUMBER))
    if order.closed:
        return f"{number} is closed: nothing more is expected of it."
    return f"{number} is open again."


def overdue(order: Order, reader: Reader) -> Message:
    """An order whose day has passed and of which devices are missing; or that all came after all."""
    number = bold(code(order.number, _LONGEST_NUMBER))
    company = reader.company(order.reseller)
    if order.missing:
        text = (
            f"⚠ Order {number} from {company} was expected by {order.due}: expected {count(order.quantity)}, "
            f"got {count(order.arrived)}, {bold(count(order.missing))} missing."
        )
    else:
        text = f"Order {number} from {company}, expected by {order.due}: all {count(order.quantity)} have come."
    closing = [] if order.closed else _buttons(order)
    return compose(text, [section(text)], [*actions(closing), reader.account_line()])


def said(text: str, reader: Reader) -> Message:
    """One sentence of ours, as mrkdwn."""
    return compose(plain(text), [section(plain(text))], [reader.account_line()])


def _buttons(order: Order) -> list[Element]:
    value: dict[str, object] = {"a": order.customer, "o": order.id, "v": order.version}
    if order.closed:
        return [button("Open again", CLOSE, {**value, "c": 0}, label=f"Open order {order.number} again")]
    sure = confirmation(
        f"Close {order.number}?",
        "Nothing more is expected of it: what comes later is told as not expected, and no rule accepts it.",
        confirm="Close order",
    )
    return [
        button("Edit", EDIT, value, label=f"Edit order {order.number}"),
        button("Close", CLOSE, {**value, "c": 1}, label=f"Close order {order.number}", confirm=sure),
    ]
