"""What is asked and told about devices that go, are tagged or exchanged: within limits, and true in each state."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from local.slack.blockkit import problems
from rollcall.conflicts import Generation
from rollcall.errors import Fault
from rollcall.exchanges import Exchange, ExchangeState
from rollcall.identifiers import Identifier, IdKind
from rollcall.jobs import NamedRefusal
from rollcall.life import Occasion
from rollcall.removals import Removal, RemovalKind, RemovalState, Removed
from rollcall.tags import TagChange, Tagged
from rollcall.transitions import Status
from rollcall.views import exchanges, removal_forms, removals, tags
from rollcall.views.devices import card
from tests.unit.views.sample import AT, NIA, RAE, UPLOAD, device, fits, said, upload

BY, NIA_BY = "person:T0ACME:U0RAE", "person:T0NW:U0NIA"
REMOVAL = Removal("J-7K3F9QMC2V5R8TXA", RemovalKind.DELETE, "RSL-ACME", Occasion("J-7", BY, AT, "R-1"), AT, total=25)
DONE = replace(
    REMOVAL,
    state=RemovalState.DONE,
    done=25,
    removed={"CUST-NORTHWIND": Removed(20, 3)},
    by_code={"RELEASE_NEEDED": 3, "NOT_FOUND": 2},
    refused=(NamedRefusal("490154203237518", "NOT_FOUND", "…"),),
    finished_at=AT,
)
WAITING = replace(REMOVAL, state=RemovalState.WAITING, customer="CUST-NORTHWIND", parent="J-1", total=3)
RELEASED = replace(WAITING, state=RemovalState.RUNNING, answered_by=NIA_BY, answered_at=AT)
EXCHANGE = Exchange(
    "X-7K3F9QMC2V5R",
    "imei#490154203237518",
    Generation("RSL-ACME", "CUST-NORTHWIND", UPLOAD, 2),
    "imei",
    "490154203237518",
    "356938035643809",
    Occasion("X-7", BY, AT, "R-1"),
    "T0ACME#U0RAE",
    "2026-03-02T09:30:00Z",
    AT,
)


def told(view):
    assert problems(view, "modal") == []
    return json.dumps(view["blocks"], ensure_ascii=False)


@pytest.mark.feature("P15")
def test_the_form_says_what_goes_what_is_asked_for_and_what_stays():
    devices = [device(1), device(2, status=Status.VERIFIED), device(3, status=Status.EXCHANGING), device(4)]
    faults = [None, Fault("RELEASE_NEEDED"), Fault("DEVICE_EXCHANGING"), None]
    preview = removal_forms.preview_of(devices, faults, ["x" * 300] * 400)
    text = told(removal_forms.delete_form("J-7", preview, RAE))

    assert preview.meant == 3
    for part in ("*2 devices* are deleted at once: 2 PENDING", "accepted by Northwind Logistics", "Type 3 to go on"):
        assert part in text
    assert "exchange under way" in text
    assert "and 390 more" in text


@pytest.mark.feature("P15")
def test_one_device_is_deleted_without_typing_and_a_release_alone_is_called_that():
    one = removal_forms.delete_form("J-7", removal_forms.preview_of([device()], [None], []), RAE)
    assert "to go on" not in told(one)
    asked = removal_forms.preview_of([device(status=Status.VERIFIED)], [Fault("RELEASE_NEEDED")], [])
    assert removal_forms.delete_form("J-7", asked, RAE)["submit"]["text"] == "Ask for release"


@pytest.mark.parametrize("typed", ["1,234", "1234", " 1 234 ", "1.234", "1'234"])
def test_a_count_may_be_typed_in_any_way(typed):
    assert removal_forms.typed_problem(typed, 1234) == ""


@pytest.mark.parametrize("typed", ["", "1235", "all", "-1234", "\u0661\u0662\u0663\u0664"])
def test_another_count_is_none(typed):
    assert "1234" in removal_forms.typed_problem(typed, 1234)


@pytest.mark.feature("B8")
def test_the_preview_of_an_undo_says_what_goes_and_what_stays():
    small = removal_forms.UndoPreview({"PENDING": 20, "MPTS_ERROR": 3}, {"VERIFIED": 1, "REJECTED": 1})
    text = told(removal_forms.undo_form(upload(), small, RAE))
    assert "*23 devices* go: 3 MPTS_ERROR, 20 PENDING" in text
    assert "*2 devices* stay: 1 REJECTED, 1 VERIFIED" in text
    large = removal_forms.UndoPreview({"PENDING": 20_000}, {"VERIFIED": 70_000}, 10_000)
    text = told(removal_forms.undo_form(upload(customer=None), large, RAE))
    assert "*10,000 devices* rejected, not recognised" in text
    assert "Type 20,000 to go on" in text


@pytest.mark.feature("P15")
@pytest.mark.parametrize(
    ("removal", "parts"),
    [
        (REMOVAL, ["Deleting devices", "told here when it is done"]),
        (replace(REMOVAL, done=12), ["12 of 25 devices done"]),
        (DONE, ["*20 devices deleted.*", "3 of them accepted before", "• 2 not found: `490154203237518`, 1 more"]),
        (replace(REMOVAL, state=RemovalState.REFUSED, fault="UPLOAD_IN_PROGRESS"), ["Nothing was deleted"]),
        (
            replace(WAITING, state=RemovalState.REFUSED, fault="RELEASE_DENIED", answered_by=NIA_BY, answered_at=AT),
            ["Northwind Logistics keeps 3 devices", "Nia (Northwind Logistics) decided so"],
        ),
        (
            replace(DONE, kind=RemovalKind.UNDO_UPLOAD, upload=UPLOAD, stays={"VERIFIED": 2}, by_code={}),
            [f"Upload `{UPLOAD}` is taken back: 20 devices deleted", "2 devices stay: 2 VERIFIED"],
        ),
    ],
)
def test_the_reseller_reads_how_far_it_is_and_what_it_came_to(removal, parts):
    shown = fits(removals.answer(removal, RAE))
    for part in parts:
        assert part in said(shown)


@pytest.mark.feature("P15")
def test_the_customer_reads_what_is_gone_and_what_it_had_accepted():
    shown = said(fits(removals.customer_message(DONE, Removed(20, 3), NIA)))
    assert "*Acme Mobile deleted 20 devices that it had uploaded for you.*" in shown
    assert "3 of them you had accepted" in shown
    assert "@" not in shown, "people of another company are never shown by email"
    none = replace(DONE, removed={"CUST-NORTHWIND": Removed(2)}, upload=UPLOAD, kind=RemovalKind.UNDO_UPLOAD)
    assert f"took upload `{UPLOAD}` back: 2 devices deleted" in said(
        fits(removals.customer_message(none, Removed(2), NIA))
    )


@pytest.mark.feature("P15")
def test_the_question_has_its_buttons_until_it_is_answered():
    values = ["4901542032375" + f"{number:02}" for number in range(40)]
    asked = removals.release_message(replace(WAITING, total=40), values, NIA)
    assert "and 30 more" in said(fits(asked))
    (block,) = [one for one in asked.blocks if one["type"] == "actions"]
    assert [one["action_id"] for one in block["elements"]] == ["devices.release", "devices.keep"]
    assert [json.loads(one["value"]) for one in block["elements"]] == [{"j": WAITING.id}] * 2
    later = fits(removals.release_message(RELEASED, values[:3], NIA))
    assert "Released by Nia" in said(later)
    assert [one for one in later.blocks if one["type"] == "actions"] == []
    over = replace(RELEASED, state=RemovalState.DONE, removed={"CUST-NORTHWIND": Removed(2, 2)})
    assert "2 devices deleted. 1 had changed in between." in said(fits(removals.release_message(over, values[:3], NIA)))


@pytest.mark.feature("B21")
@pytest.mark.parametrize(
    ("exchange", "part"),
    [
        (EXCHANGE, "has begun"),
        (replace(EXCHANGE, state=ExchangeState.DONE), "`490154203237518` is `356938035643809` now"),
        (replace(EXCHANGE, state=ExchangeState.FAILED, reason="<!channel> no"), "Reason: `&lt;!channel&gt; no`"),
        (replace(EXCHANGE, state=ExchangeState.NOT_CONFIRMED), "not confirmed within 24 hours"),
    ],
)
def test_an_exchange_says_how_far_it_is(exchange, part):
    assert part in said(fits(exchanges.outcome(exchange, RAE)))


@pytest.mark.feature("B21")
def test_the_form_of_an_exchange_asks_which_imei_only_where_there_are_two():
    assert "Which IMEI" in told(exchanges.exchange_form(device()))
    single = device(ids={"imei": Identifier(IdKind.IMEI, "490154203237518")})
    assert "Which IMEI" not in told(exchanges.exchange_form(single))
    serial = device(ids={"serial": Identifier(IdKind.SERIAL, "R58M12ABCDE")})
    assert exchanges.not_exchangeable(serial).code == "EXCHANGE_NOT_IMEI"
    assert exchanges.not_exchangeable(device(status=Status.REJECTED)).code == "NOT_EXCHANGEABLE"
    assert exchanges.not_exchangeable(device(status=Status.EXCHANGING)).code == "DEVICE_EXCHANGING"


@pytest.mark.feature("B21")
def test_a_card_names_the_imeis_that_it_had_before():
    exchanged = device(stored_under="imei#490154203237518", former=("imei#356938035643809",))
    assert "`490154203237518` `356938035643809`" in said(fits(card(exchanged, RAE)))


def test_the_tags_of_a_device_are_shown_and_the_form_is_within_limits():
    many = device(tags=tuple(f"{'x' * 38}{number:02}" for number in range(60)))
    assert "and 50 more" in told(tags.tag_form(many))
    assert "No tags yet" in told(tags.tag_form(device(tags=())))
    outcome = [Tagged(device(number), ("stock",), changed=True) for number in range(1, 400)]
    outcome += [Tagged(device(500), (), fault=Fault("TAGS_TOO_MANY", details={"count": "21"}))] * 20
    shown = said(fits(tags.tagged(TagChange(add=("lager 2",)), outcome, ["1"] * 300, RAE)))
    assert "*399 devices changed: `lager 2` added.*" in shown
    assert "and 10 more" in shown
    assert 'devices list tag:"lager 2"' in shown


@pytest.mark.parametrize("typed", ["<!channel>", "*bold* _it_ ~no~ `code`", "<https://example.com|here>"])
def test_what_somebody_typed_stays_a_text(typed):
    faults = [Fault("NOT_FOUND", value=typed), Fault("TAG_CHARACTERS", value=typed, details={"character": "<"})]
    fits(removals.denied(faults, RAE))
    fits(tags.nothing_said(faults, RAE))
    fits(removals.nothing_to_delete([Fault("NOT_FOUND")], [typed] * 12, RAE))
