"""Any number of people do anything to a few devices, at once, with calls that fail before and behind their effect.

Whatever happens: no state and no step outside the table of transitions, one entry in the history for each step, the
past never rewritten, every figure equal to a recount, and everybody told what is true.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rollcall.accounts import CustomerRole
from rollcall.approvals import Approver, Decided, Queued, Wish
from rollcall.decisions import DecisionKind, Target, decision_id
from rollcall.identifiers import Identifier, IdKind
from rollcall.life import Occasion
from rollcall.registry import Strictness
from rollcall.store.audit_items import audit_of
from rollcall.store.deletions import DeletionsStore
from rollcall.store.device_changes import LockedError, TakenError
from rollcall.store.device_items import device_of
from rollcall.store.exchanges import ExchangesStore
from rollcall.transitions import Act, Status
from rollcall.uploads import utc
from tests.approvals import Office
from tests.books import ENDS, LostError, conflict, right_books
from tests.catalogues import Doubting
from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud
from tests.faults import watching
from tests.files_of import csv_of, imei

POOL = range(1, 7)
SECOND = 50  # a device with two IMEIs has this much more as its second
CUSTOMERS = ("CUST-NORTHWIND", "CUST-CONTOSO")
NUMBERS = st.lists(st.sampled_from(POOL), min_size=1, max_size=4, unique=True)
FEW = st.sampled_from([False] * 9 + [True])
KINDS = st.sampled_from([DecisionKind.ACCEPT, DecisionKind.REJECT])
#: Which transaction of an act goes wrong, and how: its answer is lost before or behind its effect, the table is busy,
#: or somebody else comes first.
WAYS = ["lost before", "lost behind", "conflict", "intruder"]
TROUBLE = st.one_of(st.none(), st.tuples(st.sampled_from([0, 0, 0, 1]), st.sampled_from(WAYS)))


def key(number):
    return f"imei#{imei(number)}"


class Life(RuleBasedStateMachine):
    """The sample accounts' people, and Rollcall."""

    cloud = None
    checkpoint = None
    decisions = Bundle("decisions")
    exchanges = Bundle("exchanges")
    deletes = Bundle("deletes")
    uploads = Bundle("uploads")

    @initialize(target=uploads)
    def begin(self):
        self.cloud.restore(self.checkpoint)
        self.office = Office(self.cloud)
        self.chain = Chain(self.cloud.with_limits(unrecognised=Strictness.MPTS_ERROR))
        self.chain.registry = Doubting(imei(POOL[-1]))
        self.deletions = DeletionsStore(
            self.office.transactions, self.office.decisions.changes, devices="DevicesTable", uploads="UploadsTable"
        )
        self.swaps = ExchangesStore(self.office.decisions.changes)
        self.count = 0
        self.past, self.meant, self.clicks = {}, {}, []
        return multiple(self._upload(POOL[:4], CUSTOMERS[0]), self._upload(POOL[4:], CUSTOMERS[1]))

    # ---- what is done ------------------------------------------------------------------------------------------------

    @rule(target=uploads, numbers=NUMBERS, customer=st.sampled_from(CUSTOMERS))
    def upload(self, numbers, customer):
        return self._upload(numbers, customer)

    def _upload(self, numbers, customer):
        rows = [f"{imei(one)},{imei(one + SECOND) if one % 2 else ''}" for one in numbers]
        name = f"uploads/RSL-ACME/{customer}/{self.once()}.csv"
        self.chain.now = self.office.now
        report = self.chain.upload(name, csv_of(*rows, header="imei,imei2"))
        return report.upload_id, customer

    @rule(target=decisions, numbers=NUMBERS, stranger=FEW, kind=KINDS, trouble=TROUBLE)
    def decide(self, numbers, stranger, kind, trouble):
        found = self.office.decisions.changes.read(map(key, numbers))
        owners = [device.generation.customer for device in found.values()] or [CUSTOMERS[0]]
        customer = CUSTOMERS[owners[0] == CUSTOMERS[0]] if stranger else owners[0]
        wish = Wish(self.once(), kind, only_this_time=True)
        return self.click((numbers, customer, wish), trouble)

    @rule(click=st.integers(0, 5), trouble=TROUBLE)
    def decide_again(self, click, trouble):
        """A click that is delivered once more, however late."""
        if click < len(self.clicks):
            self.click(self.clicks[-1 - click], trouble)

    def click(self, click, trouble):
        numbers, customer, wish = click
        self.clicks.append(click)
        answer = self.perform(lambda: self.office.approvals.decide(approver(customer), targets(numbers), wish), trouble)
        assert isinstance(answer, Decided)
        self.is_true(answer.outcome, answer.decision.id, answer.decision.act)
        return answer.decision.id, customer

    @rule(target=decisions, upload=uploads, kind=KINDS, trouble=TROUBLE, is_job=st.booleans(), stale=FEW)
    def decide_all(self, upload, kind, trouble, is_job, stale):
        id_, customer = upload
        pending = self.office.decisions.pending_of(id_, customer)
        if pending is None:
            return "", customer
        wish = Wish(self.once(), kind, only_this_time=True)
        version = pending.version - stale
        waiting = {device.generation for device in self.alive(id_) if device.status is Status.PENDING}
        self.meant[decision_id(wish.once, customer, approver(customer).by, kind)] = waiting
        with mock.patch("rollcall.store.decisions.ALL_AT_ONCE", -1 if is_job else 90):
            answer = self.perform(
                lambda: self.office.approvals.decide_upload(approver(customer), id_, version, wish), trouble
            )
        assert not (stale and isinstance(answer, Decided | Queued))
        if isinstance(answer, Decided):
            self.is_true(answer.outcome, answer.decision.id, answer.decision.act)
            return answer.decision.id, customer
        return (answer.job.decision.id, customer) if isinstance(answer, Queued) else ("", customer)

    @precondition(lambda self: self.office.queue.messages)
    @rule(trouble=TROUBLE)
    def work(self, trouble):
        for message in self.office.queue.take():
            self.perform(lambda id_=message["id"]: self.office.runner().run(id_), trouble)

    @rule(decision=decisions, trouble=TROUBLE, minutes=st.sampled_from([0, 0, 11]))
    def undo(self, decision, trouble, minutes):
        id_, customer = decision
        self.office.wait(minutes=minutes)
        once = self.once()
        answer = self.perform(lambda: self.office.approvals.undo(approver(customer), id_, once=once), trouble)
        if isinstance(answer, Decided):
            self.is_true(answer.outcome, answer.decision.id, Act.UNDONE)
            assert not (minutes and answer.outcome.done)

    @rule(target=deletes, number=st.sampled_from(POOL), trouble=TROUBLE, act=st.sampled_from(ENDS), released=FEW)
    def delete(self, number, trouble, act, released):
        found = self.office.decisions.changes.read([key(number), key(number + 1)])
        meant = [Target(id_, device.generation) for id_, device in found.items()]
        occasion = self.occasion()
        release = Occasion(occasion.id, "person:T0NW:U0NIA", occasion.at, "R") if released else None
        self.delete_again((occasion, meant, act, release), trouble)
        return occasion, meant, act, release

    @rule(delete=consumes(deletes), trouble=TROUBLE)
    def delete_again(self, delete, trouble):
        occasion, meant, act, release = delete
        outcome = self.perform(
            lambda: self.deletions.delete(occasion, meant, reseller="RSL-ACME", act=act, release=release), trouble
        )
        gone = {audit.generation: audit for audit in self.gone()}
        for one in outcome.settled:
            born = one.target.generation
            assert one.done == (born in gone and gone[born].history[-1].decision == occasion.id)

    @rule(target=exchanges, number=st.sampled_from(POOL), trouble=TROUBLE)
    def begin_exchange(self, number, trouble):
        occasion = self.occasion()
        outcome = self.perform(lambda: self.swaps.begin(occasion, Target(key(number)), reseller="RSL-ACME"), trouble)
        self.is_true(outcome, occasion.id, Act.EXCHANGE_BEGUN)
        return occasion, number

    @rule(exchange=exchanges, replacement=st.one_of(st.none(), st.integers(60, 63)), trouble=TROUBLE)
    def end_exchange(self, exchange, replacement, trouble):
        occasion, number = exchange
        occasion = replace(occasion, at=utc(self.office.now))
        new = Identifier(IdKind.IMEI, imei(replacement)) if replacement else None
        try:
            outcome = self.perform(
                lambda: self.swaps.end(occasion, Target(key(number)), slot="imei", replacement=new), trouble
            )
        except (TakenError, LockedError):
            return
        self.is_true(outcome, occasion.id, Act.EXCHANGE_ENDED)

    @rule(numbers=NUMBERS, trouble=TROUBLE)
    def heal(self, numbers, trouble):
        occasion = self.occasion()
        try:
            outcome = self.perform(lambda: self.swaps.heal(occasion, targets(numbers)), trouble)
        except LockedError:
            return
        self.is_true(outcome, occasion.id, Act.HEALED)

    # ---- how it is done ----------------------------------------------------------------------------------------------

    def perform(self, act, trouble):
        """Does something, with trouble at one of its transactions; what is not answered is done again."""
        self.office.wait(seconds=1)
        if trouble is None:
            return act()
        at, what = trouble
        seen = Counter()

        def strike(operation, params, *, behind):
            if operation != "TransactWriteItems" or seen["inside"]:
                return
            if not behind:
                seen["calls"] += 1
            if seen["calls"] - 1 != at or seen["struck"] or behind != (what == "lost behind"):
                return
            seen["struck"] += 1
            if what == "intruder":
                seen["inside"] += 1
                self.intrude(params)
                seen["inside"] -= 1
            else:
                raise conflict(params) if what == "conflict" else LostError

        with watching(before=lambda *call: strike(*call, behind=False), after=lambda *call: strike(*call, behind=True)):
            try:
                return act()
            except LostError:
                return act()

    def intrude(self, params):
        """Somebody is faster with one of the devices: rejects, accepts, deletes it or begins to exchange it."""
        written = [action.get("Update") or action.get("Put") or {} for action in params["TransactItems"]]
        ids = [(one.get("Key") or one["Item"]).get("id", {}).get("S") for one in written if one]
        found = [device for device in self.alive() if device.id in ids]
        self.count += 1
        for device in found[-2:]:
            target, customer = Target(device.id, device.generation), device.generation.customer
            if self.count % 5 == 0:
                self.deletions.delete(self.occasion(), [target], reseller="RSL-ACME")
            elif self.count % 5 == 1:
                self.swaps.begin(self.occasion(), target, reseller="RSL-ACME")
            else:
                kind = DecisionKind.ACCEPT if self.count % 5 == 2 else DecisionKind.REJECT
                wish = Wish(self.once(), kind, only_this_time=True)
                self.office.approvals.decide(approver(customer), [target], wish)

    def once(self):
        self.count += 1
        return f"once {self.count}"

    def occasion(self):
        id_ = self.once().replace("once ", "X-")
        return Occasion(id=id_, by="person:T0ACME:U0RAE", at=utc(self.office.now), reference="R")

    # ---- what must be true -------------------------------------------------------------------------------------------

    def is_true(self, outcome, id_, act):
        """Everybody was told what the histories say."""
        alive = {device.generation: device for device in self.alive()}
        gone = {audit.generation: audit for audit in self.gone()}
        for one in outcome.settled:
            if one.done:
                there = alive.get(one.device.generation) or gone[one.device.generation]
                assert [entry.act for entry in there.history if entry.decision == id_].count(act) == 1
            elif one.fault and one.entry:
                assert all(entry.decision != id_ or entry.act is not act for entry in [one.entry])

    def items(self):
        return self.cloud.peek("DevicesTable")

    def alive(self, upload=None):
        devices = [device_of(item) for item in self.items() if item["kind"]["S"] == "device"]
        return [device for device in devices if upload in (None, device.generation.upload)]

    def gone(self):
        return [audit_of(item) for item in self.cloud.peek("UploadsTable") if item["sk"]["S"].startswith("audit#")]

    @invariant()
    def the_books_are_right(self):
        if not hasattr(self, "past"):
            return
        self.past = right_books(self.cloud, self.office, self.past)
        for generation, history in self.past.items():
            for entry in history:
                assert generation in self.meant.get(entry.decision, [generation]), "not what was shown"


def approver(customer):
    return Approver(customer, CustomerRole.APPROVER, f"person:T0:{customer}")


def targets(numbers):
    return [Target(key(number)) for number in numbers]


@pytest.mark.feature("B6")
@pytest.mark.feature("B18")
@pytest.mark.feature("P7")
def test_whatever_happens_the_books_are_right():
    with running_cloud(chunk_rows=3) as cloud:
        cloud.accounts.apply(sample_directory())
        Life.cloud, Life.checkpoint = cloud, cloud.checkpoint()
        limits = settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate],  # shrinking takes minutes: add it to find out why
        )
        run_state_machine_as_test(Life, settings=limits)
