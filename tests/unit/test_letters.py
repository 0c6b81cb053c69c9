"""Dead letters are described by kinds and ids; nothing that a company or a person wrote comes through."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.letters import describe, letter_id, read_queues, reference_in

UPLOAD = "U-7K3F-9QMC-2V5R-8TXA"


def s3(key):
    return {"Records": [{"s3": {"object": {"key": key}}}]}


@pytest.mark.feature("B19")
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (s3("uploads/RSL-ACME/CUST-NORTHWIND/my+file.csv"), ("new file", "RSL-ACME · CUST-NORTHWIND")),
        (s3("uploads/RSL-ACME/_many/secret.csv"), ("new file", "RSL-ACME · _many")),
        (s3(f"check/RSL-ACME/_many/{UPLOAD}.csv"), ("new file", f"RSL-ACME · _many · {UPLOAD}")),
        (s3("accept/CUST-NORTHWIND/list.csv"), ("new file", "CUST-NORTHWIND")),
        (s3("elsewhere"), ("new file", "")),
        ({"Records": []}, ("new file", "")),
        ({"upload_id": UPLOAD, "chunk": 3}, ("rows of an upload", f"{UPLOAD} part 3")),
        ({"upload_id": UPLOAD}, ("end of an upload", UPLOAD)),
        ({"kind": "notice", "id": "N-7K3F9QMC2V5R8TXA"}, ("notice", "N-7K3F9QMC2V5R8TXA")),
        ({"kind": "dm", "id": "R-1", "user": "U0RAE", "text": "secret"}, ("dm", "R-1 · …0RAE")),
        ({"kind": "export", "id": "R-1", "question": "find 490154203237518"}, ("export", "R-1")),
        ({"kind": "a b c", "id": "x y"}, ("not known", "")),
        ({}, ("not known", "")),
        ([], ("not readable", "")),
        ("{", ("not readable", "")),
    ],
)
def test_a_letter_is_described_without_what_somebody_wrote(body, told):
    assert describe(body if isinstance(body, str) else json.dumps(body)) == told


@given(
    st.dictionaries(
        st.sampled_from(["kind", "id", "upload", "upload_id", "chunk", "user", "account", "Records", "text", "x"]),
        st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text()), st.dictionaries(st.text(), st.text())),
    )
)
def test_whatever_a_message_holds_it_can_be_described(message):
    kind, about = describe(json.dumps(message))
    assert kind
    assert len(about) < 400
    assert reference_in(json.dumps(message)) == ""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('{"reference": "R-7K3F9QMC"}', "R-7K3F9QMC"),
        ('{"reference": "R-7K <b>"}', ""),
        ('{"reference": 7}', ""),
        ("[]", ""),
        ("no", ""),
    ],
)
def test_the_reference_that_came_with_a_message(body, found):
    assert reference_in(body) == found


def test_a_message_has_one_short_id():
    assert letter_id("m-1") == letter_id("m-1") != letter_id("m-2")
    assert len(letter_id("m-1")) == len("L-XXXX-XXXX")


def test_the_queues_that_the_environment_names():
    (queue,) = read_queues('{"chunks": ["https://dead", "https://source"]}').values()
    assert (queue.name, queue.letters, queue.source) == ("chunks", "https://dead", "https://source")
    assert read_queues("") == {}
