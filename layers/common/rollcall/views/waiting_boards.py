"""A customer's busy day: what waits for it beyond the uploads that have messages of their own (row P21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.approvals import REVIEW
from rollcall.views.blocks import actions, button, context, fits, header, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count, date
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
    waiting = sum(one.pending.total for one in standings)
    among = "" if len(standings) == total else f" in the newest {count(len(standings))}"
    state = f"{count(waiting, 'device')}{among} waiting for your decision" if waiting else f"all{among} decided"
    headline = f"{count(total, 'more upload')} of {day}: {state}"
    rows = [section(_line(one, reader), button("Review", REVIEW, {"u": one.upload})) for one in standings]
    question = {"q": "approvals list"}
    everything = [button("All that waits", OPEN, question)] if fits(question) else []
    more = [context(f"and {count(total - len(standings))} more")] if total > len(standings) else []
    stamp = [context(f"as of {date(as_of)}")] if as_of else []
    text = "\n".join([headline, *(_line(one, reader, plainly=True) for one in standings)])
    return compose(text, [header(headline), *rows], [*more, *actions(everything), *stamp, reader.account_line()])


def _line(standing: Standing, reader: Reader, *, plainly: bool = False) -> str:
    named = code(standing.file_name or standing.upload)
    order = f" · order {code(standing.order_number, 40)}" if standing.order_number else ""
    pending, stored = standing.pending.total, count(standing.stored, "device")
    state = f"{count(pending)} of {stored} waiting" if pending else f"{stored}, all decided"
    shown = named if plainly else bold(named)
    return f"{shown} from {reader.company(standing.pending.reseller)}{order} · {date(standing.uploaded_at)}\n{state}"
