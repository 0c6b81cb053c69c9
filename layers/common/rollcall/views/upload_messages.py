"""What comes by itself about uploads: one message each, edited as rows go through; a busy day's on one board (row B2).

Each is drawn from the stored upload and says at what time it was true as long as more is to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Fault
from rollcall.upload_lines import line_of
from rollcall.uploads import UploadStatus
from rollcall.views.blocks import actions, button, context, fits, header, section
from rollcall.views.message import compose
from rollcall.views.report_buttons import report_buttons
from rollcall.views.text import bold, code
from rollcall.views.upload_imports import since_check
from rollcall.views.upload_notes import reading_lines, registry_lines
from rollcall.views.upload_outcomes import outcome, title
from rollcall.views.uploads import ERRORS, OPEN, open_button
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.upload_lines import ErrorGroup, UploadLine
    from rollcall.uploads import Upload
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Lines of a board.
BOARD_LINES: Final = 20
_CAUSES: Final = 3
_MORE_FILES: Final = "A file was sent under this id once more. It was not read; if it is another one, upload it anew."
_BAR: Final = 10
_REPORTED: Final = {
    "resend.csv": "{file} of {upload}: rows that were refused, each with what is wrong.",
    "errors.csv": "{file} of {upload}: every fault, with its line and what to do.",
    "results.csv": "{file} of {upload}: every row.",
    "notes.csv": "{file} of {upload}: everything that was repaired or is unusual, with its line.",
}


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
    line, say = line_of(upload, verified=0), reader.say
    told = outcome(line, done=done, say=say)
    since = since_check(upload, say)
    also = [
        *([since] if since else []),
        *([say(_MORE_FILES)] if upload.more_files else []),
        *registry_lines(upload, reader),
        *decisions,
    ]
    why = _why(line, groups, say) + "".join(f"\n{one}" for one in also)
    whom = f"{mention} " if mention else ""
    headline = f"{whom}{_named(line)} {_between(line, reader)}"
    body = [section(f"{headline}\n{bold(f'{sign(line.status)} {told}')}{_bar(line, done)}{why}")]
    who = reader.uploader(line.uploaded_by, line.account)
    small = [code(line.id), say("by {who}", who=who), say.date(line.uploaded_at)]
    if line.status is UploadStatus.ERROR and upload.reference:
        small.append(say("reference {reference}", reference=code(upload.reference)))
    if _running(line) and as_of:
        small.append(say("as of {when}", when=say.date(as_of)))
    reading = reading_lines(upload, reader)
    read = [context(*reading)] if reading else []
    foot = [*actions([*offers, *_buttons(line, reader)]), *read, context(" · ".join(small)), reader.account_line()]
    return compose(f"{whom}{_named(line, plainly=True)} {_between(line, reader)}: {told}{why}", body, foot, say=say)


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
    say = reader.say
    what = say("{uploads} of {day}", uploads=say.count(total, "more upload"), day=day)
    worst, worse = "{number} failed", "{number} with refused rows"
    if len(shown) < total:
        worst, worse = "{number} of the newest {shown} failed", "{number} of the newest {shown} with refused rows"
    among = say.count(len(shown))
    parts = [
        *([say(worst, number=say.count(len(failed)), shown=among)] if failed else []),
        *([say(worse, number=say.count(len(partly)), shown=among)] if partly else []),
    ]
    headline = f"{what}{': ' if parts else ''}{', '.join(parts)}"
    rows = [section(_board_line(line, reader), open_button(line, say)) for line in shown]
    question = {"q": "uploads list"}
    everything = [button(say("All uploads"), OPEN, question)] if fits(question) else []
    more = [context(say("and {number} more", number=say.count(total - len(shown))))] if total > len(shown) else []
    running = as_of and any(_running(line) for line in shown)
    stamp = [context(say("as of {when}", when=say.date(as_of)))] if running else []
    text = "\n".join([headline, *(f"{sign(line.status)} {code(line.id)} {outcome(line, say=say)}" for line in shown)])
    foot = [*more, *actions(everything), *stamp, reader.account_line()]
    return compose(text, [header(headline), *rows], foot, say=say)


def resend_comment(upload: Upload, *, mention: str = "", say: Wording = ENGLISH) -> Message:
    """What is said with the file of the rows to mend (row B3)."""
    whom = f"{mention} " if mention else ""
    told = f"{bold(outcome(line_of(upload, verified=0), say=say))}. " if upload.status is UploadStatus.ERROR else ""
    how = "{rows} to mend: the last columns say what is wrong with each. Mend them and send the file again as it is."
    text = f"{whom}{told}{say(how, rows=say.count(upload.figures.rows.refused, 'refused row'))}"
    return compose(text, [section(text)], say=say)


def report_comment(upload: Upload, name: str, say: Wording = ENGLISH) -> str:
    """One sentence beside a report that somebody asked for, as mrkdwn."""
    what = _REPORTED[name]
    named = f"{_named(line_of(upload, verified=0), plainly=True)}, {code(upload.id)}"
    return say(what, file=code(name), upload=named)


def failure_reply(upload: Upload, *, mention: str = "", say: Wording = ENGLISH) -> Message:
    """What is said of a failure where the message itself was there before: an edit is not noticed."""
    line = line_of(upload, verified=0)
    whom = f"{mention} " if mention else ""
    text = f"{whom}{_named(line)}: {bold(outcome(line, say=say))}{_why(line, (), say)}"
    return compose(text, [section(text)], say=say)


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


def _why(line: UploadLine, groups: Sequence[ErrorGroup], say: Wording) -> str:
    if line.fault:
        if line.fault not in CATALOGUE:
            return f"\n{say('Reason: {reason}', reason=code(line.fault))}"
        return f"\n{say.sentence(Fault(line.fault))}"
    named = [f"• {say.count(group.rows, 'row')}: {title(group.code, say)}" for group in groups[:_CAUSES]]
    more = len(groups) - len(named)
    rest = [f"• {say('and {more}', more=say.count(more, 'more cause'))}"] if more > 0 else []
    return "".join(f"\n{part}" for part in [*named, *rest])


def _named(line: UploadLine, *, plainly: bool = False) -> str:
    shown = code(line.file_name) if line.file_name else code(line.id)
    return shown if plainly else bold(shown)


def _between(line: UploadLine, reader: Reader) -> str:
    say = reader.say
    if line.customer:
        direction = say("for {company}", company=reader.company(line.customer))
    else:
        direction = say("for many customers") if line.many else say("for an unknown customer")
    order = say("order {order}", order=code(line.order_number, 40))
    return f"{direction} · {order}" if line.order_number else direction


def _buttons(line: UploadLine, reader: Reader) -> list[Element]:
    say = reader.say
    buttons = [open_button(line, say)]
    if _running(line):
        return buttons
    if line.refused or line.fault:
        label = say("Errors of upload {upload}", upload=line.id)
        buttons.append(button(say("Errors"), ERRORS, {"id": line.id}, label=label))
    return [*buttons, *report_buttons(line, reader)]


def _board_line(line: UploadLine, reader: Reader) -> str:
    say = reader.say
    why = f" · {title(line.fault, say)}" if line.fault in CATALOGUE else ""
    return (
        f"{sign(line.status)} {_named(line)} {_between(line, reader)} · {say.date(line.uploaded_at)}\n"
        f"{outcome(line, say=say)}{why} · {code(line.id)}"
    )
