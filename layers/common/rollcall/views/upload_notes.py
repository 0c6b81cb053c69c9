"""What an upload's message says besides what came of it: how its file was read, and what was doubted or repaired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import CATALOGUE, Kind
from rollcall.synonyms import plain
from rollcall.views.text import code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.uploads import ReadAs, Upload
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: What people call an encoding; any other is shown by its own name.
_ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "cp949": "CP949",
    "cp932": "Shift-JIS",
}
_COLUMNS: Final = 8
#: Remarks that are told elsewhere: of columns with how the file was read, of the manufacturer's registry by themselves.
_ELSEWHERE: Final = {
    *("COLUMN_UNKNOWN", "HEADER_REPEATED"),
    *("NOT_RECOGNISED", "REGISTRY_UNAVAILABLE", "TAC_UNKNOWN"),
}


def reading_lines(upload: Upload, reader: Reader) -> list[str]:
    """How the file was read, what was repaired in it and what is unusual (rows B12, B20), as lines of mrkdwn.

    Args:
        upload: one that is finished; of any other, and of a part that a customer sees, there is nothing to say.
        reader: somebody of the reseller.
    """
    if upload.read_as is None or upload.is_running or not reader.is_reseller:
        return []
    say, noted = reader.say, upload.figures.notes_by_code
    remarks = {name: rows for name, rows in noted.items() if name in CATALOGUE and name not in _ELSEWHERE}
    repaired = {name: rows for name, rows in remarks.items() if CATALOGUE[name].kind is Kind.REPAIR}
    unusual = {name: rows for name, rows in remarks.items() if CATALOGUE[name].kind is Kind.WARNING}
    lines = [_read(upload.read_as, noted, say)]
    if repaired:
        lines.append(say("Repaired: {rows}", rows=_by_code(repaired, say)))
    if unusual:
        lines.append(say("Unusual, and taken as it is: {rows}", rows=_by_code(unusual, say)))
    if remarks:
        lines[-1] += " · " + say("{file} has each of them", file=code("notes.csv"))
    return lines


def _read(read: ReadAs, noted: Mapping[str, int], say: Wording) -> str:
    encoding = _ENCODINGS.get(read.encoding.lower(), read.encoding)
    between = say("tabs") if read.delimiter == "\t" else code(read.delimiter)
    told = say("Read as {encoding}, separated by {delimiter}", encoding=encoding, delimiter=between)
    if read.headerless:
        told += ", " + say("a list without headings")
    else:
        columns = [
            column if plain(heading) == plain(column) else f"{column} ({code(heading, 40)})"
            for heading, column in read.header_map.items()
        ]
        shown = ", ".join(columns[:_COLUMNS]) + (", …" if len(columns) > _COLUMNS else "")
        told += ", " + say("columns {columns}", columns=shown)
    ignored = sum(noted.get(name, 0) for name in ("COLUMN_UNKNOWN", "HEADER_REPEATED"))
    if ignored and read.ignored:
        names = ", ".join(code(name, 40) for name in read.ignored)
        told += "; " + say("not read: {columns}", columns=names + (", …" if ignored > len(read.ignored) else ""))
    return told


def _by_code(rows: Mapping[str, int], say: Wording) -> str:
    """So many rows for each code, the most first."""
    ordered = sorted(rows.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{say.count(number, 'row')} {say.title(name)}" for name, number in ordered)


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
