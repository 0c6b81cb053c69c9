"""What came of an upload, in words, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Fault
from rollcall.uploads import UploadStatus
from rollcall.views.text import code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.upload_lines import ErrorGroup, UploadLine
    from rollcall.views.wording import Wording

_CAUSES: Final = 3


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
    return "ERROR of rows" if line.status is UploadStatus.ERROR and line.total else line.status.value


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


def _progress(line: UploadLine, done: int | None, say: Wording) -> str:
    if not line.total:
        return say("the file is being read")
    rows = say.count(line.total, "row")
    return rows if done is None else say("{done} of {rows} done", done=say.count(done), rows=rows)


def why(line: UploadLine, groups: Sequence[ErrorGroup], say: Wording = ENGLISH) -> str:
    """Why an upload failed, or its largest causes, each on a line of its own; "" where nothing was refused.

    Args:
        line: its figures.
        groups: of its refused rows, the largest first.
        say: in the reader's language.
    """
    if line.fault:
        if line.fault not in CATALOGUE:
            return "\n" + say("Reason: {reason}", reason=code(line.fault))
        return f"\n{say.sentence(Fault(line.fault))}"
    if not groups:
        return ""
    named = [f"• {say.count(group.rows, 'row')}: {title(group.code, say=say)}" for group in groups[:_CAUSES]]
    more = len(groups) - len(named)
    return "\n" + "\n".join([*named, *([say("• and {more}", more=say.count(more, "more cause"))] if more else [])])
