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
    from rollcall.waiting import Looked, Waiting

    View = dict[str, Any]

#: Blocks of a Home tab.
MOST_BLOCKS: Final = 100
_SHOWN: Final = 10
#: Uploads that are named as waiting: with a heading for each company 40 blocks.
_NAMED: Final = 20
_FAILED: Final = frozenset({UploadStatus.ERROR, UploadStatus.COMPLETED_WITH_ERROR})


def reseller_home(
    recent: Sequence[UploadLine],
    waiting: Looked,
    reader: Reader,
    *,
    updated_at: str,
    flags: Sequence[str] = (),
    quality: Sequence[str] = (),
) -> View:
    """For somebody of a reseller: what failed, what waits for customers, what was uploaded lately.

    Args:
        recent: uploads, newest first.
        waiting: pending devices of those uploads; not all where the reseller has older ones.
        reader: who looks.
        updated_at: now, UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        flags: what the company lacks, in words; shown to who can mend it.
        quality: how good uploads were lately, a line each.
    """
    failed = [line for line in recent if line.status in _FAILED and not line.check_only]
    may_upload = allows(reader.acting.member.role, Act.UPLOAD)
    buttons = [*([open_form_button(reader)] if may_upload else []), *admin_buttons(reader)]
    blocks = [header("Rollcall"), _updated(updated_at), *actions(buttons), *_lacks(flags, reader)]
    if failed:
        blocks += [section(bold(_needs(failed))), *_uploads(failed, reader)]
        among = f"Counted in {_newest(recent)}, without checks. What was mended and sent again since still counts."
        blocks += [*_further(len(failed) - _SHOWN, reader), context(among), divider()]
    if waiting.uploads:
        whole = f"{count(waiting.devices, 'device')} waiting for customers"
        within = "" if waiting.is_all else f", in {_newest(recent)}"
        blocks += _waiting(waiting.uploads, f"{whole}{within}", reader)
        blocks += _further(len(waiting.uploads) - _NAMED, reader)
    else:
        whom = "No device" if waiting.is_all else f"No device of {_newest(recent)}"
        blocks.append(section(f"{whom} waits for a customer's decision."))
    if not waiting.is_all:
        blocks.append(context(f"Older uploads were not looked at: {reader.usage('uploads list')}"))
    blocks.append(divider())
    send = "Upload a CSV file here, or put one into S3." if may_upload else "Ask an uploader to send one."
    nothing = f"No uploads yet. {send}"
    blocks += [section(bold("Recent uploads")), *(_uploads(recent, reader) or [section(nothing)])]
    return _view([*blocks, *_quality(quality)], reader)


def customer_home(
    waiting: Looked,
    recent: Sequence[UploadLine],
    reader: Reader,
    *,
    updated_at: str,
    flags: Sequence[str] = (),
    quality: Sequence[str] = (),
) -> View:
    """For somebody of a customer: what waits for a decision, grouped by reseller and upload, and what came lately.

    Args:
        waiting: pending devices of all uploads.
        recent: the customer's parts of uploads, newest first.
        reader: who looks.
        updated_at: now, UTC.
        flags: what the company lacks, in words; shown to who can mend it.
        quality: how good uploads were lately, a line each.
    """
    blocks = [header("Rollcall"), _updated(updated_at), *actions(admin_buttons(reader)), *_lacks(flags, reader)]
    if waiting.uploads or waiting.more:
        most = "" if waiting.is_all else "more than "
        blocks += _waiting(waiting.uploads, f"{most}{count(waiting.devices, 'device')} waiting for you", reader)
        if waiting.more or len(waiting.uploads) > _NAMED:
            blocks.append(context("These uploads have waited longest; there are more."))
        blocks += actions([button("All that waits", OPEN_UPLOAD, {"q": "approvals list"})])
    else:
        blocks.append(section("Nothing waits for you. New devices appear here when they are uploaded."))
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


def _needs(failed: Sequence[UploadLine]) -> str:
    """What went wrong: rows, or files as a whole."""
    whole = sum(bool(line.fault) for line in failed)
    rows = len(failed) - whole
    parts = [f"{count(rows, 'upload')} with refused rows"] if rows else []
    if whole:
        parts.append(f"{count(whole, 'file')} refused as a whole")
    return f"Needs you: {', '.join(parts)}"


def _newest(recent: Sequence[UploadLine]) -> str:
    return f"your newest {count(len(recent), 'upload')}" if len(recent) > 1 else "your newest upload"


def _further(number: int, reader: Reader) -> list[Block]:
    return [context(f"And {count(number, 'more upload')}: {reader.usage('uploads list')}")] if number > 0 else []


def _waiting(waiting: Sequence[Waiting], headline: str, reader: Reader) -> list[Block]:
    """What waits, by company; the oldest upload of each first."""
    blocks = [section(bold(headline))]
    shown = sorted(waiting, key=lambda item: (item.company, item.since))[:_NAMED]
    for company, items in groupby(shown, key=lambda item: item.company):
        way = "For" if reader.is_reseller else "From"
        blocks.append(context(f"{way} {reader.company(company or 'many customers')}"))
        blocks += [section(_wait(item), button("Open", OPEN_UPLOAD, {"id": item.upload})) for item in items]
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
