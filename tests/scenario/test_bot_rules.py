"""Rules and expected orders in Slack: set in a form, tried, switched, and told with each upload (rows B16, B17)."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from local.slack.blockkit import problems
from rollcall.store.known_resellers import KnownResellers
from rollcall.store.notices import NoticesStore
from rollcall.store.orders import OrdersStore
from rollcall.store.queues import Queue
from rollcall.store.rules import RulesStore
from rollcall.store.transactions import OutOfTimeError, Transactions
from rollcall.telling.herald import Herald
from rollcall.telling.orders import OrderSweep
from tests.approvers import CHANNEL, NAT, NIA, RAE, VIC, Approvals
from tests.chain import Chain
from tests.cloud import REGION
from tests.files_of import csv_of, imei
from tests.gateway import LambdaContext
from tests.office import labels, words
from tests.scenario.test_bot_approvals import FAY
from tests.stock import ROLES

NED = ROLES["customer admin"]
NORTHWIND, ACME = "CUST-NORTHWIND", "RSL-ACME"
RULE = {
    "rule_name": "Office phones",
    "rule_resellers": [ACME],
    "rule_models": "",
    "rule_order": [],
    "rule_per_upload": "3",
    "rule_per_day": "100",
}


class Counter(Approvals):
    """The office, with forms for rules and orders."""

    def __init__(self, office):
        super().__init__(office, "")
        self.client = office.cloud.client("dynamodb")
        transactions = Transactions(self.client, seconds_left=lambda: 60.0)
        self.rules = RulesStore(self.client, transactions, "UploadsTable")
        self.orders = OrdersStore(self.client, transactions, "UploadsTable")

    def know(self):
        KnownResellers(self.client, "UploadsTable", None).remember(NORTHWIND, ACME, now="2026-03-01T00:00:00Z")

    def fill(self, person, **fields):
        """Sends the topmost form; errors by field, or what stands in its place."""
        view = self.form(person)
        answer = self.office.slack.modals.submit(
            person.team, person.user, view["id"], {name: {name: value} for name, value in fields.items()}
        )
        assert not answer.get("notice"), answer
        return answer.get("errors") or words(self.form(person)["blocks"])

    def add_rule(self, person=NIA, **fields):
        """Adds a rule by the form; what stands in its place."""
        listing = self.office.command(person, "/approvals rules")
        assert self.press(person, listing, "rules.add") == ""
        return self.fill(person, **{**RULE, **fields})

    def announce(self, person=NIA, **fields):
        listing = self.office.command(person, "/approvals orders")
        assert self.press(person, listing, "orders.announce") == ""
        values = {"order_reseller": ACME, "order_number": "PO-77", "order_quantity": "4", "order_models": ""}
        return self.fill(person, **{**values, **fields})

    def arrive(self, numbers, name="a.csv", order=""):
        """Brings devices, with the job that follows, and has everything told."""
        chain = Chain(self.office.cloud)
        chain.now = datetime.now(UTC)
        body = csv_of(*(f"{imei(n)},SM-S921B,{order}" for n in numbers), header="imei,model,order_number")
        self.upload = chain.upload(f"uploads/{ACME}/{NORTHWIND}/{name}", body, uploaded_by="rae@acme.example").upload_id
        for job in chain.jobs.take():
            self.send_job(job)
        return self.upload

    def send_job(self, job):
        sqs, url = self.office.cloud.client("sqs"), self.office.cloud.queues["jobs"]
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(job))
        self.drain()

    def last(self, person, channel=""):
        return self.office.messages(person, channel)[-1]


@pytest.fixture
def counter(office, stock):
    return Counter(office)


@pytest.mark.feature("B16")
def test_a_rule_is_added_tried_and_switched_on_and_accepts_what_it_may(office, counter):
    counter.know()
    assert "No rule decides for your company" in words(office.command(NIA, "/approvals rules")["blocks"])
    told = counter.add_rule()
    assert "The rule is saved, and off." in told
    assert "at most 3 of an upload and 100 a day (UTC)" in told
    counter.drain()
    tried = counter.last(NIA)
    assert "*Office phones*" in words(tried["blocks"])
    assert labels(tried) == ["Switch on", "Edit"]
    assert problems(tried, "message") == []

    counter.arrive(range(1, 3))
    assert counter.states() == {"PENDING": 2}  # it is off
    said = counter.click(NIA, tried, "rules.switch")
    assert "*Office phones* is on: from the next upload on it accepts what it may, in the name of Nia." in said
    upload = counter.arrive(range(11, 16), "b.csv")
    assert counter.states() == {"PENDING": 2, "VERIFIED": 3}

    told = words(counter.message()["blocks"])
    assert "2 devices from Acme Mobile wait for your decision" in told
    assert "3 devices accepted by the rule `Office phones` of Nia" in told
    assert "Left for a person by your rules: 2 over the rule's cap for an upload" in told
    assert problems(counter.message(), "message") == []
    theirs = words(counter.tell_reseller()["blocks"])
    assert "3 devices accepted by Northwind Logistics" in theirs
    assert "2 waiting" in theirs
    assert "ffice phones" not in theirs
    assert "rule" not in theirs

    history = office.command(NED, "/approvals history")
    assert "3 devices accepted by the rule `Office phones` of Nia" in words(history["blocks"])
    card = words(office.command(NIA, f"/devices history {imei(11)}")["blocks"])
    assert "*Accepted by a rule*" in card
    assert "rule Office phones (AR-" in card
    assert "of Nia since" in card
    seen = words(office.command(VIC, f"/devices history {imei(11)}")["blocks"])
    assert "*Accepted* by Northwind Logistics" in seen
    assert "rule" not in seen.lower()

    assert "3 devices taken back and waiting again" in counter.click(NED, counter.message(), "approvals.undo")
    assert counter.states() == {"PENDING": 5}
    counter.send_job({"kind": "arrived", "id": "again", "upload": upload, "customer": NORTHWIND})
    assert counter.states() == {"PENDING": 5}


@pytest.mark.feature("B16")
def test_a_job_whose_calls_are_short_goes_on_in_the_next_and_tells_all_of_it_once(office, counter, monkeypatch):
    counter.know()
    counter.add_rule(rule_per_upload="4")
    counter.drain()
    counter.click(NIA, counter.last(NIA), "rules.switch")
    monkeypatch.setattr("rollcall.ruling.walking.PAGE", 2)
    monkeypatch.setattr(LambdaContext, "get_remaining_time_in_millis", staticmethod(lambda: 5_000))
    delivered = []
    deliver = office.deliver
    monkeypatch.setattr(office, "deliver", lambda queue, event: delivered.append(queue) or deliver(queue, event))
    counter.arrive(range(11, 17))

    assert delivered.count("jobs") > len((1, 2, 3)), "a page of two for each call"
    assert counter.states() == {"PENDING": 2, "VERIFIED": 4}
    monkeypatch.undo()
    told = words(counter.message()["blocks"])
    assert "4 devices accepted by the rule `Office phones` of Nia" in told
    assert "Left for a person by your rules: 2 over the rule's cap for an upload" in told


@pytest.mark.feature("B16")
def test_fields_that_are_not_right_are_named_and_what_is_not_ones_own_is_not_there(office, counter):
    assert "less than of one upload" in counter.add_rule(rule_per_day="2")["rule_per_day"]
    assert "whole number" in counter.fill(NIA, **{**RULE, "rule_per_upload": "0"})["rule_per_upload"]
    assert "at most 20" in counter.fill(NIA, **{**RULE, "rule_models": ",".join(map(str, range(21)))})["rule_models"]
    assert "The rule is saved" in counter.fill(NIA, **RULE)
    (rule,) = counter.rules.of_customer(NORTHWIND)
    assert rule.resellers == (ACME,)
    assert not rule.on

    shown = office.command(NAT, "/approvals rules")
    assert "*Office phones* · off" in words(shown["blocks"])
    assert labels(shown) == ["Send to my DM"]
    assert "Decisions are the customer's" in words(office.command(RAE, "/approvals rules")["blocks"])
    assert "No rule decides" in words(office.command(FAY, "/approvals rules")["blocks"])
    mine = office.command(NIA, "/approvals rules")
    assert "Acme Mobile: not yet. A rule decides nothing" in words(mine["blocks"])
    _, button = next(found for found in counter_elements(mine) if found[1]["action_id"] == "rules.delete")
    for person in (NAT, RAE, FAY, ROLES["stranger"]):
        press(office, person, {**button, "block_id": "b"})
        told = words(office.messages(person)[-1]["blocks"])
        assert ("As viewer you may not set rules" in told) == (person is NAT)
        assert "Office phones" not in told
    assert counter.rules.of_customer(NORTHWIND) == [rule]


def counter_elements(message):
    return [(block, one) for block in message["blocks"] for one in block.get("elements", ()) if "action_id" in one]


def press(office, person, action):
    payload = {
        "type": "block_actions",
        "team": {"id": person.team},
        "user": {"id": person.user, "team_id": person.team},
        "trigger_id": f"1.2.{person.user}",
        "response_url": office.response_url(person),
        "channel": {"id": office.dm(person)},
        "container": {"type": "message", "channel_id": office.dm(person)},
        "actions": [action],
    }
    assert office.post_interaction(payload)[0] == 200


@pytest.mark.feature("B16")
def test_a_rule_is_edited_switched_off_and_deleted_and_an_old_button_changes_nothing(office, counter):
    counter.know()
    counter.add_rule()
    old, older = office.command(NIA, "/approvals rules"), office.command(NIA, "/approvals rules")
    listing = office.command(NED, "/approvals rules")
    assert counter.press(NED, listing, "rules.edit") == ""
    assert "The rule is saved" in counter.fill(NED, **{**RULE, "rule_name": "All phones", "rule_order": ["yes"]})
    (rule,) = counter.rules.of_customer(NORTHWIND)
    assert (rule.name, rule.needs_order, rule.version, rule.by) == ("All phones", True, 2, f"person:T0NW:{NED.user}")
    assert "Somebody changed this rule" in counter.click(NIA, old, "rules.switch")
    assert "is on" in counter.click(NIA, office.command(NIA, "/approvals rules"), "rules.switch")
    assert "is off" in counter.click(NIA, office.command(NIA, "/approvals rules"), "rules.switch")
    listing = office.command(NIA, "/approvals rules")
    left = counter.click(NIA, listing, "rules.delete")
    assert "is deleted" in left
    assert "No rule decides for your company" in left
    (now,) = [one for one in office.messages(NIA) if one["ts"] == listing["ts"]]
    assert words(now["blocks"]) == left, "in place of the list that had it"
    assert counter.rules.of_customer(NORTHWIND) == []
    assert "is not there" in counter.click(NIA, older, "rules.try")


@pytest.mark.feature("B16")
def test_what_was_typed_outlives_a_colleague_who_saved_or_deleted_the_rule_meanwhile(office, counter):
    counter.know()
    counter.add_rule()
    models = "\n".join(f"SM-S92{number}B" for number in range(9))
    assert counter.press(NIA, office.command(NIA, "/approvals rules"), "rules.edit") == ""
    assert counter.press(NED, office.command(NED, "/approvals rules"), "rules.edit") == ""
    assert "The rule is saved" in counter.fill(NED, **{**RULE, "rule_per_upload": "7"})

    mine = {**RULE, "rule_name": "Mine", "rule_models": models, "rule_order": ["yes"]}
    told = counter.fill(NIA, **mine)
    assert "somebody changed this rule since you opened it" in told
    assert "at most 7 of an upload" in told
    assert [rule.name for rule in counter.rules.of_customer(NORTHWIND)] == ["Office phones"]
    form = counter.form(NIA)
    kept = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    assert kept["rule_models"]["initial_value"] == models
    assert kept["rule_name"]["initial_value"] == "Mine"
    assert [one["value"] for one in kept["rule_resellers"]["initial_options"]] == [ACME]
    assert [one["value"] for one in kept["rule_order"]["initial_options"]] == ["yes"]
    assert problems({name: form[name] for name in ("type", "title", "submit", "close", "blocks")}, "modal") == []

    assert counter.press(NED, office.command(NED, "/approvals rules"), "rules.delete") == ""
    told = counter.fill(NIA, **mine)
    assert "this rule is not there" in told
    assert told.count("Nothing was saved yet") == 1, "the older line is gone"
    assert counter.rules.of_customer(NORTHWIND) == []
    assert "The rule is saved, and off" in counter.fill(NIA, **mine)
    (rule,) = counter.rules.of_customer(NORTHWIND)
    assert (rule.name, len(rule.models), rule.version) == ("Mine", 9, 1)


@pytest.mark.parametrize("what", ["rule", "order"])
def test_what_was_typed_outlives_a_save_that_took_too_long(office, counter, monkeypatch, what):
    counter.know()

    def late(*_, **__):
        raise OutOfTimeError

    with monkeypatch.context() as slow:
        slow.setattr("rollcall.store.rules.RulesStore.save", late)
        slow.setattr("rollcall.store.orders.OrdersStore.save", late)
        told = counter.add_rule() if what == "rule" else counter.announce(order_quantity="1.000")
    assert "This took longer than Slack waits" in told
    form = counter.form(NIA)
    assert problems({name: form[name] for name in ("type", "title", "submit", "close", "blocks")}, "modal") == []
    if what == "rule":
        assert "The rule is saved" in counter.fill(NIA, **RULE)
        return
    values = {"order_reseller": ACME, "order_number": "PO-77", "order_quantity": "1.000", "order_models": ""}
    assert "expected 1,000" in counter.fill(NIA, **values)


@pytest.mark.feature("B17")
def test_what_was_typed_of_an_order_outlives_a_colleague_who_changed_it(office, counter):
    counter.announce()
    for person in (NIA, NED):
        assert counter.press(person, office.command(person, "/approvals orders"), "orders.edit") == ""
    assert "expected 9" in counter.fill(NED, order_quantity="9", order_models="")
    told = counter.fill(NIA, order_quantity="12", order_models="SM-S921B")
    assert "somebody changed this order since you opened it" in told
    assert "expected 9" in told
    kept = {block["block_id"]: block.get("element") for block in counter.form(NIA)["blocks"]}
    assert kept["order_models"]["initial_value"] == "SM-S921B"
    assert "expected 12" in counter.fill(NIA, order_quantity="12", order_models="SM-S921B")


@pytest.mark.feature("B16")
def test_more_resellers_than_a_menu_holds_are_searched_and_none_is_dropped(office, counter, monkeypatch):
    counter.know()
    counter.add_rule()
    monkeypatch.setattr("rollcall.views.reseller_menus.MOST_OPTIONS", 0)
    for action, block_id in (("rules.edit", "rule_resellers"), ("orders.announce", "order_reseller")):
        listing = office.command(NIA, f"/approvals {action.split('.')[0]}")
        assert counter.press(NIA, listing, action) == ""
        form = counter.form(NIA)
        assert problems({name: form[name] for name in ("type", "title", "submit", "close", "blocks")}, "modal") == []
        (element,) = [block["element"] for block in form["blocks"] if block.get("block_id") == block_id]
        assert element["type"].endswith("external_select")
        monkeypatch.setattr("rollcall.views.reseller_menus.MOST_OPTIONS", 100)
        for typed, found in (("", [ACME]), ("acme mo", [ACME]), ("rsl-ac", [ACME]), ("nobody", [])):
            assert [one["value"] for one in suggested(office, NIA, form, block_id, typed)] == found
        for person in (NAT, RAE, FAY, ROLES["stranger"]):
            assert ACME not in json.dumps(suggested(office, person, form, block_id, ""))
        monkeypatch.setattr("rollcall.views.reseller_menus.MOST_OPTIONS", 0)
        if action == "rules.edit":
            assert [one["value"] for one in element["initial_options"]] == [ACME], "stays picked"


def suggested(office, person, form, block_id, typed):
    """What a menu suggests to somebody, whoever's form it is in."""
    payload = {
        "type": "block_suggestion",
        "team": {"id": person.team},
        "user": {"id": person.user, "team_id": person.team},
        "view": form,
        "container": {"type": "view", "view_id": form["id"]},
        "action_id": block_id,
        "block_id": block_id,
        "value": typed,
    }
    status, answer = office.post_interaction(payload)
    assert status == 200
    return json.loads(answer)["options"]


@pytest.mark.feature("B17")
def test_an_order_is_announced_and_the_upload_says_expected_got_and_not_expected(office, counter):
    assert "No order is announced" in words(office.command(NIA, "/approvals orders")["blocks"])
    assert "expected 4, got 0, 4 missing" in counter.announce()
    counter.arrive([1, 2, 3], order="po-77")
    mine, theirs = words(counter.message()["blocks"]), words(counter.tell_reseller()["blocks"])
    assert "Orders: expected 4, got 3\n• order `PO-77`: expected 4, got 3, 1 missing" in mine
    assert "Orders of Northwind Logistics: expected 4, got 3" in theirs

    counter.arrive([11, 12], "b.csv", order="PO-77")
    counter.arrive([21], "c.csv", order="PO-78")
    third = words(counter.message()["blocks"])
    assert "Orders: 1 not expected\n• 1 of order `PO-78`, which your company has not announced" in third
    listing = words(office.command(NED, "/approvals orders")["blocks"])
    assert "expected 4, got 4, 1 too many" in listing
    assert problems(counter.message(), "message") == []


@pytest.mark.feature("B17")
def test_what_came_before_an_order_was_announced_counts_and_what_was_deleted_does_not(office, counter):
    upload = counter.arrive([1, 2, 3], order="PO-77")
    assert "Orders" not in words(counter.message()["blocks"])
    counter.announce()
    counter.drain()
    assert "expected 4, got 3, 1 missing" in words(counter.message()["blocks"])

    counter.click(RAE, office.command(RAE, f"/uploads {upload}"), "uploads.undo")
    counter.submit(RAE, typed="3")
    counter.drain()
    assert counter.states() == {}
    (order,) = counter.orders.of_customer(NORTHWIND)
    assert order.got == 0


@pytest.mark.feature("B17")
def test_an_order_is_edited_closed_and_opened_again(office, counter):
    counter.announce()
    assert "announced already" in counter.announce(order_number="po-77")["order_number"]
    assert (
        "whole number"
        in counter.fill(NIA, order_reseller=ACME, order_number="PO-1", order_quantity="many", order_models="")[
            "order_quantity"
        ]
    )
    listing = office.command(NIA, "/approvals orders")
    assert counter.press(NIA, listing, "orders.edit") == ""
    assert "expected 9, got 0, 9 missing" in counter.fill(NIA, order_quantity="9", order_models="")
    assert "Somebody changed this order" in counter.click(NIA, listing, "orders.close")
    assert "is closed" in counter.click(NIA, office.command(NIA, "/approvals orders"), "orders.close")
    assert "is open again" in counter.click(NIA, office.command(NIA, "/approvals orders"), "orders.close")
    assert labels(office.command(NAT, "/approvals orders")) == ["Send to my DM"]
    assert "No order is announced" in words(office.command(FAY, "/approvals orders")["blocks"])


@pytest.mark.feature("B17")
def test_missing_devices_are_told_once_when_the_day_is_over(office, counter):
    counter.announce(order_due="2026-03-31")
    counter.arrive([1], order="PO-77")
    sweep = OrderSweep(
        counter.orders,
        Herald(
            NoticesStore("UploadsTable", region=REGION),
            Queue(office.cloud.client("sqs"), office.cloud.queues["notices"]),
        ),
        time.time,
    )
    assert len(sweep.sweep()) == 1
    assert sweep.sweep() == ()
    counter.drain()
    (told,) = [one for one in office.messages(NIA, CHANNEL) if "was expected by 2026-03-31" in words(one["blocks"])]
    assert "expected 4, got 1, *3* missing" in words(told["blocks"])
    assert problems(told, "message") == []
