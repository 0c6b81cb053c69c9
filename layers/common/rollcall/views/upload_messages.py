"""What comes by itself about uploads: one message each, edited as rows go through; a busy day's on one board (row B2).

Each is drawn from the stored upload and says at what time it was true as long as more is to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Fault, sentence
from rollcall.upload_lines import line_of
from rollcall.uploads import UploadStatus
from rollcall.views.blocks import actions, button, context, fits, header, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count, date, plain
from rollcall.views.upload_imports import since_check
from rollcall.views.upload_notes import registry_lines
from rollcall.views.uploads import ERRORS, OPEN, REPORTS, open_button, outcome, report_buttons, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.upload_lines import ErrorGroup, UploadLine
    from rollcall.uploads import Upload
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Lines of a board.
BOARD_LINES: Final = 20
_CAUSES: Final = 3
_MORE_FILES: Final = "A file was sent under this id once more. It was not read; if it is another one, upload it anew."
_BAR: Final = 10


def upload_message(  # noqa: PLR0913 - what it tells comes from many places
    upload: Upload,
    reader: Reader,
    *,
    done: int | None = None,
    groups: Sequence[ErrorGroup] = (),
    mention: str = "",
    as_of: str = "",
    offers: Sequence[Element] = (),
    decisions: Sequence[str] = (),
) -> Message:
    """The one message of an upload.

    Args:
        upload: as it is now.
        reader: somebody of the reseller whose upload it is.
        done: rows judged so far, while in progress; None where nobody counted.
        groups: refused rows by cause; the three largest are named.
        mention: of whom the message should reach, as mrkdwn; empty for none.
        as_of: now, UTC; shown while more is to come.
        offers: buttons for what can be done next, such as importing what a check found good; they come first.
        decisions: what customers have decided, a line of mrkdwn each.
    """
    line = line_of(upload, verified=0)
    told = outcome(line, done=done)
    since = since_check(upload)
    also = [
        *([since] if since else []),
        *([_MORE_FILES] if upload.more_files else []),
        *registry_lines(upload, reader),
        *decisions,
    ]
    why = _why(line, groups) + "".join(f"\n{one}" for one in also)
    whom = f"{mention} " if mention else ""
    headline = f"{whom}{_named(line)} {_between(line, reader)}"
    body = [section(f"{headline}\n{bold(f'{sign(line.status)} {told}')}{_bar(line, done)}{why}")]
    small = [code(line.id), f"by {reader.uploader(line.uploaded_by, line.account)}", date(line.uploaded_at)]
    if line.status is UploadStatus.ERROR and upload.reference:
        small.append(f"reference {code(upload.reference)}")
    if _running(line) and as_of:
        small.append(f"as of {date(as_of)}")
    foot = [*actions([*offers, *_buttons(line)]), context(" · ".join(small)), reader.account_line()]
    return compose(f"{whom}{_named(line, plainly=True)} {_between(line, reader)}: {told}{why}", body, foot)


def board(day: str, lines: Sequence[UploadLine], total: int, reader: Reader, *, as_of: str = "") -> Message:
    """The uploads of a busy day, the newest first.

    Args:
        day: ``YYYY-MM-DD``, UTC.
        lines: the newest, at most 20.
        total: how many there are.
        reader: somebody of the reseller.
        as_of: now, UTC.
    """
    shown = lines[:BOARD_LINES]
    failed = [line for line in shown if line.status is UploadStatus.ERROR]
    partly = [line for line in shown if line.status is UploadStatus.COMPLETED_WITH_ERROR]
    what = f"{count(total, 'more upload')} of {day}"
    among = "" if len(shown) == total else f" of the newest {count(len(shown))}"
    parts = [
        *([f"{count(len(failed))}{among} failed"] if failed else []),
        *([f"{count(len(partly))}{among} with refused rows"] if partly else []),
    ]
    headline = f"{what}{': ' if parts else ''}{', '.join(parts)}"
    rows = [section(_board_line(line, reader), open_button(line)) for line in shown]
    question = {"q": "uploads list"}
    everything = [button("All uploads", OPEN, question)] if fits(question) else []
    more = [context(f"and {count(total - len(shown))} more")] if total > len(shown) else []
    stamp = [context(f"as of {date(as_of)}")] if as_of and any(_running(line) for line in shown) else []
    text = "\n".join([headline, *(f"{sign(line.status)} {code(line.id)} {outcome(line)}" for line in shown)])
    foot = [*more, *actions(everything), *stamp, reader.account_line()]
    return compose(text, [header(headline), *rows], foot)


def resend_comment(upload: Upload, *, mention: str = "") -> Message:
    """What is said with the file of the rows to mend (row B3)."""
    whom = f"{mention} " if mention else ""
    told = f"{bold(outcome(line_of(upload, verified=0)))}. " if upload.status is UploadStatus.ERROR else ""
    rows = count(upload.figures.rows.refused, "refused row")
    how = "the last columns say what is wrong with each. Mend them and send the file again as it is."
    text = f"{whom}{told}{rows} to mend: {how}"
    return compose(text, [section(text)])


def report_comment(upload: Upload, name: str) -> str:
    """One sentence beside a report that somebody asked for, as mrkdwn."""
    what = "rows that were refused, each with what is wrong" if name == REPORTS["uploads.resend"] else "every row"
    return f"{code(name)} of {_named(line_of(upload, verified=0), plainly=True)}, {code(upload.id)}: {what}."


def failure_reply(upload: Upload, *, mention: str = "") -> Message:
    """What is said of a failure where the message itself was there before: an edit is not noticed."""
    line = line_of(upload, verified=0)
    whom = f"{mention} " if mention else ""
    text = f"{whom}{_named(line)}: {bold(outcome(line))}{_why(line, ())}"
    return compose(text, [section(text)])


def sign(status: UploadStatus) -> str:
    """A sign of a state, beside its words and never in their place."""
    match status:
        case UploadStatus.COMPLETED:
            return "✓"
        case UploadStatus.COMPLETED_WITH_ERROR:
            return "⚠"
        case UploadStatus.ERROR:
            return "✕"
        case _:
            return "…"


def _running(line: UploadLine) -> bool:
    return line.status not in (UploadStatus.COMPLETED, UploadStatus.COMPLETED_WITH_ERROR, UploadStatus.ERROR)


def _bar(line: UploadLine, done: int | None) -> str:
    """How far it is; the words above it say the same."""
    if not _running(line) or not line.total or done is None:
        return ""
    full = min(_BAR * done // line.total, _BAR)
    return f"\n{'▰' * full}{'▱' * (_BAR - full)}"


def _why(line: UploadLine, groups: Sequence[ErrorGroup]) -> str:
    if line.fault:
        if line.fault not in CATALOGUE:
            return f"\nReason: {code(line.fault)}"
        return f"\n{sentence(Fault(line.fault))}"
    named = [f"• {count(group.rows, 'row')}: {title(group.code)}" for group in groups[:_CAUSES]]
    more = len(groups) - len(named)
    return "".join(f"\n{part}" for part in [*named, *([f"• and {count(more, 'more cause')}"] if more > 0 else [])])


def _named(line: UploadLine, *, plainly: bool = False) -> str:
    shown = code(line.file_name) if line.file_name else code(line.id)
    return shown if plainly else bold(shown)


def _between(line: UploadLine, reader: Reader) -> str:
    if line.customer:
        direction = f"for {reader.company(line.customer)}"
    else:
        direction = "for many customers" if line.many else "for an unknown customer"
    return f"{direction} · order {code(line.order_number, 40)}" if line.order_number else direction


def _buttons(line: UploadLine) -> list[Element]:
    buttons = [open_button(line)]
    if _running(line):
        return buttons
    if line.refused or line.fault:
        buttons.append(button("Errors", ERRORS, {"id": line.id}, label=f"Errors of upload {line.id}"))
    return [*buttons, *report_buttons(line)]


def _board_line(line: UploadLine, reader: Reader) -> str:
    why = f" · {plain(CATALOGUE[line.fault].title)}" if line.fault in CATALOGUE else ""
    return (
        f"{sign(line.status)} {_named(line)} {_between(line, reader)} · {date(line.uploaded_at)}\n"
        f"{outcome(line)}{why} · {code(line.id)}"
    )
