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
from rollcall.views.text import bold, code, command_line, plain
from rollcall.views.upload_forms import open_button as open_form_button
from rollcall.views.upload_outcomes import outcome
from rollcall.views.uploads import OPEN as OPEN_UPLOAD
from rollcall.views.uploads import open_button
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Operator
    from rollcall.acting import Stranger
    from rollcall.upload_lines import UploadLine
    from rollcall.views.blocks import Block
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording
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
    say = reader.say
    failed = [line for line in recent if line.status in _FAILED and not line.check_only]
    may_upload = allows(reader.acting.member.role, Act.UPLOAD)
    buttons = [*([open_form_button(reader)] if may_upload else []), *admin_buttons(reader)]
    blocks = [header("Rollcall"), _updated(updated_at, say=say), *actions(buttons), *_lacks(flags, reader)]
    if failed:
        blocks += [section(bold(_needs(failed, say=say))), *_uploads(failed, reader)]
        among = say(
            "Counted in {newest}, without checks. What was mended and sent again since still counts.",
            newest=_newest(recent, say=say),
        )
        blocks += [*_further(len(failed) - _SHOWN, reader), context(among), divider()]
    if waiting.uploads:
        whole = say("{devices} waiting for customers", devices=say.count(waiting.devices, "device"))
        within = "" if waiting.is_all else say(", in {newest}", newest=_newest(recent, say=say))
        blocks += _waiting(waiting.uploads, f"{whole}{within}", reader)
        blocks += _further(len(waiting.uploads) - _NAMED, reader)
    else:
        told = say("No device waits for a customer's decision.")
        if not waiting.is_all:
            told = say("No device of {newest} waits for a customer's decision.", newest=_newest(recent, say=say))
        blocks.append(section(told))
    if not waiting.is_all:
        blocks.append(context(say("Older uploads were not looked at: {command}", command=reader.usage("uploads list"))))
    blocks.append(divider())
    send = say("Upload a CSV file here, or put one into S3.") if may_upload else say("Ask an uploader to send one.")
    nothing = say("No uploads yet. {send}", send=send)
    blocks += [section(bold(say("Recent uploads"))), *(_uploads(recent, reader) or [section(nothing)])]
    return _view([*blocks, *_quality(quality, say)], reader)


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
    say = reader.say
    blocks = [
        header("Rollcall"),
        _updated(updated_at, say=say),
        *actions(admin_buttons(reader)),
        *_lacks(flags, reader),
    ]
    if waiting.uploads or waiting.more:
        told = "{devices} waiting for you" if waiting.is_all else "more than {devices} waiting for you"
        blocks += _waiting(waiting.uploads, say(told, devices=say.count(waiting.devices, "device")), reader)
        if waiting.more or len(waiting.uploads) > _NAMED:
            blocks.append(context(say("These uploads have waited longest; there are more.")))
        blocks += actions([button(say("All that waits"), OPEN_UPLOAD, {"q": "approvals list"})])
    else:
        blocks.append(section(say("Nothing waits for you. New devices appear here when they are uploaded.")))
    blocks.append(divider())
    nothing = say("No uploads yet. When a reseller uploads devices for you, they appear here.")
    blocks += [section(bold(say("Recent uploads"))), *(_uploads(recent, reader) or [section(nothing)])]
    return _view([*blocks, *_quality(quality, say)], reader)


def _quality(lines: Sequence[str], say: Wording) -> list[Block]:
    return [divider(), section("\n".join(lines), quality_button(say))] if lines else []


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
    shown, rest = command_line(command, "operator"), command_line(command, "help")
    lines.append(f"{shown} shows it in full, {rest} the rest.")
    invite = button("Invite a company", INVITE_COMPANY, {})
    look = actions([open_operators("Open", "operator overview"), invite])
    return _home([header("Rollcall"), _updated(updated_at, ENGLISH), *paragraphs(lines), *look])


def stranger_home(who: Stranger, *, updated_at: str, command: str = COMMAND, say: Wording = ENGLISH) -> View:
    """For somebody who belongs to no company: who they are, and how to join."""
    return _home(
        [
            header("Rollcall"),
            _updated(updated_at, say=say),
            *paragraphs(stranger_lines(who, command=command, say=say)),
            *actions([join_button(say=say)]),
        ]
    )


def _lacks(flags: Sequence[str], reader: Reader) -> list[Block]:
    """What a company lacks, and where its admin mends it."""
    say = reader.say
    if not flags:
        return []
    missing = bold(say("Your company: {missing}.", missing="; ".join(map(say, flags))))
    return [
        section(
            say("⚠ {missing} {command} gives people roles.", missing=missing, command=reader.usage("setup members"))
        )
    ]


def _uploads(lines: Sequence[UploadLine], reader: Reader) -> list[Block]:
    return [section(_upload(line, reader), open_button(line, say=reader.say)) for line in lines[:_SHOWN]]


def _upload(line: UploadLine, reader: Reader) -> str:
    say = reader.say
    other = (
        reader.company(line.account)
        if not reader.is_reseller
        else reader.company(line.customer or say("many customers"))
    )
    named = bold(code(line.file_name or line.id))
    way = say("for {company}", company=other) if reader.is_reseller else say("from {company}", company=other)
    return f"{named} {way} · {say.date(line.uploaded_at)}\n{outcome(line, say=say)}"


def _needs(failed: Sequence[UploadLine], say: Wording = ENGLISH) -> str:
    """What went wrong: rows, or files as a whole."""
    whole = sum(bool(line.fault) for line in failed)
    rows = len(failed) - whole
    parts = [say("{uploads} with refused rows", uploads=say.count(rows, "upload"))] if rows else []
    if whole:
        parts.append(say("{files} refused as a whole", files=say.count(whole, "file")))
    return say("Needs you: {parts}", parts=", ".join(parts))


def _newest(recent: Sequence[UploadLine], say: Wording = ENGLISH) -> str:
    return (
        say("your newest {uploads}", uploads=say.count(len(recent), "upload"))
        if len(recent) > 1
        else say("your newest upload")
    )


def _further(number: int, reader: Reader) -> list[Block]:
    say = reader.say
    return (
        [
            context(
                say(
                    "And {more}: {command}", more=say.count(number, "more upload"), command=reader.usage("uploads list")
                )
            )
        ]
        if number > 0
        else []
    )


def _waiting(waiting: Sequence[Waiting], headline: str, reader: Reader) -> list[Block]:
    """What waits, by company; the oldest upload of each first."""
    say = reader.say
    blocks = [section(bold(headline))]
    shown = sorted(waiting, key=lambda item: (item.company, item.since))[:_NAMED]
    for company, items in groupby(shown, key=lambda item: item.company):
        other = reader.company(company or say("many customers"))
        told = say("For {company}", company=other) if reader.is_reseller else say("From {company}", company=other)
        blocks.append(context(told))
        blocks += [
            section(_wait(item, say=say), button(say("Open"), OPEN_UPLOAD, {"id": item.upload})) for item in items
        ]
    return blocks


def _wait(item: Waiting, say: Wording = ENGLISH) -> str:
    order = " " + say("· order {order}", order=code(item.order_number, 40)) if item.order_number else ""
    return say(
        "{devices} of {upload}{order} · since {since}",
        devices=say.count(item.devices, "device"),
        upload=code(item.upload),
        order=order,
        since=say.date(item.since),
    )


def _updated(moment: str, say: Wording = ENGLISH) -> Block:
    return context(say("Updated {when}", when=say.date(moment)))


def _view(blocks: Sequence[Block], reader: Reader) -> View:
    say = reader.say
    return _home(
        [
            *blocks[: MOST_BLOCKS - 2],
            section(say("{command} says what else you can ask for.", command=reader.usage("help"))),
            reader.account_line(),
        ]
    )


def _home(blocks: Sequence[Block]) -> View:
    return {"type": "home", "blocks": identified(blocks[:MOST_BLOCKS])}
