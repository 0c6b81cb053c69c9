"""Rows on their way between the steps come out as they went in."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from rollcall.chunks import (
    Outcome,
    PlannedRow,
    context_from_json,
    context_to_json,
    keys_of,
    outcome_of,
    outcome_to_json,
    outcomes_from_json,
    planned_from_json,
    planned_to_json,
)
from rollcall.errors import CATALOGUE, Fault
from rollcall.identifiers import Identifier, IdKind
from rollcall.rows import FileContext, Row

TEXTS = st.text(max_size=20)
FAULTS = st.builds(Fault, st.sampled_from(sorted(CATALOGUE)), TEXTS, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=3))
FAULT_TUPLES = st.lists(FAULTS, max_size=3).map(tuple)
CELLS = st.lists(TEXTS, max_size=5).map(tuple)


def through_json(value):
    return json.loads(json.dumps(value, ensure_ascii=False))


@given(
    st.builds(
        FileContext,
        headings=CELLS,
        columns=st.lists(st.none() | TEXTS, max_size=5).map(tuple),
        customer=st.none() | TEXTS,
        accepting=st.dictionaries(TEXTS, st.tuples(TEXTS, st.booleans()), max_size=3),
        order_number=TEXTS,
        order_date=TEXTS,
        stc=TEXTS,
        ee_models=CELLS,
    )
)
def test_the_context_of_a_file(context):
    assert context_from_json(through_json(context_to_json(context))) == context


@given(st.builds(PlannedRow, st.integers(1), CELLS, FAULT_TUPLES, st.dictionaries(TEXTS, st.integers(1), max_size=3)))
def test_planned_rows(row):
    assert planned_from_json(through_json(planned_to_json(row))) == row


def test_a_row_without_faults_takes_no_room_for_them():
    assert planned_to_json(PlannedRow(2, ("a",), (), {})) == [2, ("a",)]


@given(
    st.lists(
        st.builds(
            Outcome,
            line=st.integers(1),
            cells=CELLS,
            stored=st.booleans(),
            customer=TEXTS,
            ids=st.dictionaries(TEXTS, TEXTS, max_size=4),
            status=TEXTS,
            faults=FAULT_TUPLES,
            notes=FAULT_TUPLES,
        ),
        max_size=4,
    )
)
def test_outcomes(outcomes):
    assert list(outcomes_from_json(iter(through_json([outcome_to_json(one) for one in outcomes])))) == outcomes


def test_the_outcome_of_a_row():
    ids = {"imei": Identifier(IdKind.IMEI, "356779103674064"), "serial": Identifier(IdKind.SERIAL, "R58N12ABCDE")}
    row = Row(line=7, customer="CUST-NORTHWIND", ids=ids)
    stored = outcome_of(row, ["a", "b"], status="PENDING")
    refused = outcome_of(row.refused(Fault("ID_MISSING")), ["a", "b"], status="PENDING")

    assert (stored.stored, stored.status, refused.stored, refused.status) == (True, "PENDING", False, "")
    assert stored.ids == refused.ids == {"imei": "356779103674064", "serial": "R58N12ABCDE"}
    assert stored.cells == ("a", "b")
    assert keys_of(ids) == ("imei#356779103674064", "serial#R58N12ABCDE")
