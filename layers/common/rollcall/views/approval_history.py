"""What a customer decided: who, when, what, and whether it still stands (rows B6, B7, B18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.permissions import Act, allows
from rollcall.views.approvals import decided_line, undo_button
from rollcall.views.blocks import actions, button, fits, header, section
from rollcall.views.insights import lately
from rollcall.views.message import compose
from rollcall.views.pager import pager
from rollcall.views.text import code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.account_changes import Change
    from rollcall.decided import Record
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

AUDIT: Final = "approvals.audit"
_NAMED: Final = 3
#: Characters of a decision's id, and more.
_DECISION: Final = 100
_UNDO: Final = {
    DecisionKind.ACCEPT: "Undo {number} accepted devices",
    DecisionKind.REJECT: "Undo {number} rejected devices",
    DecisionKind.UNDO: "Undo {number} taken back devices",
}


def history(
    page: Page[Record],
    question: str,
    reader: Reader,
    *,
    now: str,
    cursor: str = "",
    looks: Sequence[Change] = (),
) -> Message:
    """Decisions, newest first.

    Args:
        page: of decisions; five read well.
        question: the command in canonical form.
        reader: somebody of the customer, who knows the names of colleagues.
        now: UTC.
        cursor: that led to this page.
        looks: the latest times that an operator began to look into the company.
    """
    say = reader.say
    audit = button(
        say("Audit as CSV"), AUDIT, {"as": reader.acting.account}, label=say("Send me the whole audit as a CSV file")
    )
    foot = [
        *pager(page, question, cursor=cursor, say=say),
        *actions([audit]),
        *lately(looks, say),
        reader.account_line(),
    ]
    if not page.items:
        text = say("Nothing was decided yet. {command} shows what waits.", command=reader.usage("approvals list"))
        return compose(text, [section(text)], foot, say=say)
    headline = say("Decisions of {company}, newest first", company=reader.acting.company)
    body: list[Block] = [header(headline)]
    lines = [headline]
    back = {"q": question, "c": cursor} if fits({"q": question, "c": cursor, "d": "x" * _DECISION}) else {}
    for record in page.items:
        line = f"{decided_line(record, reader, now=now)}\n{_about(record, reader)}"
        lines.append(line)
        body.append(section(line, _undo(record, reader, now=now, back=back)))
    return compose("\n".join(lines), body, foot, say=say)


def audit_under_way(reader: Reader) -> Message:
    """The file is being written."""
    say = reader.say
    text = say(
        "The audit comes as a CSV file into your messages with me: every step of every device that "
        "reached your company, also of those that are gone. A long one comes as a link."
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def _about(record: Record, reader: Reader) -> str:
    say = reader.say
    parts = [reader.company(reseller) for reseller in record.resellers]
    if record.upload:
        chosen = [*([say("order {order}", order=code(record.selection.order, 40))] if record.selection.order else [])]
        chosen += [say("model {model}", model=code(record.selection.model, 40))] if record.selection.model else []
        parts += [say("upload {upload}", upload=code(record.upload)), *chosen]
    elif record.targets:
        shown = [code(target.key.partition("#")[2]) for target in record.targets[:_NAMED]]
        more = len(record.targets) - len(shown)
        parts.append(", ".join([*shown, *([say("and {number} more", number=say.count(more))] if more else [])]))
    elif record.job:
        parts.append(say("by a list, job {job}", job=code(record.job)))
    if record.decision.approval_id:
        parts.append(say("approval ID {approval_id}", approval_id=code(record.decision.approval_id, 100)))
    if record.only_this_time:
        parts.append(say("only this time, without registering the reseller"))
    return " · ".join([*parts, code(record.decision.id)])


def _undo(record: Record, reader: Reader, *, now: str, back: Mapping[str, object]) -> Element | None:
    say = reader.say
    is_open = not record.undone and record.devices and record.decision.until > now
    if not (is_open and allows(reader.acting.member.role, Act.DECIDE)):
        return None
    again = say(_UNDO[record.decision.kind], number=say.count(record.devices))
    return undo_button(record.decision.id, again, say=say, back=back)
