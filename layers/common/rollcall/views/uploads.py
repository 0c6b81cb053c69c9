"""Uploads: the list with its figures, and one upload as a card (row P12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.upload_lines import line_of
from rollcall.views.blocks import actions, button, context, fields, header, section
from rollcall.views.message import compose
from rollcall.views.nudges import nudge_button, who_button
from rollcall.views.pager import pager, position, sent_to_dm
from rollcall.views.report_buttons import report_buttons
from rollcall.views.text import bold, code
from rollcall.views.upload_imports import offers, since_check
from rollcall.views.upload_notes import reading_lines
from rollcall.views.upload_outcomes import outcome, why
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.queries import Page
    from rollcall.removals import Removal
    from rollcall.upload_lines import ErrorGroup, UploadLine
    from rollcall.uploads import Upload
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

OPEN: Final = "uploads.open"
ERRORS: Final = "uploads.errors"
UNDO: Final = "uploads.undo"
#: Opens a list of devices: its value is ``{"q": command, "c": "", "n": 1}`` as that of the paging buttons.
DEVICES: Final = "uploads.devices"


def listing(page: Page[UploadLine], question: str, reader: Reader, *, cursor: str = "") -> Message:
    """Uploads, newest first, with the figures of row P12.

    Args:
        page: five uploads read well.
        question: its command in canonical form.
        reader: who reads.
        cursor: the cursor that led here; "" for the beginning.
    """
    say = reader.say
    foot = [*pager(page, question, cursor=cursor, say=say), reader.account_line()]
    if not page.items:
        empty = _empty(question, reader)
        return compose(empty, [section(empty)], foot, say=say)
    headline = say("Uploads: {position}", position=position(page, say=say))
    rows = [section(_lines(line, reader), open_button(line, say=say)) for line in page.items]
    text = "\n".join([headline, *(f"{code(line.id)} {outcome(line, say=say)}" for line in page.items)])
    return compose(text, [header(headline), *rows], foot, say=say)


def card(  # noqa: PLR0913 - what is shown of it, each from a store of its own
    upload: Upload,
    reader: Reader,
    *,
    verified: int = 0,
    waiting: int | None = None,
    done: int | None = None,
    groups: Sequence[ErrorGroup] = (),
    undone: Removal | None = None,
    may_undo: bool = False,
) -> Message:
    """One upload.

    Args:
        upload: the upload, or what `rollcall.upload_lines.part_of` leaves of it for a customer.
        reader: who reads.
        verified: devices of it that are VERIFIED now.
        waiting: devices of it that are PENDING now; None where nobody counted.
        done: rows judged so far, while in progress; None where nobody counted.
        groups: refused rows by cause; the three largest are named.
        undone: how it was taken back last; None if it was not.
        may_undo: the reader may take it back.
    """
    say = reader.say
    line = line_of(upload, verified=verified)
    told = outcome(line, done=done, say=say)
    since = since_check(upload, say=say)
    reason = (
        why(line, groups, say=say) + (f"\n{since}" if since else "") + (_taken_back(undone, reader) if undone else "")
    )
    what = section(f"{_named(line)} {_between(line, reader)}\n{bold(told)}{reason}")
    offered = offers(upload, say=say) if reader.is_reseller else []
    reports = [] if upload.is_running else report_buttons(line, reader)
    buttons = [
        *offered,
        *_buttons(line, say=say),
        *reports,
        *(_waiting(line, reader) if waiting != 0 else []),
        *(_undo(line, say=say) if may_undo else []),
        *sent_to_dm("uploads", "open", reader, line.id),
    ]
    reading = reading_lines(upload, reader)
    foot = [*actions(buttons), *([context(*reading)] if reading else []), reader.account_line()]
    return compose(
        say("Upload {upload}: {told}", upload=code(line.id), told=f"{told}{reason}"),
        [header(say("Upload {upload}", upload=line.id)), what, *fields(_facts(upload, line, reader))],
        foot,
        say=say,
    )


def _undo(line: UploadLine, say: Wording = ENGLISH) -> list[Element]:
    """Opens a form that shows what goes; whether it may is asked then."""
    return [button(say("Undo upload…"), UNDO, {"id": line.id}, label=say("Undo upload {upload}", upload=line.id))]


def _taken_back(removal: Removal, reader: Reader) -> str:
    say = reader.say
    by = reader.actor(removal.occasion.by, of_reseller=True, company=removal.account)
    if not removal.is_over:
        return "\n" + say(
            "Being taken back by {who}: {number} of {devices} done",
            who=by,
            number=say.count(removal.done),
            devices=say.count(removal.total, "device"),
        )
    return "\n" + say(
        "Taken back by {who} · {when}: {devices} deleted",
        who=by,
        when=say.date(removal.finished_at),
        devices=say.count(removal.gone, "device"),
    )


def _waiting(line: UploadLine, reader: Reader) -> list[Element]:
    """Who can decide on what may wait, and for whoever uploads a way to ask them; what waits is read at the click."""
    if line.check_only or line.stored <= line.verified:
        return []
    ask = reader.is_reseller and allows(reader.acting.member.role, Act.UPLOAD)
    return [*([nudge_button(line.id, say=reader.say)] if ask else []), who_button(line.id, say=reader.say)]


def open_button(line: UploadLine, say: Wording = ENGLISH) -> Element:
    """The button that opens an upload's card."""
    return button(say("Open"), OPEN, {"id": line.id}, label=say("Open upload {upload}", upload=line.id))


def _named(line: UploadLine) -> str:
    return bold(code(line.file_name)) if line.file_name else bold(code(line.id))


def _between(line: UploadLine, reader: Reader) -> str:
    say = reader.say
    if not reader.is_reseller:
        direction = say("from {company}", company=reader.company(line.account))
    elif line.customer:
        direction = say("for {company}", company=reader.company(line.customer))
    else:
        direction = say("for many customers") if line.many else say("for an unknown customer")
    return (
        say("{direction} · order {order}", direction=direction, order=code(line.order_number, 40))
        if line.order_number
        else direction
    )


def _lines(line: UploadLine, reader: Reader) -> str:
    say = reader.say
    return say(
        "{named} {between}\n{outcome} · {number} verified\n{status} · {upload} · by {who} · account {account} · {when}",
        named=_named(line),
        between=_between(line, reader),
        outcome=outcome(line, say=say),
        number=say.count(line.verified),
        status=code(line.status.value),
        upload=code(line.id),
        who=reader.uploader(line.uploaded_by, line.account),
        account=code(_account(line, reader)),
        when=say.date(line.uploaded_at),
    )


def _account(line: UploadLine, reader: Reader) -> str:
    return line.account if reader.is_reseller else line.customer or reader.acting.account


def _facts(upload: Upload, line: UploadLine, reader: Reader) -> list[tuple[str, str]]:
    say = reader.say
    running = upload.is_running
    pairs = [
        (say("Status"), code(line.status.value)),
        (say("Upload id"), code(line.id)),
        (say("Uploaded by"), reader.uploader(line.uploaded_by, line.account)),
        (say("Account"), code(_account(line, reader))),
        (say("Rows"), say.count(line.total) if line.total else ""),
        (say("Would be stored") if line.check_only else say("Stored"), "" if running else say.count(line.stored)),
        (say("Refused"), "" if running else say.count(line.refused)),
        (say("Verified now"), "" if running else say.count(line.verified)),
        (say("Uploaded at"), say.date(line.uploaded_at)),
        (say("Finished at"), say.date(upload.finished_at) if upload.finished_at else ""),
        (say("Reference"), code(upload.reference) if upload.reference else ""),
    ]
    return [(label, value) for label, value in pairs if value]


def _buttons(line: UploadLine, say: Wording = ENGLISH) -> list[Element]:
    buttons: list[Element] = []
    if line.refused or line.fault:
        buttons.append(
            button(say("Errors"), ERRORS, {"id": line.id}, label=say("Errors of upload {upload}", upload=line.id))
        )
    if line.stored and not line.check_only:
        question = f"devices list upload:{line.id}"
        buttons.append(button(say("Open devices"), DEVICES, {"q": question, "c": "", "n": 1}))
    return buttons


def _empty(question: str, reader: Reader) -> str:
    say = reader.say
    if "customer:" in question:
        return say(
            "No uploads for that customer yet. {command} shows all of yours.", command=reader.usage("uploads list")
        )
    if reader.is_reseller and allows(reader.acting.member.role, Act.UPLOAD):
        return say(
            "No uploads yet. {command} opens a form for a CSV file; you can also put one into my messages.",
            command=reader.usage("uploads new"),
        )
    if reader.is_reseller:
        return say("No uploads yet. Put a CSV file into S3, or ask an uploader of your company to send one.")
    return say("No uploads yet. When a reseller uploads devices for you, they appear here.")


def still_read(upload: str, reader: Reader) -> Message:
    """An upload for the customer who asks, of which nothing can be said yet."""
    say = reader.say
    told = "{upload} is still being read. What it brings you can be seen as soon as it is finished."
    text = say(told, upload=code(upload))
    again = button(say("Look again"), OPEN, {"id": upload}, label=say("Look at upload {upload} again", upload=upload))
    return compose(text, [section(text)], [*actions([again]), reader.account_line()], say=say)
