"""The description of the API: legal, up to date, and the same as what requests are held to."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator

from ops import docs
from rollcall.api.checking import WORDS, wrongs
from rollcall.api.document import codes_of, document
from rollcall.api.operations import OPERATIONS, PATH
from rollcall.api.problems import STATUS_OF
from rollcall.api.takes import NEW_DECISION, NEW_DELETE, NEW_UPLOAD
from rollcall.errors import CATALOGUE, Kind

BODIES = {"upload": NEW_UPLOAD, "decision": NEW_DECISION, "delete": NEW_DELETE}


def test_the_committed_description_is_up_to_date():
    assert docs.main(["openapi", "--check"]) == 0, "run python -m ops.docs openapi"


def test_it_is_legal():
    OpenAPIV31SpecValidator(document("https://api.example")).validate()


def test_each_call_says_all_that_it_may_be_refused_with():
    assert {code for operation in OPERATIONS.values() for code in codes_of(operation)} <= CATALOGUE.keys()
    assert STATUS_OF.keys() <= CATALOGUE.keys()
    requests = {code.name for code in CATALOGUE.values() if code.kind is Kind.REQUEST}
    outside = {"ROUTE_UNKNOWN", "METHOD_UNKNOWN"}  # of addresses that are no call's
    assert requests - outside <= {code for operation in OPERATIONS.values() for code in codes_of(operation)}
    assert requests <= STATUS_OF.keys()


def words_of(shape):
    """Every word of JSON Schema that a declaration uses."""
    for word, value in shape.items():
        yield word
        if word == "properties":
            for one in value.values():
                yield from words_of(one)
        elif word == "items":
            yield from words_of(value)


@pytest.mark.parametrize(
    "shape", [*BODIES.values(), *PATH.values(), *(one for call in OPERATIONS.values() for one in call.query.values())]
)
def test_what_requests_are_held_to_is_understood_in_full(shape):
    assert set(words_of(shape)) <= WORDS


# Values that are near to what the calls take: right, almost right, and anything.
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=6,
)
TEXTS = st.text(max_size=12) | st.sampled_from(["", "a" * 41, "a" * 101, "a" * 201, "a" * 501, "accept", "reject"])
FIELDS = {
    "customer_id": TEXTS | st.none() | ANYTHING,
    "file_name": TEXTS | ANYTHING,
    "transaction_id": TEXTS | st.none() | ANYTHING,
    "order_number": TEXTS | st.none(),
    "check_only": st.booleans() | st.none() | ANYTHING,
    "decision": st.sampled_from(["accept", "reject"]) | ANYTHING,
    "identifiers": st.lists(TEXTS | ANYTHING, max_size=3) | ANYTHING,
    "upload_id": TEXTS | ANYTHING,
    "reason": TEXTS | st.none(),
}
NEAR = st.fixed_dictionaries({}, optional=FIELDS)


@pytest.mark.parametrize("name", BODIES)
@given(value=NEAR | ANYTHING)
def test_a_body_is_judged_as_a_full_reader_of_json_schema_judges_it(name, value):
    shape = BODIES[name]
    # The one difference: a $ of Python's stands before a last line feed, too, and jsonschema uses Python's.
    if "\\n" in json.dumps(value):
        return
    assert (not list(wrongs(value, shape))) is jsonschema.Draft202012Validator(shape).is_valid(value)


def test_half_a_character_is_no_text():
    body = {"customer_id": None, "file_name": "\ud83d"}
    assert [wrong.field for wrong in wrongs(body, NEW_UPLOAD)] == ["/file_name"]


def test_a_line_feed_at_the_end_is_seen():
    body = {"customer_id": None, "file_name": "march.csv\n"}
    assert [wrong.field for wrong in wrongs(body, NEW_UPLOAD)] == ["/file_name"]
