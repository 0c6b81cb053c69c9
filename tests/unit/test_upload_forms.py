"""What stands in a form that came back, whatever somebody made of the request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.incoming import SlackFile
from rollcall.upload_forms import (
    files_problem,
    read_form_files,
    read_metadata,
    read_wish,
    write_metadata,
)
from rollcall.wishes import Wish

VALUES = {
    "customer": {"uploads.customer": {"type": "external_select", "selected_option": {"value": "CUST-A"}}},
    "stc": {"uploads.stc": {"type": "static_select", "selected_option": None}},
    "order_number": {"uploads.order_number": {"type": "plain_text_input", "value": "PO 17"}},
    "order_date": {"uploads.order_date": {"type": "datepicker", "selected_date": "2026-03-01"}},
    "check": {"uploads.check": {"type": "checkboxes", "selected_options": [{"value": "check"}]}},
    "files": {"uploads.files": {"type": "file_input", "files": [{"id": "F1", "name": "a.csv", "size": 3}]}},
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda some: (
        st.lists(some)
        | st.dictionaries(
            st.sampled_from(["customer", "uploads.customer", "uploads.files", "files", "selected_option", "value"]),
            some,
        )
    ),
)


def test_a_form_is_read():
    assert read_wish(VALUES) == Wish("CUST-A", "", "PO 17", "2026-03-01", check_only=True)
    assert read_form_files(VALUES) == (SlackFile("F1", "a.csv", 3),)


def test_menus_of_a_message_are_read_whatever_their_block_is_called():
    values = {"2.abc": {"uploads.customer": {"selected_option": {"value": "CUST-A"}}, "uploads.stc": {}}}
    assert read_wish(values) == Wish("CUST-A")


@given(ANYTHING)
def test_anything_can_be_read(values):
    assert isinstance(read_wish(values), Wish)
    assert isinstance(read_form_files(values), tuple)


@pytest.mark.parametrize("account", ["RSL-ACME", 'R"S', "", "é"])
def test_a_form_carries_its_account(account):
    assert read_metadata(write_metadata(account)) == account


@pytest.mark.parametrize("text", [None, "", "{", "[]", '"x"', '{"as": 7}', "{}", 7])
def test_other_metadata_name_no_account(text):
    assert read_metadata(text) == ""


def test_no_file_at_all():
    assert files_problem(()) == "Add at least one CSV file."


def test_every_file_that_cannot_be_taken_is_named_as_far_as_there_is_room():
    files = tuple(SlackFile(f"F{number}", f"{'n' * 150}{number}.png") for number in range(10))
    problem = files_problem(files)

    assert "n0.png is not a CSV file." in problem
    assert len(problem) <= 500
    assert files_problem((SlackFile("F1", "a.csv"),)) == ""
