"""The big list of naughty strings through our own CSV: written, read back, unchanged."""

from __future__ import annotations

import json
import unicodedata

import pytest

from rollcall.dialect import detect_encoding, open_text
from rollcall.records import records
from rollcall.sheets import SheetWriter, unguard
from tests.corpora import DATA, needs

LIST = DATA / "csv" / "blns" / "blns.json"
pytestmark = needs(LIST)


def has_control_characters(text: str) -> bool:
    return any(unicodedata.category(character) == "Cc" and character not in "\t\r\n" for character in text)


@pytest.mark.feature("B3")
def test_naughty_strings_come_back_unchanged(tmp_path):
    """Those with control characters too, though their rows are flagged and would be refused."""
    naughty = json.loads(LIST.read_text("utf-8"))
    path = tmp_path / "list.csv"
    path.write_bytes(SheetWriter().write([[str(number), text, "end"] for number, text in enumerate(naughty)]))

    assert detect_encoding(path) == "utf-8"
    result = list(records(open_text(path, "utf-8"), ","))
    assert [tuple(map(unguard, record.cells)) for record in result] == [
        (str(number), text, "end") for number, text in enumerate(naughty)
    ]
    flagged = [number for number, record in enumerate(result) if record.faults]
    assert flagged == [number for number, text in enumerate(naughty) if has_control_characters(text)]
    assert {fault.code for record in result for fault in record.faults} == {"ROW_CHARACTERS"}
    assert len(naughty) > 500
