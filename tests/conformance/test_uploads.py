"""Every sample file all the way through the chain, with the figures that the rules give by hand; and naughty strings.

Each file goes into an empty table, so nothing in it is held already.
"""

from __future__ import annotations

import csv
import io
import json

import pytest

from rollcall.records import MAX_RECORD
from rollcall.rows import LONGEST_TEXT, split_tags
from rollcall.store.devices import DevicesStore
from tests.chain import Chain, sample_directory
from tests.cloud import REGION, running_cloud
from tests.corpora import DATA, UPLOADS, needs
from tests.files_of import imei

NAUGHTY = DATA / "csv" / "blns" / "blns.json"

#: file → encoding, delimiter, rows stored, refusals by code, notes by code.
EXPECTED = {
    # 20 to 250 rows, all of valid IMEIs that stand once.
    "clean_25.csv": ("utf-8", ",", 25, {}, {}),
    "clean_250.csv": ("utf-8", ",", 250, {}, {}),
    "bom_lf.csv": ("utf-8", ",", 20, {}, {}),
    "cr_only.csv": ("utf-8", ",", 20, {}, {}),
    "excel_utf16.txt": ("utf-16-le", "\t", 20, {}, {}),
    "korean_cp949.csv": ("cp949", ",", 20, {}, {}),
    "semicolon_cp1252.csv": ("cp1252", ";", 20, {}, {}),
    # No header: the first line is a device too.
    "ids_only_headerless.csv": ("utf-8", ",", 40, {}, {}),
    # In turn: 14 hexadecimal digits and a check digit (7 times), 18 decimal digits (7), 14 lower-case ones (6).
    "meids.csv": ("utf-8", ",", 20, {}, {"MEID_CHECK_DIGIT_DROPPED": 7, "MEID_FROM_DECIMAL": 7}),
    # All are an R and ten letters or digits, so none is unusual.
    "serials.csv": ("utf-8", ",", 20, {}, {}),
    # Manufacturer, profile type and owner are zero-touch's own.
    "zero_touch.csv": ("utf-8", ",", 20, {}, {"COLUMN_UNKNOWN": 3}),
    # A third of the rows names CUST-NOBODY, which is not linked.
    "many_customers.csv": ("utf-8", ",", 40, {"CUSTOMER_UNKNOWN": 20}, {}),
    "messy.csv": (
        "utf-8",
        ",",
        71,
        {
            # Lines 62 to 67 end in a digit that Luhn does not give, and so does one IMEI of line 85.
            "IMEI_CHECK_DIGIT": 7,
            # Lines 68 and 69 lost digits; "12" is the second IMEI of line 85.
            "IMEI_LENGTH": 3,
            # Line 70: 3.53415E+14 is what a spreadsheet left of it.
            "IMEI_SCIENTIFIC": 1,
            # Line 71: fifteen noughts pass Luhn and are no device.
            "IMEI_REPEATED_DIGIT": 1,
            # Line 72 has an X in it, line 81 Arabic-Indic digits.
            "IMEI_NOT_DIGITS": 2,
            # Line 73 has a model and an order, and no identifier.
            "ID_MISSING": 1,
            # Line 83 repeats the first IMEI of line 82, line 84 the second one.
            "DUPLICATE_IN_FILE": 2,
        },
        {
            "ID_SEPARATORS": 2,  # hyphens on line 74, spaces around on line 77
            "ID_FORMULA": 2,  # an apostrophe on line 75, ="…" on line 76
            "ID_FULLWIDTH": 1,  # line 78
            "IMEI_CHECK_DIGIT_ADDED": 1,  # 14 digits on line 79
            "IMEISV_SHORTENED": 1,  # 16 digits on line 80
        },
    ),
}


@pytest.fixture(scope="module")
def world():
    with running_cloud(chunk_rows=100) as running:
        running.accounts.apply(sample_directory())
        yield running, running.checkpoint()


@pytest.fixture
def chain(world):
    running, checkpoint = world
    running.restore(checkpoint)
    return Chain(running)


@pytest.fixture
def devices():
    return DevicesStore("DevicesTable", region=REGION)


def test_no_sample_file_is_forgotten():
    assert set(EXPECTED) == {path.name for path in UPLOADS.iterdir() if path.suffix != ".json"}


@pytest.mark.feature("P8")
@pytest.mark.feature("B12")
@pytest.mark.feature("B20")
@pytest.mark.feature("B27")
@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_file_all_the_way(chain, name):
    encoding, delimiter, stored, by_code, notes = EXPECTED[name]
    place = "_many" if name == "many_customers.csv" else "CUST-NORTHWIND"
    report = chain.upload(f"uploads/RSL-ACME/{place}/{name}", (UPLOADS / name).read_bytes())
    summary = report.summary

    assert (summary["read_as"]["encoding"], summary["read_as"]["delimiter"]) == (encoding, delimiter)
    assert (summary["stored"], summary["by_code"], summary["notes_by_code"]) == (stored, by_code, notes)
    assert summary["total"] == stored + summary["refused"] == len(report.results)
    assert summary["status"] == ("COMPLETED_WITH_ERROR" if by_code else "COMPLETED")
    kinds = [item["kind"]["S"] for item in chain.cloud.scan("DevicesTable")]
    assert kinds.count("device") == stored
    # Each identifier of a stored row, as results.csv tells it, is an item of its own.
    told = [row[slot] for row in report.results for slot in ("imei", "imei2", "meid", "serial")]
    refused = [row for row in report.results if row["outcome"] == "refused"]
    assert len(kinds) == sum(map(bool, told)) - sum(
        bool(row[slot]) for row in refused for slot in ("imei", "imei2", "meid", "serial")
    )


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("name", "key", "texts"),
    [
        ("korean_cp949.csv", "imei#359253073090922", ("SM-J320P", "주문-0", ("강남지점",))),
        ("semicolon_cp1252.csv", "imei#354300883235786", ("SM-A215U1", "Nº 0 \u2013 café", ())),
        ("excel_utf16.txt", "imei#354326206366966", ("SM-A025M", "PO-0", ("Zürich",))),
    ],
)
def test_texts_of_other_encodings_are_stored_as_they_were_meant(chain, devices, name, key, texts):
    chain.upload(f"uploads/RSL-ACME/CUST-NORTHWIND/{name}", (UPLOADS / name).read_bytes())
    device = devices.find(key)

    assert (device.model, device.order_number, device.tags) == texts


def naughty():
    return json.loads(NAUGHTY.read_text(encoding="utf-8"))


def has_control(text):
    """Not text: what Unicode calls a control character, but for tab and line breaks."""
    return any((ord(c) < 0x20 and c not in "\t\r\n") or 0x7F <= ord(c) < 0xA0 for c in text)


def sheet(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("imei", "model", "order_number", "tags"), *rows])
    return text.getvalue().encode()


def resent(report):
    """The cells that stood in the file, by IMEI, out of the file of refused rows as another program reads it."""
    rows = report.sheet("resend")
    return {row["imei"]: tuple(unguarded(row[name]) for name in ("model", "order_number", "tags")) for row in rows}


def unguarded(cell):
    """A cell as the contract has it: one more ' in front of what begins, behind others, like a formula."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in tuple("=+-@\t\r") else cell


@needs(NAUGHTY)
@pytest.mark.feature("B3")
def test_naughty_strings_go_in_and_come_back_unchanged(chain, devices):
    """Through the devices table, the file of refused rows, and the upload of that one."""
    strings = naughty()
    assert len(strings) > 500
    assert max(map(len, strings)) < min(LONGEST_TEXT, MAX_RECORD)
    texts = {imei(number): text for number, text in enumerate(strings)}
    body = sheet((number, text, text, text) for number, text in texts.items())
    key = "uploads/RSL-ACME/CUST-NORTHWIND/naughty.csv"

    first = chain.upload(key, body)
    damaged = {number for number, text in texts.items() if has_control(text)}
    assert damaged
    assert first.summary["by_code"] == {"ROW_CHARACTERS": len(damaged)}
    assert first.summary["total"] == len(strings)
    found = devices.find_many(f"imei#{number}" for number in texts)
    assert {number: found[f"imei#{number}"].model for number in texts.keys() - damaged} == {
        number: text for number, text in texts.items() if number not in damaged
    }
    for number in texts.keys() - damaged:
        device, text = found[f"imei#{number}"], texts[number]
        assert device.order_number == (text if text.strip() else "")
        assert device.tags == split_tags(text)
    assert resent(first) == {number: (texts[number],) * 3 for number in damaged}

    second = chain.upload(key, body)
    assert second.summary["stored"] == 0
    assert resent(second) == {number: (text,) * 3 for number, text in texts.items()}

    third = chain.upload(key, second.raw("resend.csv"))
    assert resent(third) == resent(second)
    assert third.summary["by_code"] == second.summary["by_code"]
