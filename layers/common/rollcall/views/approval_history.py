"""What a customer decided: who, when, what, and whether it still stands (rows B6, B7, B18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.permissions import Act, allows
from rollcall.views.approvals import decided_line, undo_button
from rollcall.views.blocks import actions, button, header, section
from rollcall.views.insights import lately
from rollcall.views.message import compose
from rollcall.views.pager import pager
from rollcall.views.text import code, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.account_changes import Change
    from rollcall.decided import Record
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

AUDIT: Final = "approvals.audit"
_NAMED: Final = 3
_WHAT: Final = {DecisionKind.ACCEPT: "accepted", DecisionKind.REJECT: "rejected", DecisionKind.UNDO: "taken back"}


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
    audit = button("Audit as CSV", AUDIT, {"as": reader.acting.account}, label="Send me the whole audit as a CSV file")
    foot = [*pager(page, question, cursor=cursor), *actions([audit]), *lately(looks), reader.account_line()]
    if not page.items:
        text = f"Nothing was decided yet. {reader.usage('approvals list')} shows what waits."
        return compose(text, [section(text)], foot)
    headline = f"Decisions of {reader.acting.company}, newest first"
    body: list[Block] = [header(headline)]
    lines = [headline]
    for record in page.items:
        line = f"{decided_line(record, reader, now=now)}\n{_about(record, reader)}"
        lines.append(line)
        body.append(section(line, _undo(record, reader, now=now)))
    return compose("\n".join(lines), body, foot)


def audit_under_way(reader: Reader) -> Message:
    """The file is being written."""
    text = (
        "The audit comes as a CSV file into your messages with me: every step of every device that reached your "
        "company, also of those that are gone. A long one comes as a link."
    )
    return compose(text, [section(text)], [reader.account_line()])


def _about(record: Record, reader: Reader) -> str:
    parts = [reader.company(reseller) for reseller in record.resellers]
    if record.upload:
        chosen = [*([f"order {code(record.selection.order, 40)}"] if record.selection.order else [])]
        chosen += [f"model {code(record.selection.model, 40)}"] if record.selection.model else []
        parts += [f"upload {code(record.upload)}", *chosen]
    elif record.targets:
        shown = [code(target.key.partition("#")[2]) for target in record.targets[:_NAMED]]
        more = len(record.targets) - len(shown)
        parts.append(", ".join([*shown, *([f"and {count(more)} more"] if more else [])]))
    elif record.job:
        parts.append(f"by a list, job {code(record.job)}")
    if record.decision.approval_id:
        parts.append(f"approval ID {code(record.decision.approval_id, 100)}")
    if record.only_this_time:
        parts.append("only this time, without registering the reseller")
    return " · ".join([*parts, code(record.decision.id)])


def _undo(record: Record, reader: Reader, *, now: str) -> Element | None:
    is_open = not record.undone and record.devices and record.decision.until > now
    if not (is_open and allows(reader.acting.member.role, Act.DECIDE)):
        return None
    return undo_button(record.decision.id, f"Undo {count(record.devices)} {_WHAT[record.decision.kind]} devices")
