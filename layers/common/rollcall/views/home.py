"""The App Home tab: what waits for somebody, what failed, and what came lately; the most urgent first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rollcall.permissions import Act, allows
from rollcall.uploads import UploadStatus
from rollcall.views.accounts import join_button, stranger_lines
from rollcall.views.blocks import actions, button, context, divider, header, paragraphs, section
from rollcall.views.invitations import INVITE_COMPANY
from rollcall.views.message import identified
from rollcall.views.operator import open_button as open_operators
from rollcall.views.quality import home_button as quality_button
from rollcall.views.reader import COMMAND
from rollcall.views.setup import admin_buttons
from rollcall.views.text import bold, code, command_line, count, date, plain
from rollcall.views.upload_forms import open_button as open_form_button
from rollcall.views.uploads import OPEN as OPEN_UPLOAD
from rollcall.views.uploads import open_button, outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Operator
    from rollcall.acting import Stranger
    from rollcall.upload_lines import UploadLine
    from rollcall.views.blocks import Block
    from rollcall.views.reader import Reader
    from rollcall.waiting import Waiting

    View = dict[str, Any]

#: Blocks of a Home tab.
MOST_BLOCKS: Final = 100
_SHOWN: Final = 10
_FAILED: Final = frozenset({UploadStatus.ERROR, UploadStatus.COMPLETED_WITH_ERROR})


def reseller_home(
    recent: Sequence[UploadLine],
    waiting: Sequence[Waiting],
    reader: Reader,
    *,
    updated_at: str,
    flags: Sequence[str] = (),
    quality: Sequence[str] = (),
) -> View:
    """For somebody of a reseller: what failed, what waits for customers, what was uploaded lately.

    Args:
        recent: uploads, newest first.
        waiting: pending devices by upload.
        reader: who looks.
        updated_at: now, UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        flags: what the company lacks, in words; shown to who can mend it.
        quality: how good uploads were lately, a line each.
    """
    failed = [line for line in recent if line.status in _FAILED]
    may_upload = allows(reader.acting.member.role, Act.UPLOAD)
    buttons = [*([open_form_button(reader)] if may_upload else []), *admin_buttons(reader)]
    blocks = [header("Rollcall"), _updated(updated_at), *actions(buttons), *_lacks(flags, reader)]
    if failed:
        blocks += [
            section(bold(f"Needs you: {count(len(failed), 'upload')} with refused rows")),
            *_uploads(failed, reader),
        ]
        blocks.append(divider())
    blocks += _waiting(waiting, reader, nothing="No device waits for a customer's decision.")
    blocks.append(divider())
    send = "Upload a CSV file here, or put one into S3." if may_upload else "Ask an uploader to send one."
    nothing = f"No uploads yet. {send}"
    blocks += [section(bold("Recent uploads")), *(_uploads(recent, reader) or [section(nothing)])]
    return _view([*blocks, *_quality(quality)], reader)


def customer_home(
    waiting: Sequence[Waiting],
    recent: Sequence[UploadLine],
    reader: Reader,
    *,
    updated_at: str,
    flags: Sequence[str] = (),
    quality: Sequence[str] = (),
) -> View:
    """For somebody of a customer: what waits for a decision, grouped by reseller and upload, and what came lately.

    Args:
        waiting: pending devices by upload.
        recent: the customer's parts of uploads, newest first.
        reader: who looks.
        updated_at: now, UTC.
        flags: what the company lacks, in words; shown to who can mend it.
        quality: how good uploads were lately, a line each.
    """
    blocks = [header("Rollcall"), _updated(updated_at), *actions(admin_buttons(reader)), *_lacks(flags, reader)]
    blocks += _waiting(
        waiting, reader, nothing="Nothing waits for you. New devices appear here when they are uploaded."
    )
    blocks.append(divider())
    nothing = "No uploads yet. When a reseller uploads devices for you, they appear here."
    blocks += [section(bold("Recent uploads")), *(_uploads(recent, reader) or [section(nothing)])]
    return _view([*blocks, *_quality(quality)], reader)


def _quality(lines: Sequence[str]) -> list[Block]:
    return [divider(), section("\n".join(lines), quality_button())] if lines else []


def operator_home(operator: Operator, *, updated_at: str, notes: Sequence[str] = (), command: str = COMMAND) -> View:
    """For somebody who runs Rollcall.

    Args:
        operator: who looks.
        updated_at: now, UTC.
        notes: what needs an operator, a line each; plain text.
        command: the real name of the slash command.
    """
    lines = [f"You are {bold(plain(operator.name))}, an operator of Rollcall.", *(plain(note, 300) for note in notes)]
    if not notes:
        lines.append("Nothing needs you now.")
    lines.append(f"{command_line(command, 'operator')} shows it in full, {command_line(command, 'help')} the rest.")
    invite = button("Invite a company", INVITE_COMPANY, {})
    look = actions([open_operators("Open", "operator overview"), invite])
    return _home([header("Rollcall"), _updated(updated_at), *paragraphs(lines), *look])


def stranger_home(who: Stranger, *, updated_at: str, command: str = COMMAND) -> View:
    """For somebody who belongs to no company: who they are, and how to join."""
    return _home(
        [
            header("Rollcall"),
            _updated(updated_at),
            *paragraphs(stranger_lines(who, command=command)),
            *actions([join_button()]),
        ]
    )


def _lacks(flags: Sequence[str], reader: Reader) -> list[Block]:
    """What a company lacks, and where its admin mends it."""
    if not flags:
        return []
    missing = "; ".join(flags)
    return [section(f"⚠ {bold(f'Your company: {missing}.')} {reader.usage('setup members')} gives people roles.")]


def _uploads(lines: Sequence[UploadLine], reader: Reader) -> list[Block]:
    return [section(_upload(line, reader), open_button(line)) for line in lines[:_SHOWN]]


def _upload(line: UploadLine, reader: Reader) -> str:
    other = (
        reader.company(line.account) if not reader.is_reseller else reader.company(line.customer or "many customers")
    )
    named = bold(code(line.file_name or line.id))
    way = "for" if reader.is_reseller else "from"
    return f"{named} {way} {other} · {date(line.uploaded_at)}\n{outcome(line)}"


def _waiting(waiting: Sequence[Waiting], reader: Reader, *, nothing: str) -> list[Block]:
    if not waiting:
        return [section(nothing)]
    total = sum(item.devices for item in waiting)
    whom = "customers" if reader.is_reseller else "you"
    blocks = [section(bold(f"{count(total, 'device')} waiting for {whom}"))]
    shown = sorted(waiting, key=lambda item: (item.company, item.since))[: 2 * _SHOWN]
    for company, items in groupby(shown, key=lambda item: item.company):
        way = "For" if reader.is_reseller else "From"
        blocks.append(context(f"{way} {reader.company(company or 'many customers')}"))
        blocks += [section(_wait(item), button("Open", OPEN_UPLOAD, {"id": item.upload})) for item in items]
    if len(waiting) > len(shown):
        blocks.append(context(f"And {count(len(waiting) - len(shown), 'more upload')}: {reader.usage('uploads list')}"))
    return blocks


def _wait(item: Waiting) -> str:
    order = f" · order {code(item.order_number, 40)}" if item.order_number else ""
    return f"{count(item.devices, 'device')} of {code(item.upload)}{order} · since {date(item.since)}"


def _updated(moment: str) -> Block:
    return context(f"Updated {date(moment)}")


def _view(blocks: Sequence[Block], reader: Reader) -> View:
    return _home(
        [
            *blocks[: MOST_BLOCKS - 2],
            section(f"{reader.usage('help')} says what else you can ask for."),
            reader.account_line(),
        ]
    )


def _home(blocks: Sequence[Block]) -> View:
    return {"type": "home", "blocks": identified(blocks[:MOST_BLOCKS])}
