"""The catalogue: complete, readable, and never a text with a hole in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops import docs
from rollcall.errors import CATALOGUE, Fault, Kind, sentence

PROMISED = {
    Kind.FILE: "FILE_EMPTY FILE_TOO_LARGE FILE_GONE ROW_LIMIT HEADER_UNKNOWN CUSTOMER_COLUMN_MISSING ENCODING "
    "STC_UNKNOWN",
    Kind.ROW: "IMEI_LENGTH IMEI_NOT_DIGITS IMEI_CHECK_DIGIT IMEI_REPEATED_DIGIT IMEI_SCIENTIFIC MEID_FORMAT "
    "MEID_CHECK_DIGIT MEID_DECIMAL_RANGE SERIAL_FORMAT ID_MISSING ID_REPEATED ID_AMBIGUOUS DUPLICATE_IN_FILE "
    "DUPLICATE_SAME_CUSTOMER DUPLICATE_OTHER_CUSTOMER HELD_BY_OTHER_RESELLER CUSTOMER_UNKNOWN CUSTOMER_NOT_ACCEPTING "
    "STC_REQUIRED STC_NOT_IN_BULK ORDER_DATE_INVALID VALUE_TOO_LONG ROW_WIDTH ROW_TOO_LONG ROW_CHARACTERS ROW_QUOTES",
    Kind.WARNING: "SERIAL_UNUSUAL COLUMN_UNKNOWN HEADER_REPEATED",
    Kind.REPAIR: "ID_SEPARATORS ID_FULLWIDTH ID_FORMULA IMEI_CHECK_DIGIT_ADDED IMEISV_SHORTENED MEID_FROM_DECIMAL "
    "MEID_CHECK_DIGIT_DROPPED",
    Kind.DECISION: "NOT_FOUND NOT_PENDING RESELLER_NOT_REGISTERED DECISION_NOT_ALLOWED",
    Kind.REQUEST: "KEY_INVALID KEY_NOT_ALLOWED ROUTE_UNKNOWN METHOD_UNKNOWN REQUEST_INVALID BODY_NOT_JSON "
    "BODY_TOO_LARGE RATE_LIMIT CURSOR_INVALID TRANSACTION_REUSED",
}


@pytest.mark.parametrize("kind", Kind)
def test_every_promised_code_is_there_with_its_kind(kind):
    """Codes are a contract: more may come, none may go or change what it does to a row."""
    assert set(PROMISED[kind].split()) <= {code.name for code in CATALOGUE.values() if code.kind is kind}


@pytest.mark.parametrize("code", CATALOGUE.values(), ids=lambda code: code.name)
def test_texts_are_well_formed(code):
    """Whole sentences; every placeholder in an optional part, and no optional part without one."""
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)+|ENCODING", code.name)
    assert code.title
    assert not code.title.endswith(".")
    for text in (code.cause, code.remedy):
        outside = re.sub(r"\[[^\[\]]*\]", "", text)
        assert not set("[]{}") & set(outside)
        assert all("{" in part for part in re.findall(r"\[[^\[\]]*\]", text))
        assert text.endswith((".", ".]"))


@pytest.mark.parametrize("code", CATALOGUE)
def test_with_nothing_known_both_texts_are_still_sentences(code):
    fault = Fault(code)
    for text in (fault.message, fault.remedy):
        assert re.fullmatch(r"[A-Z][^\[\]{}]*\.", text)
        assert not re.search(r"\s[.,:;]|\s\s|\(\)", text)


@pytest.mark.parametrize("code", CATALOGUE)
def test_with_everything_known_it_is_all_said(code):
    texts = CATALOGUE[code].cause + CATALOGUE[code].remedy
    names = set(re.findall(r"\{(\w+)\}", texts))
    fault = Fault(code, "the-column", "the-value", {name: f"the-{name}" for name in names - {"value", "column"}})
    said = sentence(fault)
    assert not set("[]{}") & set(said)
    assert all(f"the-{name}" in said for name in names)


@given(
    st.sampled_from(sorted(CATALOGUE)), st.text(), st.dictionaries(st.sampled_from(["limit", "upload", "x"]), st.text())
)
def test_no_value_can_break_a_text(code, value, details):
    fault = Fault(code, "imei", value, details)
    assert len(sentence(fault).splitlines()) == 1


def test_a_value_is_quoted_as_it_is_not_read_as_a_template():
    assert "{expected} [x]" in Fault("COLUMN_UNKNOWN", "{expected} [x]").message


def test_a_long_value_is_cut_and_a_many_lined_one_put_on_one_line():
    assert Fault("COLUMN_UNKNOWN", "x" * 5000).message == f"The column {'x' * 59}… is not one that is read."
    assert "a b" in Fault("COLUMN_UNKNOWN", "a\r\n\u202eb").message


def test_an_unknown_code_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="NO_SUCH"):
        Fault("NO_SUCH")


def test_faults_can_be_kept_in_sets():
    assert len({Fault("ID_MISSING"), Fault("ID_MISSING"), Fault("ID_MISSING", details={"a": "b"})}) == 2


@pytest.mark.feature("P16")
def test_the_text_for_the_same_customer_is_the_portals():
    said = Fault("DUPLICATE_SAME_CUSTOMER").message
    assert said == "The same device(s) has/have been uploaded by the same reseller to the same customer."


@pytest.mark.feature("P17")
def test_the_text_for_another_customer_is_the_portals():
    said = Fault("DUPLICATE_OTHER_CUSTOMER").message
    assert said == "The same device(s) has/have been uploaded by the same reseller to a different customer."


@pytest.mark.feature("P19")
def test_another_reseller_is_never_named():
    fault = Fault("HELD_BY_OTHER_RESELLER", "imei", "1", {"reseller": "RSL-OTHER", "upload": "U-X", "customer": "C-X"})
    assert not re.search("RSL-OTHER|U-X|C-X", sentence(fault))


def test_the_page_of_codes_is_up_to_date():
    assert docs.main(["errors", "--check"]) == 0, "run python -m ops.docs errors"


def test_the_page_names_every_code_with_cause_and_remedy():
    page = docs.errors_page()
    for code in CATALOGUE:
        assert re.search(rf"^\| `{code}` \| \w+ \| [^|]+\. \| [^|]+\. \|$", page, re.MULTILINE)


def test_a_stale_page_fails_the_check_and_is_mended_by_writing(tmp_path, monkeypatch, capsys):
    page = tmp_path / "errors.md"
    monkeypatch.setitem(docs.PAGES, "errors", (page, docs.errors_page))
    assert docs.main(["errors", "--check"]) == 1
    assert "python -m ops.docs errors" in capsys.readouterr().err
    assert not page.exists()
    assert docs.main(["errors"]) == 0
    assert docs.main(["errors", "--check"]) == 0
    page.write_text(page.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert docs.main(["errors", "--check"]) == 1
