"""App Home: what waits for somebody, what failed, what came lately; drawn by another function when it is opened."""

from __future__ import annotations

import re

import pytest

from local.slack.blockkit import problems
from tests.office import buttons, words
from tests.stock import ROLES

RAE, NIA = ROLES["reseller admin"], ROLES["customer approver"]


def opened(office, person):
    """The home of a person after they opened it."""
    office.open_home(person)
    assert office.drain() == [True]
    view = office.home(person)
    assert not problems({key: view[key] for key in ("type", "blocks")}, "home")
    return view


def click(office, person, view, action_id, nth=0):
    found = [pair for pair in buttons(view) if pair[1]["action_id"] == action_id][nth]
    where = {"view_id": view["id"], "block_id": found[0]["block_id"], "action_id": action_id}
    return office.slack.modals.click(person.team, person.user, where, None, {})


@pytest.mark.feature("P12")
def test_a_reseller_finds_what_failed_then_what_waits_then_what_came(office, stock):
    told = words(opened(office, RAE)["blocks"])

    failed, waiting, recent = (
        told.index("*Needs you: 2 uploads with refused rows, 1 file refused as a whole*"),
        told.index("*176 devices waiting for customers*"),
        told.index("*Recent uploads*"),
    )
    assert failed < waiting < recent
    assert "picture.csv" in told[failed:waiting]
    assert "clean_25.csv" not in told[failed:waiting]
    assert f"25 devices of `{stock.clean.upload_id}`" in told[waiting:recent]
    assert f"For many customers\n40 devices of `{stock.many.upload_id}`" in told[waiting:recent]
    assert "For Acme Mobile" not in told, "nobody waits for themselves"
    assert told.index("picture.csv", recent) < told.index("clean_25.csv", recent) < told.index("messy.csv", recent)
    assert told.endswith("Acme Mobile · reseller")


@pytest.mark.feature("P21")
def test_a_customer_finds_what_waits_for_it_by_reseller_and_upload(office, stock):
    told = words(opened(office, NIA)["blocks"])

    assert "*136 devices waiting for you*\nFrom Acme Mobile" in told
    for name, devices in (("messy", 71), ("serials", 20), ("many", 20), ("clean", 25)):
        assert f"{devices} devices of `{getattr(stock, name).upload_id}`" in told
    assert stock.meids.upload_id not in told
    assert told.endswith("Northwind Logistics · customer")


def test_a_customer_of_another_reseller_sees_only_what_is_its_own(office, stock):
    told = words(opened(office, ROLES["same user id elsewhere"])["blocks"])
    assert "*2 devices waiting for you*\nFrom Boltwave" in told
    assert "Acme" not in told


def test_a_stranger_and_an_operator_find_what_to_do(office):
    stranger = words(opened(office, ROLES["stranger"])["blocks"])
    assert "`U0GUEST`" in stranger
    assert "`T0ACME`" in stranger
    assert "an operator of Rollcall" in words(opened(office, ROLES["operator"])["blocks"])


@pytest.mark.feature("B25")
def test_a_person_in_two_companies_chooses_at_home_and_finds_it_drawn_for_the_one_they_chose(office):
    two = ROLES["in two accounts"]
    view = opened(office, two)
    assert "You belong to 2 companies" in words(view["blocks"])
    choices = [element["accessibility_label"] for _, element in buttons(view)]

    assert click(office, two, view, "accounts.choose", nth=choices.index("Act for CUST-FABRIKAM")) == ""
    assert office.drain() == [True]
    assert words(office.home(two)["blocks"]).endswith("Fabrikam Field Service · customer")
    (modal,) = office.modals(two)
    assert "Fabrikam Field Service" in words(modal["blocks"])


def test_a_click_at_home_opens_a_modal_and_the_next_goes_on_in_it(office, stock):
    view = opened(office, RAE)
    assert click(office, RAE, view, "uploads.open", nth=2) == ""
    (modal,) = office.modals(RAE)
    assert f"Upload {stock.messy.upload_id}" in words(modal["blocks"])

    assert click(office, RAE, modal, "uploads.errors") == ""
    (modal,) = office.modals(RAE)
    assert f"Errors of {stock.messy.upload_id}" in words(modal["blocks"])

    assert click(office, RAE, modal, "page.dm") == ""
    below, above = office.modals(RAE)
    assert words(below["blocks"]) == words(modal["blocks"]), "what one looked at stays"
    assert "Sent" in words(above["blocks"])
    assert office.drain() == [True]
    assert f"Errors of {stock.messy.upload_id}" in words(office.messages(RAE)[-1]["blocks"])


def test_a_list_is_paged_in_a_modal_as_well(office, stock):
    view = opened(office, RAE)
    assert click(office, RAE, view, "uploads.open", nth=2) == ""
    assert click(office, RAE, office.modals(RAE)[0], "uploads.devices") == ""
    for page in ("Devices: 1-5", "Devices: 6-10"):
        (modal,) = office.modals(RAE)
        assert words(modal["blocks"]).startswith(page)
        assert not problems({key: modal[key] for key in ("type", "title", "blocks", "close")}, "modal")
        assert click(office, RAE, modal, "page.next") == ""
    assert click(office, RAE, office.modals(RAE)[0], "page.table") == ""
    (modal,) = office.modals(RAE)
    told = words(modal["blocks"])
    assert told.count("PENDING") == 25, "a modal takes no table, so its rows stand in preformatted text"
    assert re.search(r"^\d{15}  PENDING  SM-", told, re.MULTILINE)
    assert not office.log("refused")


def test_the_messages_tab_draws_no_home(office):
    office.open_home(RAE, tab="messages")
    assert office.waiting("notices") == []


def test_the_home_is_drawn_from_what_is_true_when_it_is_drawn(office, stock):
    """The notice says whose home it is and nothing else: it may lie in the queue for hours."""
    office.open_home(RAE)
    (notice,) = office.waiting("notices")
    assert notice.pop("reference").startswith("R-")
    assert notice == {"kind": "home", "team": "T0ACME", "home_team": "T0ACME", "user": "U0RAE"}
    office.cloud.empty("DevicesTable", "UploadsTable")
    assert office.drain() == [True]
    assert "No uploads yet." in words(office.home(RAE)["blocks"])


def of_view(view, action_id, trigger="1.2.3"):
    """A click in a view, as Slack sends it."""
    block, element = next(pair for pair in buttons(view) if pair[1]["action_id"] == action_id)
    return {
        "type": "block_actions",
        "user": {"id": RAE.user, "team_id": RAE.team},
        "team": {"id": RAE.team, "domain": "acme"},
        "view": view,
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": trigger,
        "actions": [{**element, "block_id": block["block_id"], "action_ts": "1"}],
    }


@pytest.mark.parametrize("gone", ["closed", "changed"])
def test_a_modal_that_went_or_changed_meanwhile_is_no_failure(office, stock, gone):
    """The person sees something newer already: Slack says not_found or hash_conflict."""
    view = opened(office, RAE)
    assert click(office, RAE, view, "uploads.open", nth=2) == ""
    (modal,) = office.modals(RAE)
    if gone == "closed":
        office.slack.modals.close(RAE.team, RAE.user, modal["id"])
    else:
        assert click(office, RAE, modal, "uploads.devices") == ""

    assert office.post_interaction(of_view(modal, "uploads.errors"))[0] == 200
    assert [line["level"] for line in office.lines if line["level"] != "INFO"] == ["WARNING"]
    assert office.waiting("notices") == []
    if gone == "changed":
        assert words(office.modals(RAE)[0]["blocks"]).startswith("Devices: 1-5")


@pytest.mark.feature("B23")
def test_a_click_for_which_it_is_too_late_to_open_a_modal_is_answered_in_the_dm(office, stock):
    """Slack lets a modal be opened for three seconds; a cold start may need them."""
    view = opened(office, RAE)
    assert office.post_interaction(of_view(view, "uploads.open", trigger="1.2.too-late"))[0] == 200
    assert office.drain() == [True]

    told = words(office.messages(RAE)[-1]["blocks"])
    (reference,) = {line["reference"] for line in office.lines if line["level"] != "INFO"}
    assert f"`{reference}`" in told
    assert office.modals(RAE) == []
