"""Files as Slack tells of them: which can be taken, and in which words the others are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.incoming import FORM_BYTES, SlackFile, read_files, refusal


@pytest.mark.parametrize("name", ["a.csv", "A.CSV", "a.b.csv", "excel_utf16.txt", "a.tsv", "a.Tab"])
def test_files_of_rows_are_taken_by_how_their_names_end(name):
    assert refusal(SlackFile("F1", name, 10), limit=FORM_BYTES) == ""


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (SlackFile("F1", "a.xlsx", 10), "workbook"),
        (SlackFile("F1", "a.XLS", 10), "workbook"),
        (SlackFile("F1", "a.numbers", 10), "workbook"),
        (SlackFile("F1", "a.csv.zip", 10), "not a CSV"),
        (SlackFile("F1", "csv", 10), "not a CSV"),
        (SlackFile("F1", "", 10), "not a CSV"),
        (SlackFile("F1", "a.png", 10, kind="csv"), "not a CSV"),
        (SlackFile("F1", "a.csv", FORM_BYTES + 1), "10 MB"),
        (SlackFile("F1", "a.csv", 10, elsewhere=True), "link"),
    ],
)
def test_others_are_refused_with_what_to_do(file, why):
    assert why in refusal(file, limit=FORM_BYTES)


def test_a_paste_without_an_ending_is_known_by_slacks_word_for_it():
    assert refusal(SlackFile("F1", "list", 10, kind="text"), limit=FORM_BYTES) == ""


def test_the_largest_file_is_taken():
    assert refusal(SlackFile("F1", "a.csv", FORM_BYTES), limit=FORM_BYTES) == ""


def test_slacks_own_description_is_read():
    raw = [
        {
            "id": "F1",
            "name": "a.csv",
            "size": 7,
            "filetype": "csv",
            "url_private": "https://files.slack.com/a",
            "url_private_download": "https://files.slack.com/a/download",
            "mode": "hosted",
        },
        {"id": "F2", "title": "sheet", "mode": "external", "is_external": True},
        {"name": "nobody"},
        "F3",
    ]
    assert read_files(raw) == (
        SlackFile("F1", "a.csv", 7, "https://files.slack.com/a/download", "csv"),
        SlackFile("F2", "sheet", elsewhere=True),
    )


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda some: st.lists(some) | st.dictionaries(st.sampled_from(["id", "name", "size", "mode"]), some),
    )
)
def test_anything_can_be_read(raw):
    for file in read_files(raw):
        assert len(file.name) <= 200
        assert isinstance(refusal(file, limit=FORM_BYTES), str)
