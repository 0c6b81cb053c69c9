"""What an upload's message says of devices that the manufacturer's registry had something to say about (row P7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.views.text import count

if TYPE_CHECKING:
    from rollcall.uploads import Upload
    from rollcall.views.reader import Reader


def registry_lines(upload: Upload, reader: Reader) -> list[str]:
    """One line of mrkdwn for each kind of doubt there was when the upload was stored, or checked."""
    noted = upload.figures.notes_by_code
    lines = []
    if doubted := noted.get("NOT_RECOGNISED", 0):
        stored = "would be stored" if upload.check_only else "stored"
        line = f"⚠ {count(doubted, 'device')} not recognised by the manufacturer's registry: {stored} as MPTS_ERROR."
        if not upload.check_only:
            line += f" {reader.usage(f'devices refresh upload:{upload.id}')} asks again."
        lines.append(line)
    if silent := noted.get("REGISTRY_UNAVAILABLE", 0):
        line = f"⚠ The manufacturer's registry did not answer about {count(silent, 'device')}"
        lines.append(f"{line}." if upload.check_only else f"{line}; it is asked again by itself.")
    if strange := noted.get("TAC_UNKNOWN", 0):
        lines.append(f"{count(strange, 'device')} of a kind that the manufacturer's catalogue does not know.")
    return lines
