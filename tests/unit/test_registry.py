"""What the manufacturer's registry says of a device, and what follows from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.identifiers import Identifier, IdKind
from rollcall.registry import Inquiry, Opinion, Strictness, Verdict, disagrees, from_models, notes_of, status_of
from rollcall.transitions import Status

pytestmark = pytest.mark.feature("P7")

A55 = "356938035643809"
MODELS = {"35693803": ("SM-A556B",), "35180000": ("SM-G991B", "SM-G991U"), "35180001": ("SM-G991U", "SM-G991N")}


def inquiry(**ids):
    kinds = {"imei": IdKind.IMEI, "imei2": IdKind.IMEI, "meid": IdKind.MEID, "serial": IdKind.SERIAL}
    return Inquiry("RSL-ACME", {slot: Identifier(kinds[slot], value) for slot, value in ids.items()})


@pytest.mark.parametrize(
    ("ids", "opinion", "models"),
    [
        ({"imei": "356938035643809"}, Opinion.RECOGNISED, ("SM-A556B",)),
        ({"imei": "356938035643809", "imei2": "111111110000009"}, Opinion.RECOGNISED, ("SM-A556B",)),
        ({"imei": "111111110000009", "imei2": "356938035643809"}, Opinion.RECOGNISED, ("SM-A556B",)),
        ({"imei": "351800000000007", "imei2": "351800010000006"}, Opinion.RECOGNISED, ("SM-G991U",)),
        ({"imei": A55, "imei2": "351800010000006"}, Opinion.RECOGNISED, ("SM-A556B", *MODELS["35180001"])),
        ({"imei": "111111110000009"}, Opinion.UNKNOWN, ()),
        ({"serial": "RZ8R00ABCDE"}, Opinion.NONE, ()),
        ({"meid": "A0000000002329"}, Opinion.NONE, ()),
    ],
)  # fmt: skip
def test_one_known_code_is_enough_and_two_narrow_the_model_down(ids, opinion, models):
    verdict = from_models(inquiry(**ids), MODELS)

    assert (verdict.opinion, verdict.models) == (opinion, models)


@pytest.mark.parametrize("opinion", Opinion)
def test_only_where_it_is_wanted_a_doubted_device_cannot_be_accepted(opinion):
    doubted = opinion in (Opinion.UNKNOWN, Opinion.UNAVAILABLE)

    assert status_of(Verdict(opinion), Strictness.WARNING) is Status.PENDING
    assert (status_of(Verdict(opinion), Strictness.MPTS_ERROR) is Status.MPTS_ERROR) == doubted


@pytest.mark.parametrize(
    ("model", "models", "expected"),
    [
        ("SM-A556B", ("SM-A556B",), False),
        (" sm-a556b/ds ", ("SM-A556B",), False),
        ("Galaxy A55 SM-A556B", ("SM-A556B",), False),
        ("SM-A556", ("SM-A556B",), False),
        ("\uff33\uff2d-A556B", ("SM-A556B",), False),
        ("SM-A556B", ("SM-G991B", "SM-G991U"), True),
        ("Galaxy A55", ("SM-G991B",), False),  # a name, which no list can be compared with
        ("SM-A556B", (), False),
        ("", ("SM-A556B",), False),
    ],
)
def test_models_are_compared_where_they_are_written_as_codes(model, models, expected):
    assert disagrees(model, models) is expected


@pytest.mark.parametrize(
    ("verdict", "strictness", "model", "code"),
    [
        (Verdict(Opinion.RECOGNISED, ("SM-A556B",)), Strictness.WARNING, "SM-A556B", None),
        (Verdict(Opinion.RECOGNISED, ("SM-A556B",)), Strictness.WARNING, "SM-G991B", "MODEL_MISMATCH"),
        (Verdict(Opinion.RECOGNISED, ("SM-A556B",)), Strictness.MPTS_ERROR, " ", "MODEL_ADDED"),
        (Verdict(Opinion.RECOGNISED, ("SM-A556B", "SM-A556E")), Strictness.WARNING, "", None),
        (Verdict(Opinion.UNKNOWN), Strictness.WARNING, "", "TAC_UNKNOWN"),
        (Verdict(Opinion.UNKNOWN), Strictness.MPTS_ERROR, "", "NOT_RECOGNISED"),
        (Verdict(Opinion.UNAVAILABLE), Strictness.WARNING, "", "REGISTRY_UNAVAILABLE"),
        (Verdict(Opinion.NONE), Strictness.MPTS_ERROR, "SM-A556B", None),
    ],
)
def test_what_is_said_of_a_row_is_never_a_reason_to_refuse_it(verdict, strictness, model, code):
    notes = notes_of(verdict, strictness, model=model, heading="Modell", source=("IMEI1", "35693803-564380-9"))

    assert [note.code for note in notes] == ([code] if code else [])
    assert all(note.kind in ("warning", "repair") for note in notes)
    assert all(note.column in ("Modell", "IMEI1") for note in notes)


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=4))
def test_any_two_texts_can_be_compared(model, models):
    assert not disagrees(model, [model, *models]) or not model.strip()
