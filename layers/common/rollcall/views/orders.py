"""Orders that a customer expects devices of (row B17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.views.approvals import who_decided
from rollcall.views.blocks import actions, button, confirmation, header, section
from rollcall.views.message import compose
from rollcall.views.pager import pager
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.orders import Order
    from rollcall.queries import Page
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

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
    say = reader.say
    may = allows(reader.acting.member.role, Act.SET_RULES)
    announce = [button(say("Announce order"), ANNOUNCE, {"a": reader.acting.account}, style="primary")] if may else []
    foot = [*pager(page, question, cursor=cursor, say=say), *actions(announce), reader.account_line()]
    told = [section(said)] if said else []
    if not page.items:
        text = say(
            "No order is announced. Announce its number and how many devices you expect: the upload then says how "
            "many came, and what was not expected. A rule can accept them by itself: {command}.",
            command=reader.usage("approvals rules"),
        )
        return compose(f"{said}\n{text}".strip(), [*told, section(text)], foot, say=say)
    body = [*told, header(say("Expected orders"))]
    lines = [said] if said else []
    for order in page.items:
        text = order_text(order, reader)
        lines.append(text)
        body += [section(text), *actions(_buttons(order, say=say) if may else [])]
    return compose("\n".join(lines), body, foot, say=say)


def order_text(order: Order, reader: Reader) -> str:
    """An order, how much of it came, and who announced it, as mrkdwn."""
    say = reader.say
    figures = [
        say("expected {number}", number=say.count(order.quantity)),
        say("got {number}", number=say.count(order.arrived)),
    ]
    if order.missing:
        figures.append(say("{number} missing", number=say.count(order.missing)))
    if order.got > order.quantity:
        figures.append(say("{number} too many", number=say.count(order.got - order.quantity)))
    models = (
        " " + say("· models {models}", models=", ".join(code(model, 40) for model in order.models))
        if order.models
        else ""
    )
    due = " " + say("· by {due}", due=order.due) if order.due else ""
    who = who_decided(order.by, order.customer, reader)
    state = " " + say("· closed") if order.closed else ""
    return say(
        "{number} from {company}{state}\n{figures}{models}{due}\n{id} by {who} · {when}",
        number=bold(code(order.number, _LONGEST_NUMBER)),
        company=reader.company(order.reseller),
        state=state,
        figures=", ".join(figures),
        models=models,
        due=due,
        id=code(order.id),
        who=who,
        when=say.date(order.at),
    )


def saved(order: Order, reader: Reader) -> Message:
    """An order is stored."""
    say = reader.say
    text = say(
        "Saved. What came of it already is being counted, and what comes is told with each upload.\n{order_text}",
        order_text=order_text(order, reader),
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def closed(order: Order, say: Wording = ENGLISH) -> str:
    """What was closed, or opened again, as mrkdwn."""
    number = bold(code(order.number, _LONGEST_NUMBER))
    if order.closed:
        return say("{number} is closed: nothing more is expected of it.", number=number)
    return say("{number} is open again.", number=number)


def overdue(order: Order, reader: Reader) -> Message:
    """An order whose day has passed and of which devices are missing; or that all came after all."""
    say = reader.say
    number = bold(code(order.number, _LONGEST_NUMBER))
    company = reader.company(order.reseller)
    if order.missing:
        text = say(
            "⚠ Order {number} from {company} was expected by {due}: expected {quantity}, got {arrived}, {missing} "
            "missing.",
            number=number,
            company=company,
            due=order.due,
            quantity=say.count(order.quantity),
            arrived=say.count(order.arrived),
            missing=bold(say.count(order.missing)),
        )
    else:
        text = say(
            "Order {number} from {company}, expected by {due}: all {quantity} have come.",
            number=number,
            company=company,
            due=order.due,
            quantity=say.count(order.quantity),
        )
    closing = [] if order.closed else _buttons(order, say=say)
    return compose(text, [section(text)], [*actions(closing), reader.account_line()], say=say)


def said(text: str, reader: Reader) -> Message:
    """One sentence of ours, as mrkdwn."""
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def _buttons(order: Order, say: Wording = ENGLISH) -> list[Element]:
    value: dict[str, object] = {"a": order.customer, "o": order.id, "v": order.version}
    if order.closed:
        return [
            button(
                say("Open again"), CLOSE, {**value, "c": 0}, label=say("Open order {number} again", number=order.number)
            )
        ]
    sure = confirmation(
        say("Close {number}?", number=order.number),
        say("Nothing more is expected of it: what comes later is told as not expected, and no rule accepts it."),
        confirm=say("Close order"),
        say=say,
    )
    return [
        button(say("Edit"), EDIT, value, label=say("Edit order {number}", number=order.number)),
        button(
            say("Close"), CLOSE, {**value, "c": 1}, label=say("Close order {number}", number=order.number), confirm=sure
        ),
    ]
