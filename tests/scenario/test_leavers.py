"""People who are gone from Slack lose their rights at the next check, and their company hears what it lacks."""

from __future__ import annotations

import json
import time

import pytest

from rollcall.desk.leavers import BELIEVED
from rollcall.store.companies import CompaniesStore
from rollcall.store.presences import PresencesStore
from rollcall.store.queues import Queue
from rollcall.telling.attendances import AttendanceSweep
from tests.cloud import REGION
from tests.newsroom import Newsroom
from tests.office import buttons, forget, words
from tests.reception import Reception
from tests.stock import ROLES

UMA, RAE, NIA, NED = (
    ROLES[role] for role in ("reseller uploader", "reseller admin", "customer approver", "customer admin")
)
OPS = ROLES["operator"]


@pytest.fixture
def presences():
    return PresencesStore("AccountsTable", region=REGION)


@pytest.fixture
def clock(office, presences):
    """Time goes by: ``clock(seconds)`` makes what is known of Uma so much older, and another environment answers."""

    def move(seconds):
        known = presences.get(UMA)
        presences.put(UMA, left=known.left, now=known.seen_at - seconds)
        forget()

    forget()
    yield move
    forget()


@pytest.fixture
def news(office):
    return Newsroom(office)


def leave(office, person, *, deactivated=True):
    change = {"team": person.team, "user": person.user, "deactivated": deactivated}
    office.slack.control.change("person", change)


def slack_tells(office, person, *, deleted=True):
    """Slack's own word, as it sends it for each change of a profile."""
    user = {"id": person.user, "team_id": person.team, "deleted": deleted, "is_bot": False}
    payload = {"type": "event_callback", "team_id": person.team, "event_id": "Ev1"}
    event = {"type": "user_change", "user": user}
    assert office.post_event({**payload, "event": event})[0] == 200
    assert all(office.drain())


def asks(office, person, typed="/uploads list"):
    """A signed command, as it may still be under way."""
    status, answer = office.post_command(person, typed, trigger_id="1.2.x")
    assert status == 200
    return answer["text"]


@pytest.mark.feature("B25")
def test_who_is_deactivated_has_no_rights_at_the_next_check(office, presences):
    assert "Rollcall does not know you yet" not in asks(office, UMA)
    leave(office, UMA)
    slack_tells(office, UMA)
    assert presences.get(UMA).left
    for typed in ("/uploads list", "/rollcall me", "/uploads link customer:CUST-NORTHWIND", "/devices list"):
        assert "Rollcall does not know you yet" in asks(office, UMA, typed)
    assert "Rollcall does not know you yet" not in asks(office, RAE)


@pytest.mark.feature("B25")
def test_an_open_form_and_a_link_of_somebody_who_is_gone_are_worth_nothing(office):
    reception = Reception(office)
    reception.command(UMA)
    view = reception.modal(UMA)
    files = [reception.file(UMA, "a.csv")]
    (url,) = [
        element["url"]
        for _, element in buttons(office.command(UMA, "/uploads link customer:CUST-NORTHWIND"))
        if element.get("url")
    ]
    leave(office, UMA)
    slack_tells(office, UMA)
    view["state"]["values"] = {
        "customer": {"uploads.customer": {"selected_option": {"value": "CUST-NORTHWIND"}}},
        "files": {"uploads.files": {"files": [{"id": files[0], "name": "a.csv", "size": 10}]}},
    }
    payload = {
        "type": "view_submission",
        "user": {"id": UMA.user, "team_id": UMA.team},
        "team": {"id": UMA.team},
        "view": view,
    }
    status, answer = office.post_interaction(payload)
    assert (status, json.loads(answer)["response_action"]) == (200, "update")
    assert reception.uploads() == []
    assert office.waiting("jobs") == []
    assert reception.browse(url)[0] == 403


@pytest.mark.feature("B25")
def test_an_approver_who_is_gone_decides_nothing(office):
    typed = "/approvals accept 490154203237518"
    leave(office, NIA)
    slack_tells(office, NIA)
    assert "Rollcall does not know you yet" in asks(office, NIA, typed)


@pytest.mark.feature("B25")
def test_where_slacks_word_was_lost_it_is_asked_within_the_hour(office, clock, presences):
    assert "does not know you" not in asks(office, UMA)
    assert presences.get(UMA).left is False
    leave(office, UMA)
    clock(BELIEVED - 60)
    assert "does not know you" not in asks(office, UMA), "what Slack said lately is believed"
    clock(61)
    assert "Rollcall does not know you yet" in asks(office, UMA)


@pytest.mark.feature("B25")
def test_slack_is_asked_once_an_hour_and_not_at_each_click(office, clock):
    with Newsroom(office).counting() as calls:
        for _ in range(5):
            asks(office, UMA)
        forget()
        asks(office, UMA)
        assert calls["users.info"] == 1
        clock(BELIEVED + 1)
        asks(office, UMA)
        assert calls["users.info"] == 2


@pytest.mark.feature("B25")
@pytest.mark.parametrize("kind", ["rate_limited", "broken", "error"])
def test_where_slack_does_not_answer_what_was_known_stands(office, clock, kind):
    asks(office, UMA)
    office.slack.control.change("fault", {"method": "users.info", "kind": kind, "times": 1, "code": "missing_scope"})
    leave(office, UMA)
    clock(BELIEVED + 1)
    for _ in range(3):
        assert "does not know you" not in asks(office, UMA), "and it is not asked again at each click"
    slack_tells(office, UMA)
    assert "Rollcall does not know you yet" in asks(office, UMA)


@pytest.mark.feature("B25")
def test_who_comes_back_is_let_in_again_within_the_hour(office, clock):
    leave(office, UMA)
    assert "Rollcall does not know you yet" in asks(office, UMA)
    leave(office, UMA, deactivated=False)
    clock(BELIEVED + 1)
    assert "does not know you" not in asks(office, UMA)


@pytest.mark.feature("B25")
def test_other_changes_of_a_profile_are_nothing_to_us(office):
    slack_tells(office, UMA, deleted=False)
    with Newsroom(office).counting() as calls:
        slack_tells(office, UMA, deleted=False)
    assert calls == {}


@pytest.mark.feature("B25")
def test_an_operator_who_is_gone_is_none(office):
    assert "For operators" in json.dumps(office.command(OPS, "/rollcall operator")["blocks"])
    leave(office, OPS)
    slack_tells(office, OPS)
    assert "I do not know the word" in asks(office, OPS, "/rollcall operator")


@pytest.mark.feature("B25")
def test_an_email_in_s3_of_somebody_who_is_gone_counts_for_nothing(office, presences, news):
    presences.put(UMA, left=True, now=time.time())
    upload = news.put(news.phones(1), by=UMA)
    assert (upload.uploaded_by, upload.person) == ("S3", "")


# -- what a company lacks ----------------------------------------------------------------------------------------------


def sweep(office, now):
    sqs = office.cloud.client("sqs")
    return AttendanceSweep(
        companies=CompaniesStore("AccountsTable", region=REGION),
        accounts=office.cloud.accounts,
        presences=PresencesStore("AccountsTable", region=REGION),
        notices=Queue(sqs, office.cloud.queues["notices"]),
        clock=lambda: now,
    ).sweep()


@pytest.mark.feature("B25")
def test_a_company_without_an_approver_is_flagged_to_its_admin_and_the_operators(office):
    """Nia approves for Northwind, and Ned is its admin, who may decide as well: both go, and one admin is named."""
    now = time.time()
    assert sweep(office, now) == ()
    office.drain()  # Slack is asked about everybody, at its own pace
    viewer = office.cloud.accounts.member("CUST-NORTHWIND", NIA)
    assert viewer is not None
    for person in (NIA, NED):
        leave(office, person)
        slack_tells(office, person)

    assert sweep(office, now + 600) == (), "looked at lately"
    assert sweep(office, now + 1_900) == ("CUST-NORTHWIND",)
    overview = words(office.command(OPS, "/rollcall operator")["blocks"])
    assert "1 company lacks an admin or people for the daily work" in overview
    listed = words(office.command(OPS, "/rollcall operator companies")["blocks"])
    assert "nobody is left who may accept or reject" in listed
    assert "no admin is left" in listed
    assert "2 gone from Slack" in listed

    leave(office, NED, deactivated=False)
    PresencesStore("AccountsTable", region=REGION).put(NED, left=False, now=now)
    office.open_home(NED)
    office.drain()
    assert "Your company" not in words(office.home(NED)["blocks"]), "an admin may decide"


@pytest.mark.feature("B25")
def test_an_admin_sees_in_app_home_what_the_company_lacks(office, monkeypatch):
    from rollcall import operations  # noqa: PLC0415 - only here

    monkeypatch.setattr(operations, "is_attended", lambda _roles: False)
    office.open_home(NED)
    office.drain()
    assert "Your company: nobody is left who may accept or reject" in words(office.home(NED)["blocks"])
    office.open_home(NIA)
    office.drain()
    assert "Your company" not in words(office.home(NIA)["blocks"]), "an approver can do nothing about it"


def test_slack_is_asked_about_who_did_nothing_for_a_day(office):
    now = time.time()
    sweep(office, now)
    people = {message["user"] for message in office.waiting("notices")}
    assert {"U0UMA", "U0NIA"} <= people
    office.drain()
    sweep(office, now + 3_600)
    assert office.waiting("notices") == []
    sweep(office, now + 25 * 3_600)
    assert {"U0UMA", "U0NIA"} <= {message["user"] for message in office.waiting("notices")}
