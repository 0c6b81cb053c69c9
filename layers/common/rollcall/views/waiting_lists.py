"""What waits for a customer on one page, by reseller and upload (row P21)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rollcall.views.approvals import decided_line, decision_buttons, state_lines, undo_rule, upload_line
from rollcall.views.blocks import actions, context, fits, header, section
from rollcall.views.message import compose
from rollcall.views.pager import pager
from rollcall.views.text import bold

if TYPE_CHECKING:
    from rollcall.queries import Page
    from rollcall.standing import Standing
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording
    from rollcall.waiting import WaitingTotal

#: Characters that a button carries besides the list it stands in: an upload and a version, or a decision.
_MORE: Final = 200


def pending_list(
    page: Page[Standing],
    question: str,
    reader: Reader,
    *,
    now: str,
    cursor: str = "",
    total: WaitingTotal | None = None,
    may_undo: bool = False,
) -> Message:
    """What waits, by reseller and upload (row P21).

    Args:
        page: parts of uploads in which something waits.
        question: the command in canonical form.
        reader: somebody of the customer.
        now: UTC.
        cursor: that led to this page.
        total: what waits on all pages; None where this page is all.
        may_undo: something that was decided lately can still be taken back.
    """
    say = reader.say
    lately = say(
        "What was decided lately can still be taken back: {command}", command=reader.usage("approvals history")
    )
    undo = [context(lately)] if may_undo else []
    foot = [*undo, *pager(page, question, cursor=cursor, say=say), reader.account_line()]
    if not page.items:
        nothing = [say("Nothing waits for your decision.")]
        if page.after:
            nothing = [say("The newest uploads are still being stored. *Next* shows what waits of older ones.")]
        else:
            nothing.append(say("New devices appear here, and in your company's channel, when they are uploaded."))
        return compose(" ".join(nothing), [section(" ".join(nothing))], foot, say=say)
    headline = _waiting_headline(sum(one.pending.total for one in page.items), total, say)
    back = {"q": question, "c": cursor} if fits({"q": question, "c": cursor, "more": "x" * _MORE}) else {}
    ordered = sorted(page.items, key=lambda one: one.pending.reseller)
    body = [header(headline)]
    text = [headline]
    for reseller, parts in groupby(ordered, key=lambda one: one.pending.reseller):
        body.append(section(say("From {company}", company=bold(reader.company(reseller)))))
        for one in parts:
            line = "\n".join([upload_line(one, reader), *state_lines(one, reader, now=now)])
            text.append(line)
            body += [section(line), *actions(decision_buttons(one, reader, now=now, back=back))]
            for record in one.automatic:
                text.append(decided_line(record, reader, now=now))
                body.append(section(text[-1], undo_rule(record, reader, now=now, back=back)))
    return compose("\n".join(text), body, foot, say=say)


def _waiting_headline(shown: int, total: WaitingTotal | None, say: Wording) -> str:
    """How many wait on a page, and on all of them; a count of an index may be behind by a moment."""
    if total is None:
        return say("{devices} waiting for your decision", devices=say.count(shown, "device"))
    everywhere = say.count(max(total.devices, shown), "device")
    told = "{devices} waiting for your decision, {shown} of them on this page"
    if not total.is_all:
        told = "More than {devices} waiting for your decision, {shown} of them on this page"
    return say(told, devices=everywhere, shown=say.count(shown))
