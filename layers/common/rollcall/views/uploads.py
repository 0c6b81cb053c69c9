"""Uploads: the list with its figures, and one upload as a card (row P12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Fault, sentence
from rollcall.permissions import Act, allows
from rollcall.upload_lines import line_of
from rollcall.uploads import UploadStatus
from rollcall.views.blocks import actions, button, fields, header, section
from rollcall.views.message import compose
from rollcall.views.nudges import nudge_button, who_button
from rollcall.views.pager import pager, position
from rollcall.views.text import bold, code, count, date, plain
from rollcall.views.upload_imports import offers, since_check
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
#: Each sends a report into the clicker's DM; no two buttons of a message have one id.
REPORTS: Final = {"uploads.resend": "resend.csv", "uploads.results": "results.csv"}
_CAUSES: Final = 3


def listing(page: Page[UploadLine], question: str, reader: Reader, *, cursor: str = "") -> Message:
    """Uploads, newest first, with the figures of row P12.

    Args:
        page: five uploads read well.
        question: its command in canonical form.
        reader: who reads.
        cursor: the cursor that led here; "" for the beginning.
    """
    foot = [*pager(page, question, cursor=cursor), reader.account_line()]
    if not page.items:
        empty = _empty(question, reader)
        return compose(empty, [section(empty)], foot)
    headline = f"Uploads: {position(page)}"
    rows = [section(_lines(line, reader), open_button(line)) for line in page.items]
    text = "\n".join([headline, *(f"{code(line.id)} {outcome(line)}" for line in page.items)])
    return compose(text, [header(headline), *rows], foot)


def card(
    upload: Upload,
    reader: Reader,
    *,
    verified: int = 0,
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
        done: rows judged so far, while in progress; None where nobody counted.
        groups: refused rows by cause; the three largest are named.
        undone: how it was taken back last; None if it was not.
        may_undo: the reader may take it back.
    """
    line = line_of(upload, verified=verified)
    told = outcome(line, done=done)
    since = since_check(upload)
    why = _why(line, groups) + (f"\n{since}" if since else "") + (_taken_back(undone, reader) if undone else "")
    what = section(f"{_named(line)} {_between(line, reader)}\n{bold(told)}{why}")
    offered = offers(upload) if reader.is_reseller else []
    reports = report_buttons(line) if reader.is_reseller and not upload.is_running else []
    buttons = [*offered, *_buttons(line), *reports, *_waiting(line, reader), *(_undo(line) if may_undo else [])]
    foot = [*actions(buttons), reader.account_line()]
    return compose(
        f"Upload {code(line.id)}: {told}{why}",
        [header(f"Upload {line.id}"), what, *fields(_facts(upload, line, reader))],
        foot,
    )


def _undo(line: UploadLine) -> list[Element]:
    """Opens a form that shows what goes; whether it may is asked then."""
    return [button("Undo upload…", UNDO, {"id": line.id}, label=f"Undo upload {line.id}")]


def _taken_back(removal: Removal, reader: Reader) -> str:
    by = reader.actor(removal.occasion.by, of_reseller=True, company=removal.account)
    if not removal.is_over:
        return f"\nBeing taken back by {by}: {count(removal.done)} of {count(removal.total, 'device')} done"
    return f"\nTaken back by {by} · {date(removal.finished_at)}: {count(removal.gone, 'device')} deleted"


def _waiting(line: UploadLine, reader: Reader) -> list[Element]:
    """Who can decide on what may wait, and for whoever uploads a way to ask them; what waits is read at the click."""
    if line.check_only or line.stored <= line.verified:
        return []
    ask = reader.is_reseller and allows(reader.acting.member.role, Act.UPLOAD)
    return [*([nudge_button(line.id)] if ask else []), who_button(line.id)]


def outcome(line: UploadLine, *, done: int | None = None, say: Wording = ENGLISH) -> str:
    """What came of an upload, in words that never make a failure look like a success.

    Args:
        line: its figures.
        done: rows judged so far, while in progress; None where nobody counted.
        say: in the reader's language.
    """
    told = say(
        _OUTCOMES[line.check_only][_ended(line)],
        rows=say.count(line.total, "row"),
        stored=say.count(line.stored),
        refused=say.count(line.refused),
        progress=_progress(line, done, say),
    )
    return say("Check only: {told}", told=told) if line.check_only else told


def _ended(line: UploadLine) -> str:
    """What of `_OUTCOMES` came of an upload."""
    return f"{line.status.value} of rows" if line.status is UploadStatus.ERROR and line.total else line.status.value


_OUTCOMES: Final = {
    False: {
        "AWAITING_FILE": "Waiting for its file",
        "IN_PROGRESS": "In progress, {progress}",
        "COMPLETED": "Completed: all {rows} stored",
        "COMPLETED_WITH_ERROR": "Completed with errors: {stored} of {rows} stored, {refused} refused",
        "ERROR of rows": "Failed: nothing stored, all {rows} refused",
        "ERROR": "Failed: nothing stored, the file could not be taken",
    },
    True: {
        "AWAITING_FILE": "Waiting for its file",
        "IN_PROGRESS": "In progress, {progress}",
        "COMPLETED": "Completed: all {rows} would be stored",
        "COMPLETED_WITH_ERROR": "Completed with errors: {stored} of {rows} would be stored, {refused} refused",
        "ERROR of rows": "Failed: nothing would be stored, all {rows} refused",
        "ERROR": "Failed: nothing would be stored, the file could not be taken",
    },
}


def title(name: str, say: Wording = ENGLISH) -> str:
    """A cause in a few words, to follow a count; the code itself where the catalogue does not have it."""
    return plain(say.title(name))


def open_button(line: UploadLine, say: Wording = ENGLISH) -> Element:
    """The button that opens an upload's card."""
    return button(say("Open"), OPEN, {"id": line.id}, label=say("Open upload {upload}", upload=line.id))


def report_buttons(line: UploadLine, say: Wording = ENGLISH) -> list[Element]:
    """The buttons that send the files of a finished upload: the rows to mend, and what became of each row."""
    rows = {"uploads.resend": line.refused, "uploads.results": line.total}
    return [
        button(name, action_id, {"id": line.id}, label=say("Send me {file} of {upload}", file=name, upload=line.id))
        for action_id, name in REPORTS.items()
        if rows[action_id]
    ]


def _progress(line: UploadLine, done: int | None, say: Wording) -> str:
    if not line.total:
        return say("the file is being read")
    rows = say.count(line.total, "row")
    return rows if done is None else say("{done} of {rows} done", done=say.count(done), rows=rows)


def _why(line: UploadLine, groups: Sequence[ErrorGroup]) -> str:
    if line.fault:
        if line.fault not in CATALOGUE:
            return f"\nReason: {code(line.fault)}"
        return f"\n{sentence(Fault(line.fault))}"
    if not groups:
        return ""
    named = [f"• {count(group.rows, 'row')}: {title(group.code)}" for group in groups[:_CAUSES]]
    more = len(groups) - len(named)
    return "\n" + "\n".join([*named, *([f"• and {count(more, 'more cause')}"] if more else [])])


def _named(line: UploadLine) -> str:
    return bold(code(line.file_name)) if line.file_name else bold(code(line.id))


def _between(line: UploadLine, reader: Reader) -> str:
    if not reader.is_reseller:
        direction = f"from {reader.company(line.account)}"
    elif line.customer:
        direction = f"for {reader.company(line.customer)}"
    else:
        direction = "for many customers" if line.many else "for an unknown customer"
    return f"{direction} · order {code(line.order_number, 40)}" if line.order_number else direction


def _lines(line: UploadLine, reader: Reader) -> str:
    return (
        f"{_named(line)} {_between(line, reader)}\n"
        f"{outcome(line)} · {count(line.verified)} verified\n"
        f"{code(line.status.value)} · {code(line.id)} · by {reader.uploader(line.uploaded_by, line.account)} · "
        f"account {code(_account(line, reader))} · {date(line.uploaded_at)}"
    )


def _account(line: UploadLine, reader: Reader) -> str:
    return line.account if reader.is_reseller else line.customer or reader.acting.account


def _facts(upload: Upload, line: UploadLine, reader: Reader) -> list[tuple[str, str]]:
    running = upload.is_running
    pairs = [
        ("Status", code(line.status.value)),
        ("Upload id", code(line.id)),
        ("Uploaded by", reader.uploader(line.uploaded_by, line.account)),
        ("Account", code(_account(line, reader))),
        ("Rows", count(line.total) if line.total else ""),
        ("Would be stored" if line.check_only else "Stored", "" if running else count(line.stored)),
        ("Refused", "" if running else count(line.refused)),
        ("Verified now", "" if running else count(line.verified)),
        ("Uploaded at", date(line.uploaded_at)),
        ("Finished at", date(upload.finished_at) if upload.finished_at else ""),
        ("Reference", code(upload.reference) if upload.reference else ""),
    ]
    return [(label, value) for label, value in pairs if value]


def _buttons(line: UploadLine) -> list[Element]:
    buttons: list[Element] = []
    if line.refused or line.fault:
        buttons.append(button("Errors", ERRORS, {"id": line.id}, label=f"Errors of upload {line.id}"))
    if line.stored and not line.check_only:
        question = f"devices list upload:{line.id}"
        buttons.append(button("Open devices", DEVICES, {"q": question, "c": "", "n": 1}))
    return buttons


def _empty(question: str, reader: Reader) -> str:
    if "customer:" in question:
        return f"No uploads for that customer yet. {reader.usage('uploads list')} shows all of yours."
    if reader.is_reseller:
        return "No uploads yet. Put a CSV file into S3, or ask an uploader of your company to send one."
    return "No uploads yet. When a reseller uploads devices for you, they appear here."
