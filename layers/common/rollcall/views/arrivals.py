"""What an upload's messages say of announced orders, and of devices that rules left to a person (rows B16, B17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.rules import Hindrance
from rollcall.views.text import code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.orders import OrderLine, OrderNews
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Orders, and order numbers that nobody announced, that a message names.
NAMED: Final = 5
_LONGEST_NUMBER: Final = 40

#: Why a rule left devices to a person, in the words behind a number of them.
WHY: Final[Mapping[str, str]] = {
    Hindrance.MODEL: "of another model than the rule names",
    Hindrance.NO_ORDER: "without an order number",
    Hindrance.ORDER_UNKNOWN: "of an order that you have not announced",
    Hindrance.ORDER_CLOSED: "of an order that is closed",
    Hindrance.ORDER_MODEL: "of another model than their order names",
    Hindrance.ORDER_FULL: "more than their order's quantity",
    Hindrance.NOT_REGISTERED: "since the reseller is not registered",
    Hindrance.NEW_RESELLER: "since the reseller is new: a person decides on the first devices",
    Hindrance.MAKER_GONE: "since whoever set the rule may not set rules any more",
    Hindrance.CHANGED: "since the rule was changed meanwhile",
    Hindrance.TAKEN_BACK: "since the rule's decision was taken back",
    Hindrance.UPLOAD_CAP: "over the rule's cap for an upload",
    Hindrance.DAY_CAP: "over the rule's cap for a day",
}


def left_line(left: Mapping[str, int], waiting: int, say: Wording = ENGLISH) -> str:
    """Why rules left devices to a person, as mrkdwn; empty where nothing waits any more.

    Args:
        left: hindrance → devices, as it was when the upload arrived.
        waiting: devices that wait now.
        say: in the reader's language.
    """
    if not waiting or not left:
        return ""
    reasons = sorted(left.items(), key=lambda pair: (-pair[1], pair[0]))
    told = ", ".join(f"{say.count(number)} {say(WHY[why]) if why in WHY else why}" for why, number in reasons)
    return say("Left for a person by your rules: {told}", told=told)


def order_lines(news: OrderNews | None, reader: Reader, customer: str) -> list[str]:
    """What an upload brought of the orders that its customer announced, as mrkdwn; nothing where it announced none.

    A reseller sees the figures of the orders whose numbers stand in its own upload, and of no other.

    Args:
        news: what there is to say.
        reader: of either side.
        customer: account id.
    """
    if news is None:
        return []
    say = reader.say
    head = []
    if news.lines:
        head.append(say("expected {expected}", expected=say.count(news.expected)))
        head.append(say("got {got}", got=say.count(news.got)))
    if news.unexpected:
        head.append(say("{number} not expected", number=say.count(news.unexpected)))
    if not head:
        return []
    told = ", ".join(head)
    whose = say("Orders of {company}: {told}", company=reader.company(customer), told=told)
    lines = [whose if reader.is_reseller else say("Orders: {told}", told=told)]
    lines += [f"• {_line(line, say)}" for line in news.lines[:NAMED]]
    if len(news.lines) > NAMED:
        lines.append(f"• {say('and {more}', more=say.count(len(news.lines) - NAMED, 'more order'))}")
    named = [pair for pair in news.unknown if pair[0]][:NAMED]
    of_one = "{number} of order {order}, which your company has not announced"
    of_others = "{number} of other orders that your company has not announced"
    if reader.is_reseller:
        of_one = "{number} of order {order}, which they have not announced"
        of_others = "{number} of other orders that they have not announced"
    lines += [f"• {say(of_one, number=say.count(n), order=code(order, _LONGEST_NUMBER))}" for order, n in named]
    more = sum(n for _, n in news.unknown) - sum(n for _, n in named)
    if more:
        lines.append(f"• {say(of_others, number=say.count(more))}")
    if news.none:
        lines.append(f"• {say.count(news.none)} {say('without an order number')}")
    return lines


def _line(line: OrderLine, say: Wording) -> str:
    order = line.order
    parts = [
        say("expected {expected}", expected=say.count(order.quantity)),
        say("got {got}", got=say.count(order.arrived)),
    ]
    if order.missing:
        parts.append(say("{number} missing", number=say.count(order.missing)))
    if line.over:
        late = "{number} of this upload came after it was closed"
        parts.append(say(late if _late(line) else "{number} of this upload too many", number=say.count(line.over)))
    if line.others:
        parts.append(say("{number} of this upload of another model", number=say.count(line.others)))
    named = "order {order} (closed)" if order.closed else "order {order}"
    return f"{say(named, order=code(order.number, _LONGEST_NUMBER))}: {', '.join(parts)}"


def _late(line: OrderLine) -> bool:
    return line.order.closed and not line.fitting and line.order.got <= line.order.quantity
