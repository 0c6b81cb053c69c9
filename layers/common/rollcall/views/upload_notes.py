"""What an upload's message says of devices that the manufacturer's registry had something to say about (row P7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.uploads import Upload
    from rollcall.views.reader import Reader


def registry_lines(upload: Upload, reader: Reader) -> list[str]:
    """One line of mrkdwn for each kind of doubt there was when the upload was stored, or checked."""
    noted, say = upload.figures.notes_by_code, reader.say
    lines = []
    if doubted := noted.get("NOT_RECOGNISED", 0):
        line = "⚠ {number} not recognised by the manufacturer's registry: would be stored as MPTS_ERROR."
        if not upload.check_only:
            line = (
                "⚠ {number} not recognised by the manufacturer's registry: stored as MPTS_ERROR. {command} asks again."
            )
        again = reader.usage(f"devices refresh upload:{upload.id}")
        lines.append(say(line, number=say.count(doubted, "device"), command=again))
    if silent := noted.get("REGISTRY_UNAVAILABLE", 0):
        line = "⚠ The manufacturer's registry did not answer about {number}; it is asked again by itself."
        if upload.check_only:
            line = "⚠ The manufacturer's registry did not answer about {number}."
        lines.append(say(line, number=say.count(silent, "device")))
    if strange := noted.get("TAC_UNKNOWN", 0):
        line = "{number} of a kind that the manufacturer's catalogue does not know."
        lines.append(say(line, number=say.count(strange, "device")))
    return lines
