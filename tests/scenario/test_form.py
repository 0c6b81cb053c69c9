"""The form that sends files: who gets it, what it asks, what is wrong with what was filled in, and what follows."""

from __future__ import annotations

import json

import pytest

from rollcall.accounts import Person, Registration
from tests.chain import sample_file
from tests.cloud import ROOT
from tests.office import elements, words
from tests.reception import upload_ids
from tests.stock import ROLES

UMA, RAE = ROLES["reseller uploader"], ROLES["reseller admin"]
FILES = sorted(path.name for path in (ROOT / "tests/files").iterdir() if path.suffix in (".csv", ".txt"))
MANY = "many_customers.csv"


@pytest.fixture
def office(reception):
    return reception.office


def problems(answer):
    return answer.get("errors", {})


@pytest.mark.feature("P8", "P10")
@pytest.mark.parametrize("name", FILES)
def test_every_sample_file_sent_by_form_is_its_upload(reception, name):
    reception.command(UMA)
    customer = "_many" if name == MANY else "CUST-CONTOSO"
    assert (
        problems(reception.submit(UMA, customer=customer, files=[reception.file(UMA, name, sample_file(name))])) == {}
    )
    (told,) = upload_ids(words(reception.modal(UMA)["blocks"]))

    (report,) = reception.settle()

    upload = reception.upload(told)
    assert report.upload_id == told
    assert (upload.uploaded_by, upload.person, upload.source) == ("uma@acme.example", "T0ACME#U0UMA", "slack")
    assert (upload.file_name, upload.many) == (name, name == MANY)
    assert report.summary["total"] == upload.figures.rows.total
    card = words(reception.office.command(UMA, f"/uploads {told}")["blocks"])
    for figure in ("total", "stored", "refused"):
        assert f"{report.summary[figure]:,}" in card


@pytest.mark.feature("P8")
def test_what_the_form_says_goes_with_the_rows(reception):
    reception.shortcut(UMA)
    files = [reception.file(UMA, "plain.csv", b"imei,model\n490154203237518,SM-G556B\n")]
    reception.submit(
        UMA, customer="CUST-NORTHWIND", files=files, order_number="  PO  17 & <b>", order_date="2026-02-27"
    )
    (report,) = reception.settle()

    upload = reception.upload(report.upload_id)
    assert (upload.order_number, upload.order_date, upload.stc) == ("PO 17 & <b>", "2026-02-27", "1002003")
    found = words(reception.office.command(UMA, "/devices 490154203237518")["blocks"])
    assert "PO 17 &amp; &lt;b&gt;" in found


@pytest.mark.feature("B5")
def test_check_only_stores_nothing(reception, cloud_devices):
    before = cloud_devices()
    reception.command(UMA)
    files = [reception.file(UMA, "a.csv")]
    reception.submit(UMA, customer="CUST-NORTHWIND", files=files, check=["check"])
    (report,) = reception.settle()

    assert report.summary["check_only"] is True
    assert report.summary["stored"] == 1
    assert cloud_devices() == before


@pytest.fixture
def cloud_devices(office):
    return lambda: office.cloud.scan("DevicesTable")


@pytest.mark.feature("P8")
def test_ten_files_are_ten_uploads_and_an_eleventh_is_refused_by_slack(reception):
    reception.command(UMA)
    view = reception.modal(UMA)
    (files,) = [block["element"] for block in view["blocks"] if block.get("block_id") == "files"]
    assert files["max_files"] == 10

    sent = [reception.file(UMA, f"part{number}.csv") for number in range(10)]
    reception.submit(UMA, customer="CUST-NORTHWIND", files=sent)
    told = upload_ids(words(reception.modal(UMA)["blocks"]))
    reports = reception.settle()

    assert len(told) == len(reports) == 10
    assert {report.upload_id for report in reports} == set(told)
    assert {reception.upload(one).file_name for one in told} == {f"part{number}.csv" for number in range(10)}


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("reseller uploader", "reseller admin")])
def test_who_may_not_upload_gets_no_form_and_hears_why(reception, role):
    person = ROLES[role]
    answer = reception.office.command(person, "/uploads new")

    assert "modal" not in json.dumps(answer)
    assert reception.modal(person) is None
    view = reception.shortcut(person)
    assert view["callback_id"] == ""
    assert view["submit"] is None
    texts = words(answer["blocks"])
    if role in ("reseller viewer", "customer viewer", "customer approver", "customer admin"):
        assert "may not upload" in texts


@pytest.mark.parametrize("role", ["reseller viewer", "customer approver", "stranger", "same user id elsewhere"])
def test_a_form_that_was_made_up_gives_no_rights(reception, role):
    """The request is signed and well formed; only the person may not do it."""
    reception.command(UMA)
    view = reception.modal(UMA)
    person = ROLES[role]
    view["state"]["values"] = {
        "customer": {"uploads.customer": {"selected_option": {"value": "CUST-NORTHWIND"}}},
        "files": {"uploads.files": {"files": [{"id": "F1", "name": "a.csv", "size": 10}]}},
    }
    payload = {
        "type": "view_submission",
        "user": {"id": person.user, "team_id": person.team},
        "team": {"id": person.team},
        "view": view,
    }
    status, answer = reception.office.post_interaction(payload)

    assert (status, json.loads(answer)["response_action"]) == (200, "update")
    assert reception.uploads() == []
    assert reception.office.waiting("jobs") == []


@pytest.mark.feature("P1")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["_many", "CUST-CONTOSO", "CUST-NORTHWIND"]),
        ("north", ["CUST-NORTHWIND"]),
        ("NW-17", ["CUST-NORTHWIND"]),
        ("cust-c", ["CUST-CONTOSO"]),
        ("msp-con", ["CUST-CONTOSO"]),
        ("each row", ["_many"]),
        ("fabrikam", []),
        ("*" * 300, []),
    ],
)
def test_customers_are_found_by_name_reference_and_id_and_only_ones_own(reception, typed, found):
    reception.command(UMA)
    options = reception.suggest(UMA, typed)

    assert [option["value"] for option in options] == found
    assert all(len(option["text"]["text"]) <= 75 for option in options)


def test_nobody_else_is_told_a_resellers_customers(reception):
    reception.command(UMA)
    view = reception.modal(UMA)
    for role in ("reseller viewer", "customer admin", "stranger"):
        person = ROLES[role]
        payload = {
            "type": "block_suggestion",
            "user": {"id": person.user, "team_id": person.team},
            "team": {"id": person.team},
            "view": view,
            "action_id": "uploads.customer",
            "block_id": "customer",
            "value": "",
        }
        status, answer = reception.office.post_interaction(payload)
        assert (status, json.loads(answer)) == (200, {"options": []})


def test_problems_stand_at_their_fields_all_in_one_pass(reception):
    reception.command(UMA)
    files = [reception.file(UMA, "book.xlsx"), reception.file(UMA, "photo.png"), reception.file(UMA, "good.csv")]
    answer = reception.submit(UMA, customer="CUST-FABRIKAM", files=files)

    assert set(problems(answer)) == {"customer", "files"}
    assert "book.xlsx is a workbook" in problems(answer)["files"]
    assert "photo.png is not a CSV file" in problems(answer)["files"]
    assert "good.csv" not in problems(answer)["files"]
    assert reception.uploads() == []
    assert reception.modal(UMA)["callback_id"] == "uploads.new"


def test_a_file_larger_than_a_form_takes_is_shown_the_other_way(reception):
    reception.command(UMA)
    answer = reception.submit(
        UMA, customer="CUST-NORTHWIND", files=[reception.file(UMA, "large.csv", b"imei\n" + b"\n" * 10 * 1024 * 1024)]
    )

    assert "link" in problems(answer)["files"]


def test_an_order_number_longer_than_the_field_is_never_cut(reception):
    """Slack keeps to the field's length; a request made by hand does not."""
    reception.command(UMA)
    view = reception.modal(UMA)
    view["state"]["values"] = {
        "customer": {"uploads.customer": {"selected_option": {"value": "CUST-NORTHWIND"}}},
        "files": {"uploads.files": {"files": [{"id": "F1", "name": "a.csv", "size": 10}]}},
        "order_number": {"uploads.order_number": {"value": "9" * 3000}},
        "order_date": {"uploads.order_date": {"selected_date": "yesterday"}},
        "stc": {"uploads.stc": {"selected_option": {"value": "nobody's"}}},
    }
    user = {"id": UMA.user, "team_id": UMA.team}
    payload = {"type": "view_submission", "user": user, "team": {"id": UMA.team}, "view": view}
    _, answer = reception.office.post_interaction(payload)

    assert json.loads(answer)["errors"].keys() == {"order_number", "order_date", "stc"}
    assert reception.uploads() == []


def test_a_customer_that_blocked_the_reseller_meanwhile(reception):
    reception.command(UMA)
    reception.cloud.accounts.set_registration("CUST-NORTHWIND", "RSL-ACME", Registration.BLOCKED)
    answer = reception.submit(UMA, customer="CUST-NORTHWIND", files=[reception.file(UMA, "a.csv")])

    assert "does not accept uploads from you" in problems(answer)["customer"]


def test_who_lost_the_right_while_the_form_was_open(reception):
    reception.command(UMA)
    reception.cloud.accounts.remove_member("RSL-ACME", UMA)
    reception.submit(UMA, customer="CUST-NORTHWIND", files=[reception.file(UMA, "a.csv")])

    assert reception.uploads() == []


@pytest.mark.feature("B4")
def test_a_form_sent_twice_is_taken_once(reception):
    """Slack tells somebody whose request timed out to try again; the first one may have come through."""
    reception.command(UMA)
    view, file = reception.modal(UMA), reception.file(UMA, "a.csv")
    (held,) = [one for one in reception.slack.world.files.values() if one.id == file]
    view["state"]["values"] = {
        "customer": {"uploads.customer": {"selected_option": {"value": "CUST-NORTHWIND"}}},
        "files": {"uploads.files": {"files": [{"id": held.id, "name": held.name, "size": len(held.content)}]}},
    }
    user = {"id": UMA.user, "team_id": UMA.team}
    payload = {"type": "view_submission", "user": user, "team": {"id": UMA.team}, "view": view}
    first, second = (json.loads(reception.office.post_interaction(payload)[1]) for _ in range(2))

    assert upload_ids(words(first["view"]["blocks"])) == upload_ids(words(second["view"]["blocks"]))
    assert len(reception.office.waiting("jobs")) == 2
    (report,) = reception.settle()
    assert report.summary["stored"] == 1


def test_the_last_customer_is_there_at_once_the_next_time(reception):
    assert "initial_option" not in json.dumps(reception.command(UMA)["blocks"])
    reception.submit(UMA, customer="CUST-CONTOSO", files=[reception.file(UMA, "a.csv")])
    again = reception.command(UMA)

    (customer,) = [block["element"] for block in again["blocks"] if block.get("block_id") == "customer"]
    assert customer["initial_option"]["value"] == "CUST-CONTOSO"
    assert "initial_option" not in json.dumps(reception.command(RAE)["blocks"])


@pytest.mark.feature("P9")
def test_a_company_with_several_codes_picks_one(reception):
    ben = Person("T0BOLT", "U0BEN")
    view = reception.command(ben)
    (codes,) = [block["element"] for block in view["blocks"] if block.get("block_id") == "stc"]
    assert [option["value"] for option in codes["options"]] == ["north", "south"]
    answer = reception.submit(ben, customer="_many", stc="north", files=[reception.file(ben, "a.csv")])
    assert problems(answer).keys() == {"stc"}
    reception.submit(ben, customer="CUST-FABRIKAM", stc="south", files=[reception.file(ben, "a.csv")])
    (report,) = reception.settle()

    assert reception.upload(report.upload_id).stc == "2003005"


def test_a_form_that_comes_too_late_is_a_button_instead(reception):
    """A trigger lives three seconds, and a cold start may take them."""
    status, answer = reception.office.post_command(UMA, "/uploads new", trigger_id="1.2.long-ago")

    assert status == 200
    assert "took too long" in answer["text"]
    assert "uploads.new" in json.dumps(answer["blocks"])
    assert reception.modal(UMA) is None
    assert reception.office.gateway.crashes == []


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "shortcut", "callback_id": "uploads.new"},
        {
            "type": "block_actions",
            "actions": [{"type": "button", "action_id": "uploads.new", "block_id": "b", "value": '{"as":"RSL-ACME"}'}],
            "view": {"type": "home", "id": "V1"},
            "container": {"type": "view"},
        },
    ],
    ids=["shortcut", "home"],
)
def test_where_there_is_no_message_the_button_comes_into_the_dm(reception, payload):
    user = {"id": UMA.user, "team_id": UMA.team}
    whole = {**payload, "user": user, "team": {"id": UMA.team}, "trigger_id": "1.2.long-ago"}
    assert reception.office.post_interaction(whole)[0] == 200
    reception.office.drain()

    message = reception.office.messages(UMA)[-1]
    assert "took too long" in message["text"]
    reception.office.click(UMA, message, "uploads.new")
    assert reception.modal(UMA)["callback_id"] == "uploads.new"


def test_a_form_that_was_closed_meanwhile_is_no_trouble(reception):
    reception.command(UMA)
    view = reception.modal(UMA)
    reception.slack.modals.close(UMA.team, UMA.user, view["id"])
    user = {"id": UMA.user, "team_id": UMA.team}
    payload = {
        "type": "block_actions",
        "user": user,
        "team": {"id": UMA.team},
        "trigger_id": "1.2.x",
        "view": view,
        "container": {"type": "view"},
        "actions": [{"type": "button", "action_id": "uploads.link", "block_id": "b", "value": "{}"}],
    }

    assert reception.office.post_interaction(payload)[0] == 200
    assert reception.office.gateway.crashes == []


def test_the_home_tab_opens_the_form(reception):
    reception.office.open_home(UMA)
    reception.office.drain()
    home = reception.office.home(UMA)
    block, element = next(found for found in elements(home) if found[1]["action_id"] == "uploads.new")
    where = {"view_id": home["id"], "block_id": block["block_id"], "action_id": element["action_id"]}
    assert reception.slack.modals.click(UMA.team, UMA.user, where, None, {}) == ""

    assert reception.modal(UMA)["callback_id"] == "uploads.new"


def test_in_a_message_the_form_is_a_button_away(reception):
    reception.office.say(UMA, "uploads new")
    reception.office.drain()
    message = reception.office.messages(UMA)[-1]
    reception.office.click(UMA, message, "uploads.new")

    assert reception.modal(UMA)["callback_id"] == "uploads.new"
