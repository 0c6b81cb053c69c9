"""A customer's busy day: what waits for it beyond the uploads that have messages of their own (row P21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.approvals import REVIEW
from rollcall.views.blocks import actions, button, context, fits, header, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.uploads import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.standing import Standing
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Lines of a board.
LINES: Final = 20


def board(day: str, standings: Sequence[Standing], total: int, reader: Reader, *, as_of: str = "") -> Message:
    """The uploads of a busy day that a customer is to decide about, the newest first.

    Args:
        day: ``YYYY-MM-DD``, UTC.
        standings: of the newest, at most 20.
        total: uploads on the board.
        reader: somebody of the customer.
        as_of: now, UTC; empty to compare two boards by.
    """
    say = reader.say
    waiting = sum(one.pending.total for one in standings)
    told = "{devices} waiting for your decision" if waiting else "all decided"
    if len(standings) < total:
        told = (
            "{devices} in the newest {shown} waiting for your decision"
            if waiting
            else "all in the newest {shown} decided"
        )
    state = say(told, devices=say.count(waiting, "device"), shown=say.count(len(standings)))
    what = say("{uploads} of {day}", uploads=say.count(total, "more upload"), day=day)
    headline = f"{what}: {state}"
    rows = [section(_line(one, reader), button(say("Review"), REVIEW, {"u": one.upload})) for one in standings]
    question = {"q": "approvals list"}
    everything = [button(say("All that waits"), OPEN, question)] if fits(question) else []
    rest = total - len(standings)
    more = [context(say("and {number} more", number=say.count(rest)))] if rest > 0 else []
    stamp = [context(say("as of {when}", when=say.date(as_of)))] if as_of else []
    text = "\n".join([headline, *(_line(one, reader, plainly=True) for one in standings)])
    return compose(
        text, [header(headline), *rows], [*more, *actions(everything), *stamp, reader.account_line()], say=say
    )


def _line(standing: Standing, reader: Reader, *, plainly: bool = False) -> str:
    named = code(standing.file_name or standing.upload)
    say = reader.say
    order = f" · {say('order {order}', order=code(standing.order_number, 40))}" if standing.order_number else ""
    pending, stored = standing.pending.total, say.count(standing.stored, "device")
    state = say("{stored}, all decided", stored=stored)
    if pending:
        state = say("{number} of {stored} waiting", number=say.count(pending), stored=stored)
    shown, company = named if plainly else bold(named), reader.company(standing.pending.reseller)
    whose = say("{file} from {company}", file=shown, company=company)
    return f"{whose}{order} · {say.date(standing.uploaded_at)}\n{state}"
