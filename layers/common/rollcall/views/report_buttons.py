"""Buttons that send the reports on an upload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import button

if TYPE_CHECKING:
    from rollcall.upload_lines import UploadLine
    from rollcall.views.blocks import Element
    from rollcall.views.reader import Reader

#: Each sends a report into the clicker's DM; no two buttons of a message have one id.
REPORTS: Final = {
    "uploads.resend": "resend.csv",
    "uploads.errors_csv": "errors.csv",
    "uploads.results": "results.csv",
    "uploads.notes_csv": "notes.csv",
}
#: Those of which a customer gets its own rows.
OWN_REPORTS: Final = {name: REPORTS[name] for name in ("uploads.errors_csv", "uploads.results")}


def report_buttons(line: UploadLine, reader: Reader) -> list[Element]:
    """The buttons that send the files of a finished upload, but for those in which nothing stands.

    The rows to mend, every fault with its remedy (also that of a file which could not be taken), what became of each
    row, and what was repaired. A customer gets its own rows of those that are not for mending.
    """
    rows = {
        "uploads.resend": line.refused,
        "uploads.errors_csv": line.refused or line.fault,
        "uploads.results": line.total,
        "uploads.notes_csv": line.noted,
    }
    known = REPORTS if reader.is_reseller else OWN_REPORTS
    return [_report_button(line, action_id, reader) for action_id in known if rows[action_id]]


def errors_file_button(line: UploadLine, reader: Reader) -> Element:
    """The button that sends every fault of an upload as a file."""
    return _report_button(line, "uploads.errors_csv", reader)


def _report_button(line: UploadLine, action_id: str, reader: Reader) -> Element:
    name = REPORTS[action_id]
    value = {"id": line.id} | ({} if reader.is_reseller else {"as": reader.acting.account})
    return button(name, action_id, value, label=reader.say("Send me {file} of {upload}", file=name, upload=line.id))
