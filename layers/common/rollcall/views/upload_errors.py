"""Why rows of an upload were refused, grouped by cause, and what to do (rows P13, B2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Fault
from rollcall.upload_lines import line_of
from rollcall.uploads import UploadStatus
from rollcall.views.blocks import actions, header, section
from rollcall.views.message import compose
from rollcall.views.pager import to_dm
from rollcall.views.report_buttons import errors_file_button
from rollcall.views.text import bold, code, plain
from rollcall.views.upload_outcomes import outcome, title
from rollcall.views.uploads import open_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.upload_lines import ErrorGroup
    from rollcall.uploads import Upload
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

_GROUPS: Final = 20


def errors(upload: Upload, groups: Sequence[ErrorGroup], reader: Reader) -> Message:
    """The refused rows of an upload, the largest group first.

    Args:
        upload: the upload, or what `rollcall.upload_lines.part_of` leaves of it for a customer.
        groups: by cause; empty where no row was refused, or the reader may not see why.
        reader: who reads.
    """
    line, say = line_of(upload, verified=0), reader.say
    told = outcome(line, say=say)
    refused = (
        groups or upload.fault or (not reader.is_reseller and upload.figures.rows.refused and not upload.is_running)
    )
    whole = [errors_file_button(line, reader)] if refused else []
    buttons = [open_button(line, say), *whole, *to_dm(f"uploads errors {upload.id}", say)]
    foot = [*actions(buttons), reader.account_line()]
    head = [header(say("Errors of {upload}", upload=upload.id)), section(f"{_file(upload)}{bold(told)}")]
    if upload.fault:
        shown = [_file_fault(upload, say)]
        notices = shown
    elif groups:
        shown = [_group(group, say) for group in groups[:_GROUPS]]
        if len(groups) > _GROUPS:
            more = say.count(len(groups) - _GROUPS, "more cause")
            shown.append(say("And {more}, all of them in errors.csv.", more=more))
        notices = [f"{say.count(group.rows, 'row')}: {title(group.code, say)}" for group in groups]
    else:
        shown = [say(_no_groups(upload))]
        notices = shown
    text = "\n".join([say("Upload {upload}: {told}", upload=code(upload.id), told=told), *notices])
    return compose(text, [*head, *map(section, shown)], foot, say=say)


def _group(group: ErrorGroup, say: Wording) -> str:
    headline = f"{say.count(group.rows, 'row')}: {title(group.code, say)}"
    lines = [f"{bold(headline)}  {code(group.code)}"]
    if group.lines:
        more = group.rows - len(group.lines)
        noun = "Line {numbers}" if group.rows == 1 else "Lines {numbers}"
        rest = f" {say('and {number} more', number=say.count(more))}" if more > 0 else ""
        lines.append(f"{say(noun, numbers=', '.join(map(say.count, group.lines)))}{rest}")
    if group.sentence:
        lines.append(plain(say.explained(group.code, group.sentence), 500))
    return "\n".join(lines)


def _no_groups(upload: Upload) -> str:
    if upload.status is UploadStatus.AWAITING_FILE:
        return "Its file has not come yet."
    if upload.status is UploadStatus.IN_PROGRESS:
        return "The file is still being read; its errors are shown when it is done."
    if upload.figures.rows.refused:
        return "These are too many to be shown here: errors.csv says of each why it was refused."
    return "No row was refused; there is nothing to mend."


def _file(upload: Upload) -> str:
    return f"{code(upload.file_name)}\n" if upload.file_name else ""


def _file_fault(upload: Upload, say: Wording) -> str:
    told = f"\n{say('Reference {reference}', reference=code(upload.reference))}" if upload.reference else ""
    if upload.fault not in CATALOGUE:
        return f"{say('The file could not be taken: {code}.', code=code(upload.fault))}{told}"
    remedy = say("What to do: {remedy}", remedy=say.remedy(upload.fault))
    return f"{say.message(Fault(upload.fault))}\n{remedy}{told}"
