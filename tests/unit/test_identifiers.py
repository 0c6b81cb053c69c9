"""Reading identifiers: what is mended and said, what is refused and why, and that nothing else happens."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rollcall.errors import CATALOGUE, Kind
from rollcall.identifiers import Identifier, IdKind, candidates, mask, read, tac
from rollcall.luhn import check_digit, hex_check_digit
from rollcall.spreadsheets import is_scientific, unwrap, without_separators

IMEI = frozenset({IdKind.IMEI})
MEID = frozenset({IdKind.MEID})
SERIAL = frozenset({IdKind.SERIAL})
EITHER = IMEI | MEID
ANY = frozenset(IdKind)

FULL = str.maketrans("0123456789ABCDEF", "".join(chr(ord(c) + 0xFEE0) for c in "0123456789ABCDEF"))
ARABIC = str.maketrans("0123456789", "".join(map(chr, range(0x660, 0x66A))))

payloads = st.text(alphabet="0123456789", min_size=14, max_size=14).filter(lambda text: len(set(text)) > 1)
imeis = payloads.map(lambda payload: payload + check_digit(payload))
meids = st.builds(
    str.__add__, st.sampled_from("ABCDEF"), st.text(alphabet="0123456789ABCDEF", min_size=13, max_size=13)
)
serials = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=8, max_size=20)
kinds_of_columns = st.sets(st.sampled_from(IdKind), min_size=1).map(frozenset)


def outcome(text, kinds):
    """What became of a cell: the value, or the code of its fault; and the codes of its notes."""
    reading = read(text, kinds, "imei")
    value = reading.identifier.value if reading.identifier else None
    faults = [fault.code for fault in reading.faults]
    return value or (faults[0] if faults else None), [note.code for note in reading.notes]


@pytest.mark.parametrize("kinds", [IMEI, MEID, SERIAL, EITHER, ANY], ids=lambda kinds: "+".join(sorted(kinds)))
@pytest.mark.parametrize("text", ["", " ", "\t", "\u00a0\u200b", "\ufeff", "''", '=""', '""'])
def test_a_cell_in_which_nothing_stands_says_nothing(text, kinds):
    assert outcome(text, kinds) == (None, [])


@pytest.mark.parametrize("text", ["-", "--", "\u2013", "\u2014", "' - '"])
def test_a_dash_in_place_of_an_imei_is_an_empty_cell(text):
    assert outcome(text, IMEI) == (None, [])


@pytest.mark.feature("B12")
@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("490154203237518", []),
        (" 490154203237518", ["ID_SEPARATORS"]),
        ("490154203237518\u00a0", ["ID_SEPARATORS"]),
        ("49-015420-323751-8", ["ID_SEPARATORS"]),
        ("49\u2013015420\u2013323751\u20138", ["ID_SEPARATORS"]),
        ("49\u2212015420\u2011323751\uff0d8", ["ID_SEPARATORS"]),
        ("4901 5420 3237 518", ["ID_SEPARATORS"]),
        ("4901\u20095420\u3000323\u200b7518", ["ID_SEPARATORS"]),
        ('"490154203237518"', ["ID_SEPARATORS"]),
        ("\u201c490154203237518\u201d", ["ID_SEPARATORS"]),
        ("'490154203237518", ["ID_FORMULA"]),
        ("\u2019490154203237518", ["ID_FORMULA"]),
        ("'490154203237518'", ["ID_FORMULA", "ID_SEPARATORS"]),
        ('="490154203237518"', ["ID_FORMULA"]),
        ('= "490154203237518" ', ["ID_SEPARATORS", "ID_FORMULA"]),
        ('="4901542\n03237518"', ["ID_FORMULA", "ID_SEPARATORS"]),
        ("=490154203237518", ["ID_FORMULA"]),
        ('\'="490154203237518"', ["ID_FORMULA"]),
        ("490154203237518".translate(FULL), ["ID_FULLWIDTH"]),
        ("49 015420 323751 8".translate(FULL), ["ID_FULLWIDTH", "ID_SEPARATORS"]),
        ("49015420323751", ["IMEI_CHECK_DIGIT_ADDED"]),
        ("4901542032375101", ["IMEISV_SHORTENED"]),
        ("49-015420-323751", ["ID_SEPARATORS", "IMEI_CHECK_DIGIT_ADDED"]),
    ],
)
@pytest.mark.parametrize("kinds", [IMEI, EITHER, ANY], ids=["imei", "imei+meid", "any"])
def test_common_damage_to_an_imei_is_mended_and_said(text, notes, kinds):
    assert outcome(text, kinds) == ("490154203237518", notes)


@pytest.mark.feature("B1")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12", "IMEI_LENGTH"),
        ("3540481113600", "IMEI_LENGTH"),
        ("35404811136001234", "IMEI_LENGTH"),
        ("490154203237518 490154203237518", "IMEI_LENGTH"),
        ("490154203237517", "IMEI_CHECK_DIGIT"),
        ("49-015420-323751-7", "IMEI_CHECK_DIGIT"),
        ("000000000000000", "IMEI_REPEATED_DIGIT"),
        ("111111111111111", "IMEI_REPEATED_DIGIT"),
        ("99999999999999", "IMEI_REPEATED_DIGIT"),
        ("0000000000000012", "IMEI_REPEATED_DIGIT"),
        ("3581771X2827718", "IMEI_NOT_DIGITS"),
        ("AF0123450ABCDE", "IMEI_NOT_DIGITS"),
        ("490154203237518.0", "IMEI_NOT_DIGITS"),
        ("490154203237518/490154203237526", "IMEI_NOT_DIGITS"),
        ("490154203237518".translate(ARABIC), "IMEI_NOT_DIGITS"),
        ("49015420323751\u00b2", "IMEI_NOT_DIGITS"),
        ("n/a", "IMEI_NOT_DIGITS"),
        ("3.5E+14", "IMEI_SCIENTIFIC"),
        ("3.53415E+14", "IMEI_SCIENTIFIC"),
        ("3,53E+14", "IMEI_SCIENTIFIC"),
        ("3e14", "IMEI_SCIENTIFIC"),
        ("'3.5E+14", "IMEI_SCIENTIFIC"),
        (" 3.5 E+14", "IMEI_SCIENTIFIC"),
        ("3.5E+14".translate(FULL | {0x2E: 0xFF0E, 0x2B: 0xFF0B}), "IMEI_SCIENTIFIC"),
    ],
)
def test_what_is_not_an_imei_is_refused_with_one_reason(text, code):
    reading = read(text, IMEI, "imei2")
    assert [(fault.code, fault.column, fault.value) for fault in reading.faults] == [(code, "imei2", text)]
    assert reading.identifier is None
    assert reading.notes == ()


def test_a_wrong_check_digit_comes_with_the_right_one():
    (fault,) = read("490154203237517", IMEI).faults
    assert fault.details == {"expected": "8"}
    assert "the last one is 8" in fault.message


def test_the_form_that_a_network_shows_comes_with_the_imei_it_stands_for():
    """A network sends 0 in place of the check digit (TS 23.003 6.2.1): likely enough to say, too little to mend."""
    (fault,) = read("490154203237510", IMEI).faults
    assert fault.details == {"expected": "8", "network_form": "490154203237518"}
    assert "the IMEI is 490154203237518" in fault.remedy


def test_a_wrong_length_says_how_many_digits_there_are():
    (fault,) = read("35-40481113600", IMEI).faults
    assert "has 13" in fault.message


@pytest.mark.feature("B12")
def test_a_number_that_a_spreadsheet_lost_says_how_to_avoid_it():
    (fault,) = read("3.5E+14", IMEI).faults
    assert "3.5E+14" in fault.message
    assert "as Text" in fault.remedy


def test_a_note_says_what_the_value_was_read_as_and_what_stood_there():
    (note,) = read("49015420323751", IMEI, "imei").notes
    assert (note.column, note.value, note.details) == ("imei", "49015420323751", {"read_as": "490154203237518"})
    assert "490154203237518" in note.remedy


@pytest.mark.feature("B12")
@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("AF0123450ABCDE", []),
        ("af0123450abcde", []),
        ("AF 01 23 45 0ABCDE", ["ID_SEPARATORS"]),
        ("AF0123450ABCDEC", ["MEID_CHECK_DIGIT_DROPPED"]),
        ("af0123450abcdec", ["MEID_CHECK_DIGIT_DROPPED"]),
        ("293608736500703710", ["MEID_FROM_DECIMAL"]),
        ("2936087365007037100", ["MEID_FROM_DECIMAL", "MEID_CHECK_DIGIT_DROPPED"]),
        ("29360 87365 0070 3710", ["ID_SEPARATORS", "MEID_FROM_DECIMAL"]),
        ("AF0123450ABCDE".translate(FULL), ["ID_FULLWIDTH"]),
        ("AF0123450ABCDE".translate(FULL).lower(), ["ID_FULLWIDTH"]),
        ('="AF0123450ABCDE"', ["ID_FORMULA"]),
    ],
)
@pytest.mark.parametrize("kinds", [MEID, EITHER, ANY], ids=["meid", "imei+meid", "any"])
def test_every_form_of_a_meid_is_read_as_the_same(text, notes, kinds):
    assert outcome(text, kinds) == ("AF0123450ABCDE", notes)
    assert read(text, kinds).identifier.kind is IdKind.MEID


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AF0123450ABCD", "MEID_FORMAT"),
        ("1F0123450ABCDE", "MEID_FORMAT"),
        ("AG0123450ABCDE", "MEID_FORMAT"),
        ("99000512345678", "MEID_FORMAT"),  # fourteen digits are an IMEI without its check digit
        ("490154203237518", "MEID_FORMAT"),
        ("256691558406822995", "MEID_FORMAT"),  # fits, but its other form has no letter: 99000600681C13
        (
            "AF0123450ABCDE".translate(str.maketrans("0123456789", "".join(map(chr, range(0x660, 0x66A))))),
            "MEID_FORMAT",
        ),
        ("AF0123450ABCDEA", "MEID_CHECK_DIGIT"),
        ("2936087365007037106", "MEID_CHECK_DIGIT"),
        ("429496729600000000", "MEID_DECIMAL_RANGE"),
        ("293608736516777216", "MEID_DECIMAL_RANGE"),
        ("9999999999999999999", "MEID_DECIMAL_RANGE"),
        ("2.93609E+17", "IMEI_SCIENTIFIC"),
    ],
)
def test_what_is_not_a_meid_is_refused_with_one_reason(text, code):
    assert outcome(text, MEID) == (code, [])


@pytest.mark.parametrize(("text", "digit"), [("AF0123450ABCDEA", "C"), ("2936087365007037106", "0")])
def test_a_wrong_meid_check_digit_comes_with_the_right_one(text, digit):
    assert read(text, MEID).faults[0].details == {"expected": digit}


@pytest.mark.parametrize("text", ["429496729516777215", "268435456000000000"])
def test_the_ends_of_the_decimal_range_are_in_it(text):
    assert outcome(text, MEID) == (f"{int(text[:10]):08X}{int(text[10:]):06X}", ["MEID_FROM_DECIMAL"])


@pytest.mark.parametrize(
    ("text", "value", "notes"),
    [
        ("R58M123456A", "R58M123456A", []),
        ("r58m123456a", "R58M123456A", []),
        (" R58M123456A ", "R58M123456A", ["ID_SEPARATORS"]),
        ("'R58M123456A", "R58M123456A", ["ID_FORMULA"]),
        ('="R58M123456A"', "R58M123456A", ["ID_FORMULA"]),
        ("12345678", "12345678", ["SERIAL_UNUSUAL"]),
        ("490154203237517", "490154203237517", ["SERIAL_UNUSUAL"]),
        ("A" * 20, "A" * 20, ["SERIAL_UNUSUAL"]),
        ("1234567E12", "1234567E12", ["SERIAL_UNUSUAL"]),
        ("R58M12345", "R58M12345", ["SERIAL_UNUSUAL"]),
        ("R58M-123456A", "SERIAL_FORMAT", []),
        ("R58M 123456A", "SERIAL_FORMAT", []),
        ("1234567", "SERIAL_FORMAT", []),
        ("A" * 21, "SERIAL_FORMAT", []),
        ("STRA\u00dfE1234", "SERIAL_FORMAT", []),
        ("\u0131PHONE12345", "SERIAL_FORMAT", []),
        ("R58M_123456", "SERIAL_FORMAT", []),
        ("3.5E+14", "IMEI_SCIENTIFIC", []),
        ("3,56741E+14", "IMEI_SCIENTIFIC", []),
    ],
)
def test_serials_in_a_column_of_their_own(text, value, notes):
    assert outcome(text, SERIAL) == (value, notes)


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("text", "either", "anything"),
    [
        ("12", "IMEI_LENGTH", "IMEI_LENGTH"),
        ("12345678", "IMEI_LENGTH", "ID_AMBIGUOUS"),
        ("1234567890123", "IMEI_LENGTH", "ID_AMBIGUOUS"),
        ("12345678901234567", "IMEI_LENGTH", "ID_AMBIGUOUS"),
        ("12345678901234567890", "IMEI_LENGTH", "ID_AMBIGUOUS"),
        ("123456789012345678901", "IMEI_LENGTH", "IMEI_LENGTH"),
        ("490154203237517", "IMEI_CHECK_DIGIT", "IMEI_CHECK_DIGIT"),
        ("000000000000000", "IMEI_REPEATED_DIGIT", "IMEI_REPEATED_DIGIT"),
        ("429496729600000000", "MEID_DECIMAL_RANGE", "MEID_DECIMAL_RANGE"),
        ("AF0123450ABCDEA", "MEID_CHECK_DIGIT", "ID_AMBIGUOUS"),
        ("AF0123450ABCD", "MEID_FORMAT", "AF0123450ABCD"),
        ("1F0123450ABCDE", "MEID_FORMAT", "1F0123450ABCDE"),
        ("R58M123456A", "IMEI_NOT_DIGITS", "R58M123456A"),
        ("R58M-123456A", "IMEI_NOT_DIGITS", "SERIAL_FORMAT"),
        ("3.5E+14", "IMEI_SCIENTIFIC", "IMEI_SCIENTIFIC"),
        ("1234567E12", "IMEI_SCIENTIFIC", "1234567E12"),
        ("490154203237518".translate(ARABIC), "IMEI_NOT_DIGITS", "IMEI_NOT_DIGITS"),
    ],
)
def test_guessing_stops_where_it_would_be_a_gamble(text, either, anything):
    assert outcome(text, EITHER)[0] == either
    assert outcome(text, ANY)[0] == anything


@pytest.mark.parametrize(
    ("kinds", "text", "result"),
    [
        (IMEI | SERIAL, "2936087365007037100", "ID_AMBIGUOUS"),
        (IMEI | SERIAL, "AF0123450ABCDE", "AF0123450ABCDE"),
        (MEID | SERIAL, "490154203237518", "490154203237518"),
        (MEID | SERIAL, "293608736500703710", "AF0123450ABCDE"),
        (MEID | SERIAL, "12", "SERIAL_FORMAT"),
    ],
)
def test_guessing_among_two_kinds_knows_only_those(kinds, text, result):
    assert outcome(text, kinds)[0] == result


@given(st.one_of(st.text(), st.text(alphabet="0123456789ABCDEFabcdef -'=\".,+eE\u00a0\uff11\u0661")), kinds_of_columns)
@example("'" * 50_000 + "1", ANY)
@example("='" * 30_000, ANY)
@example("1" + " " * 60_000 + "1", ANY)
@example("\U0001d7ce" * 15, IMEI)
def test_no_text_raises_and_none_has_two_outcomes(text, kinds):
    reading = read(text, kinds)
    assert not (reading.identifier and reading.faults)
    assert len(reading.faults) <= 1
    assert all(CATALOGUE[fault.code].kind is Kind.ROW for fault in reading.faults)
    assert all(CATALOGUE[note.code].kind in (Kind.REPAIR, Kind.WARNING) for note in reading.notes)
    assert reading.identifier is None or reading.identifier.kind in kinds


@given(st.one_of(st.text(), imeis, meids, serials, payloads), kinds_of_columns)
def test_what_was_read_reads_as_itself_without_repairs(text, kinds):
    """In a column of its kind, the stored form is stable: every CSV we write can be read again."""
    found = read(text, kinds).identifier
    assume(found is not None)
    again = read(found.value, frozenset({found.kind}))
    assert again.identifier == found
    assert {note.code for note in again.notes} <= {"SERIAL_UNUSUAL"}


@pytest.mark.feature("B12")
@given(imeis, st.data())
def test_damage_never_changes_which_imei_it_is(imei, data):
    text = data.draw(st.sampled_from([imei, imei[:14], imei[:14] + "07"]))
    if data.draw(st.booleans()):
        text = text.translate(FULL)
    for _ in range(data.draw(st.integers(0, 6))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(st.sampled_from(" -\u00a0\u2013\u2011\u200b\t\u3000")) + text[place:]
    text = data.draw(st.sampled_from(["{}", "'{}", '="{}"', '"{}"', " {} ", "'{}'"])).format(text)
    assert read(text, IMEI).identifier == Identifier(IdKind.IMEI, imei)
    assert bool(read(text, IMEI).notes) == (text != imei)


@given(imeis, st.integers(0, 14), st.sampled_from("123456789"))
def test_an_imei_with_one_wrong_digit_is_never_stored(imei, place, shift):
    wrong = imei[:place] + str((int(imei[place]) + int(shift)) % 10) + imei[place + 1 :]
    assert read(wrong, IMEI).identifier is None
    assert read(wrong, ANY).identifier is None


@given(meids)
def test_the_four_forms_of_a_meid_are_one(meid):
    decimal = f"{int(meid[:8], 16):010d}{int(meid[8:], 16):08d}"
    forms = [meid, meid + hex_check_digit(meid), decimal, decimal + check_digit(decimal)]
    assert {read(form, MEID).identifier for form in forms} == {Identifier(IdKind.MEID, meid)}


@given(imeis)
def test_an_imei_and_a_serial_of_the_same_text_have_different_keys(imei):
    as_imei, as_serial = candidates(imei)
    assert (as_imei.key, as_serial.key) == (f"imei#{imei}", f"serial#{imei}")


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("49-015420-323751-8", ["imei#490154203237518"]),
        ("490154203237517", ["serial#490154203237517"]),
        ("49015420323751", ["imei#490154203237518", "serial#49015420323751"]),
        ("af0123450abcde", ["meid#AF0123450ABCDE", "serial#AF0123450ABCDE"]),
        ("r58m123456a", ["serial#R58M123456A"]),
        ("293608736500703710", ["meid#AF0123450ABCDE", "serial#293608736500703710"]),
        ("12", []),
        ("", []),
    ],
)
def test_a_bare_look_up_tries_every_kind_the_text_can_be(text, keys):
    assert [identifier.key for identifier in candidates(text)] == keys


def test_only_an_imei_has_a_type_allocation_code():
    assert tac(Identifier(IdKind.IMEI, "490154203237518")) == "49015420"
    assert tac(Identifier(IdKind.MEID, "AF0123450ABCDE")) is None
    assert tac(Identifier(IdKind.SERIAL, "490154203237518")) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [("356779103674064", "…4064"), (" R58M123456A ", "…456A"), ("12345678", "…5678"), ("1234567", "…"), ("", "…")],
)
def test_a_masked_identifier_shows_its_last_four_only(text, shown):
    assert mask(text) == shown


def test_every_space_and_every_dash_that_looks_like_a_hyphen_is_a_separator():
    characters = map(chr, range(0x10000))
    spaces = [c for c in characters if c.isspace() or unicodedata.category(c) in ("Zs", "Zl", "Zp")]
    assert without_separators("".join(spaces) + "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d") == ""
    assert unwrap("".join(spaces) + "x").text == "x"


@given(st.text(alphabet="0123456789ABCDEFR", max_size=20))
def test_nothing_but_separators_is_removed(text):
    assert without_separators(text) == text
    assert unwrap(text).text == text


@pytest.mark.parametrize("text", ["E14", "3E", "3.5", "3..5E14", "AE14", "", "3.5E+"])
def test_what_only_resembles_scientific_notation_is_not(text):
    assert not is_scientific(text)
