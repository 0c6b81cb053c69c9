"""Why rows of an upload were refused, grouped by cause, and what to do (rows P13, B2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Fault
from rollcall.upload_lines import line_of
from rollcall.uploads import UploadStatus
from rollcall.views.blocks import actions, header, section
from rollcall.views.message import compose
from rollcall.views.pager import to_dm
from rollcall.views.text import bold, code, count, plain
from rollcall.views.uploads import open_button, outcome, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.upload_lines import ErrorGroup
    from rollcall.uploads import Upload
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

_GROUPS: Final = 20


def errors(upload: Upload, groups: Sequence[ErrorGroup], reader: Reader) -> Message:
    """The refused rows of an upload, the largest group first.

    Args:
        upload: the upload, or what `rollcall.upload_lines.part_of` leaves of it for a customer.
        groups: by cause; empty where no row was refused, or the reader may not see why.
        reader: who reads.
    """
    line = line_of(upload, verified=0)
    told = outcome(line)
    foot = [*actions([open_button(line), *to_dm(f"uploads errors {upload.id}")]), reader.account_line()]
    head = [header(f"Errors of {upload.id}"), section(f"{_file(upload)}{bold(told)}")]
    if upload.fault:
        shown = [_file_fault(upload)]
        notices = shown
    elif groups:
        shown = [_group(group) for group in groups[:_GROUPS]]
        if len(groups) > _GROUPS:
            shown.append(f"And {count(len(groups) - _GROUPS, 'more cause')}, all of them in errors.csv.")
        notices = [f"{count(group.rows, 'row')}: {title(group.code)}" for group in groups]
    else:
        shown = [_no_groups(upload)]
        notices = shown
    text = "\n".join([f"Upload {code(upload.id)}: {told}", *notices])
    return compose(text, [*head, *map(section, shown)], foot)


def _group(group: ErrorGroup) -> str:
    headline = f"{count(group.rows, 'row')}: {title(group.code)}"
    lines = [f"{bold(headline)}  {code(group.code)}"]
    if group.lines:
        more = group.rows - len(group.lines)
        noun = "Line" if group.rows == 1 else "Lines"
        rest = f" and {count(more)} more" if more > 0 else ""
        lines.append(f"{noun} {', '.join(map(count, group.lines))}{rest}")
    if group.sentence:
        lines.append(plain(group.sentence, 500))
    return "\n".join(lines)


def _no_groups(upload: Upload) -> str:
    if upload.status is UploadStatus.AWAITING_FILE:
        return "Its file has not come yet."
    if upload.status is UploadStatus.IN_PROGRESS:
        return "The file is still being read; its errors are shown when it is done."
    if upload.figures.rows.refused:
        return "The reseller that sent the file can see why these rows were refused."
    return "No row was refused; there is nothing to mend."


def _file(upload: Upload) -> str:
    return f"{code(upload.file_name)}\n" if upload.file_name else ""


def _file_fault(upload: Upload) -> str:
    told = f"\nReference {code(upload.reference)}" if upload.reference else ""
    if upload.fault not in CATALOGUE:
        return f"The file could not be taken: {code(upload.fault)}.{told}"
    fault = Fault(upload.fault)
    return f"{fault.message}\nWhat to do: {fault.remedy}{told}"
