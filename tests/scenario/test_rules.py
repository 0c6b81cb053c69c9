"""Rules accept what they may of an upload: once, within their caps, and as they stand at the act (row B16)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.accounts import Registration
from rollcall.store.transactions import OutOfTimeError
from rollcall.transitions import Act
from tests.approvals import MAX, NIA, Office
from tests.books import right_books
from tests.faults import Killed, Killer
from tests.rulers import ACME, NORTHWIND, Rules

pytestmark = pytest.mark.feature("B16")


@pytest.fixture
def office(cloud):
    return Office(cloud)


@pytest.fixture
def rules(office, chain):
    return Rules(office, chain)


@pytest.fixture
def small(monkeypatch):
    """Pages of two, and a decision that names its devices up to two."""
    monkeypatch.setattr("rollcall.ruling.running.PAGE", 2)
    monkeypatch.setattr("rollcall.ruling.taking.NAMED", 2)
    monkeypatch.setattr("rollcall.ruling.walking.PAGE", 4)


def test_a_rule_accepts_what_it_may_and_each_decision_names_it(rules, office):
    rule = rules.rule(models=("SM-S921B",))
    upload = rules.upload(range(1, 5), models=("SM-S921B", "SM-S921B", "SM-X", "SM-S921B"))
    ruling = rules.arrive(upload)

    assert rules.statuses(range(1, 5)) == "VVPV"
    assert ruling.done
    assert ruling.left == {"model": 1}
    (record,) = rules.made(ruling)
    assert (record.devices, record.resellers, record.job) == (3, (ACME,), "")
    decision = record.decision
    assert (decision.by, decision.rule, decision.rule_by) == ("rule:AR-1:1", "Office phones", NIA.by)
    entry = office.devices.find(record.targets[0].key).history[-1]
    assert (entry.act, entry.by, entry.decision) == (Act.AUTO_ACCEPTED, "rule:AR-1:1", decision.id)
    assert entry.note == f"rule Office phones (AR-1, version 1) of {NIA.by} since {rule.at}"
    right_books(office.cloud, office, {})


def test_what_a_rule_decided_can_be_taken_back_and_is_not_decided_again(rules, office):
    rules.rule()
    upload = rules.upload(range(1, 4))
    ruling = rules.arrive(upload)
    (made,) = ruling.made
    office.approvals.undo(MAX, made.decision, once="undo")

    assert rules.statuses(range(1, 4)) == "PPP"
    assert rules.arrive(upload) == ruling
    assert rules.statuses(range(1, 4)) == "PPP"
    right_books(office.cloud, office, {})


def test_what_a_rule_decided_on_many_is_taken_back_by_a_job(rules, office, small):
    rules.rule()
    upload = rules.upload(range(1, 6))
    (made,) = rules.arrive(upload).made
    assert rules.decisions.get(made.decision).job
    office.approvals.undo(MAX, made.decision, once="undo")
    office.work()

    assert rules.statuses(range(1, 6)) == "PPPPP"
    assert rules.decisions.get(made.decision).undone.devices == 5
    right_books(office.cloud, office, {})


def test_caps_of_an_upload_and_of_a_day_leave_the_rest_to_a_person(rules, office, small):
    rules.rule(per_upload=3, per_day=4)
    first = rules.arrive(rules.upload(range(1, 6)))
    second = rules.arrive(rules.upload(range(11, 16), name="b.csv"))

    assert rules.statuses(range(1, 6)) == "VVVPP"
    assert first.left == {"upload_cap": 2}
    assert rules.statuses(range(11, 16)) == "VPPPP"
    assert second.left == {"day_cap": 4}
    office.wait(days=1)
    assert rules.arrive(rules.upload(range(21, 26), name="c.csv")).left == {"upload_cap": 2}
    assert rules.decisions.rules.get(NORTHWIND, "AR-1").day_count == 3
    right_books(office.cloud, office, {})


def test_the_oldest_rule_is_asked_first_and_another_takes_what_it_does_not(rules, office):
    rules.rule("AR-2", name="Others")
    office.wait(minutes=1)
    rules.rule("AR-1", per_upload=2)
    upload = rules.upload(range(1, 4))
    ruling = rules.arrive(upload)

    assert [(record.decision.rule, record.devices) for record in rules.made(ruling)] == [("Others", 3)]
    assert ruling.left == {}


def test_only_devices_of_an_announced_order_with_room_are_taken(rules):
    rules.rule(needs_order=True)
    rules.order(quantity=2)
    first = rules.arrive(rules.upload(range(1, 4), order="po-1"))
    second = rules.arrive(rules.upload(range(11, 13), order="PO-1", name="b.csv"))
    third = rules.arrive(rules.upload(range(21, 23), order="PO-2", name="c.csv"))
    none = rules.arrive(rules.upload(range(31, 32), name="d.csv"))

    assert rules.statuses(range(1, 4)) == "VVP"
    assert first.left == {"order_full": 1}
    assert rules.statuses(range(11, 13)) == "PP"
    assert second.left == {"order_full": 2}
    assert third.left == {"order_unknown": 2}
    assert none.left == {"no_order": 1}


def test_a_new_reseller_is_decided_on_by_a_person_first(office, chain):
    rules = Rules(office, chain, known=False)
    rules.rule()
    first = rules.upload(range(1, 3))
    assert rules.arrive(first).left == {"new_reseller": 2}
    assert rules.statuses(range(1, 3)) == "PP"

    office.accept(1, 2)
    second = rules.upload(range(11, 13), name="b.csv")
    assert rules.arrive(second).left == {"new_reseller": 2}  # it may still be taken back
    office.wait(hours=1)
    third = rules.upload(range(21, 23), name="c.csv")
    assert rules.arrive(third).left == {}
    assert rules.statuses(range(21, 23)) == "VV"


def test_a_reseller_that_is_not_registered_is_decided_on_by_a_person(rules, office):
    rules.rule()
    office.cloud.accounts.set_registration(NORTHWIND, ACME, Registration.UNREGISTERED)

    assert rules.arrive(rules.upload(range(1, 3))).left == {"not_registered": 2}


@pytest.mark.parametrize("end", ["off", "deleted", "changed", "maker"])
def test_a_rule_that_ends_while_it_works_stops_there(rules, office, small, monkeypatch, end):
    rule = rules.rule()
    upload = rules.upload(range(1, 6))
    store, ruler = rules.decisions.rules, rules.ruler()
    take = ruler._taking.take

    def take_and_end(*args, **named):
        take(*args, **named)
        now = store.get(NORTHWIND, "AR-1")
        if now and now.version == rule.version:
            if end == "off":
                store.save(replace(now, on=False))
            elif end == "deleted":
                store.delete(now)
            elif end == "changed":
                store.save(replace(now, per_upload=50))
            else:
                office.cloud.client("dynamodb").delete_item(
                    TableName="AccountsTable",
                    Key={"pk": {"S": f"account#{NORTHWIND}"}, "sk": {"S": "member#T0NW#U0NIA"}},
                )

    monkeypatch.setattr(ruler._taking, "take", take_and_end)
    ruling = ruler.rule(rules.part(upload), reference="R")

    assert rules.statuses(range(1, 6)) == "VVPPP"
    assert ruling.left == {"maker_gone" if end == "maker" else "changed": 3}
    assert [record.devices for record in rules.made(ruling)] == [2]


@pytest.mark.parametrize("end", ["off", "deleted", "changed", "maker"])
def test_what_ends_between_the_plan_and_the_act_is_not_acted_on(rules, office, small, monkeypatch, end):
    rule = rules.rule()
    upload = rules.upload(range(1, 3))
    store, ruler = rules.decisions.rules, rules.ruler()
    take = ruler._taking.take

    def end_and_take(*args, **named):
        now = store.get(NORTHWIND, "AR-1")
        if now and now.version == rule.version:
            if end == "off":
                store.save(replace(now, on=False))
            elif end == "deleted":
                store.delete(now)
            elif end == "changed":
                store.save(replace(now, models=("SM-X",)))
            else:
                office.cloud.client("dynamodb").delete_item(
                    TableName="AccountsTable",
                    Key={"pk": {"S": f"account#{NORTHWIND}"}, "sk": {"S": "member#T0NW#U0NIA"}},
                )
        take(*args, **named)

    monkeypatch.setattr(ruler._taking, "take", end_and_take)
    ruler.rule(rules.part(upload), reference="R")

    assert rules.statuses(range(1, 3)) == "PP"


@pytest.mark.parametrize("caps", [{"per_day": 7}, {"per_day": 6}, {"per_day": 2}, {"per_day": 100}])
def test_two_uploads_at_once_do_not_exceed_a_cap_together(rules, office, small, monkeypatch, caps):
    rules.rule(**caps)
    one, other = (rules.upload(range(base, base + 6), name=f"{base}.csv") for base in (1, 11))
    first, second = rules.ruler(), rules.ruler()
    take, times = first._taking.take, []

    def take_behind_another(*args, **named):
        times.append(len(times))
        if times == [0, 1]:  # both have planned with the same count in mind, and the other is faster
            second.rule(rules.part(other), reference="R")
        take(*args, **named)

    monkeypatch.setattr(first._taking, "take", take_behind_another)
    ruling = first.rule(rules.part(one), reference="R")

    taken = [rules.statuses(range(base, base + 6)).count("V") for base in (1, 11)]
    assert sum(taken) == min(12, caps["per_day"]) == rules.decisions.rules.get(NORTHWIND, "AR-1").day_count
    assert sum(record.devices for record in rules.made(ruling)) == taken[0]
    right_books(office.cloud, office, {})


def test_the_same_upload_twice_at_once_is_decided_once(rules, office, small, monkeypatch):
    rules.rule(per_upload=5)
    upload = rules.upload(range(1, 8))
    first, second = rules.ruler(), rules.ruler()
    take, times = first._taking.take, []

    def take_behind_another(*args, **named):
        times.append(len(times))
        if times == [0, 1]:
            second.rule(rules.part(upload), reference="R")
        take(*args, **named)

    monkeypatch.setattr(first._taking, "take", take_behind_another)
    ruling = first.rule(rules.part(upload), reference="R")

    assert rules.statuses(range(1, 8)) == "VVVVVPP"
    assert [record.devices for record in rules.made(ruling)] == [5]
    assert ruling.left == {"upload_cap": 2}
    right_books(office.cloud, office, {})


def test_a_worker_that_dies_at_any_call_leaves_what_another_ends_as_if_it_had_not(rules, office, small):
    rules.rule(per_upload=3)
    upload = rules.upload(range(1, 6))
    checkpoint = office.cloud.checkpoint()

    def run(killer):
        try:
            with killer.stalking():
                rules.ruler().rule(rules.part(upload), reference="R")
        except Killed:
            rules.ruler().rule(rules.part(upload), reference="R")

    def ending():
        books = {(item["pk"]["S"], item["sk"]["S"]): item for item in office.cloud.peek("UploadsTable")}
        return sorted(map(str, office.cloud.peek("DevicesTable"))), books

    counter = Killer()
    run(counter)
    wanted = ending()
    assert rules.statuses(range(1, 6)) == "VVVPP"
    for at, operation in enumerate(counter.calls):
        for effect in (False, True):
            office.cloud.restore(checkpoint)
            killer = Killer(at=at, effect=effect)
            run(killer)
            assert killer.struck
            assert ending() == wanted, f"killed at call {at}, {operation}"
    right_books(office.cloud, office, {})


def test_time_that_is_up_is_said_and_the_next_try_goes_on(rules, office, small):
    rules.rule()
    upload = rules.upload(range(1, 10))
    office.seconds_left = lambda: 5.0
    with pytest.raises(OutOfTimeError):
        rules.ruler().rule(rules.part(upload), reference="R")
    office.seconds_left = lambda: 60.0
    rules.ruler().rule(rules.part(upload), reference="R")

    assert rules.statuses(range(1, 10)) == "V" * 9


def test_a_trial_says_what_a_rule_would_have_done_and_changes_nothing(rules, office):
    rules.order(quantity=3)
    rules.upload(range(1, 5), order="PO-1")
    rules.upload(range(11, 13), name="b.csv", order="PO-9")
    office.wait(minutes=5)
    office.reject(1)
    rule = rules.rule(needs_order=True, on=False)
    before = office.cloud.peek("UploadsTable")
    played = rules.rehearsal().play(rule)

    assert (played.seen, played.taken, played.rejected) == (6, 3, 1)
    assert {why.value: number for why, number in played.left.items()} == {"order_full": 1, "order_unknown": 2}
    assert played.strangers == ()
    assert office.cloud.peek("UploadsTable") == before
    office.wait(days=31)
    assert rules.rehearsal().play(rule).seen == 0


def test_the_trial_counts_caps_by_day_and_names_new_resellers(office, chain):
    rules = Rules(office, chain, known=False)
    rule = rules.rule(per_upload=2, per_day=3)
    rules.upload(range(1, 4))
    rules.upload(range(11, 14), name="b.csv")
    played = rules.rehearsal().play(rule)

    assert played.taken == 3
    assert {why.value: number for why, number in played.left.items()} == {"upload_cap": 1, "day_cap": 2}
    assert played.strangers == (ACME,)
