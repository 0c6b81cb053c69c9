"""Two who do something to the same device at once, and calls of which nobody knows whether they took effect."""

from __future__ import annotations

from unittest import mock

import pytest

from rollcall.approvals import Taken, Wish
from rollcall.chain import loading
from rollcall.decisions import Target
from rollcall.identifiers import Identifier, IdKind
from rollcall.life import Occasion
from rollcall.store.audit import AuditStore
from rollcall.store.deletions import DeletionsStore
from rollcall.store.device_changes import LockedError, TakenError
from rollcall.store.exchanges import ExchangesStore
from rollcall.transitions import Act
from tests.approvals import ACCEPT, MAX, NIA, REJECT, Office
from tests.books import LostError, conflict, count_unrecognised, right_books, tells_the_truth, unrecognised
from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud
from tests.faults import watching
from tests.files_of import csv_of, imei

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"


@pytest.fixture(scope="module")
def world():
    with running_cloud(chunk_rows=10) as running:
        running.accounts.apply(sample_directory())
        house = House(running)
        yield house, running.checkpoint()


class House(Office):
    """Everything that can be done to the devices of one upload.

    Number 1 is PENDING with two IMEIs, 2 VERIFIED, 3 REJECTED, 4 EXCHANGING, 5 not recognised.
    """

    def __init__(self, cloud):
        super().__init__(cloud)
        rows = [f"{imei(one)},{imei(50) if one == 1 else ''}" for one in range(1, 6)]
        with mock.patch.object(loading, "arrive", unrecognised(5)):
            self.upload = Chain(cloud).upload(KEY, csv_of(*rows, header="imei,imei2")).upload_id
        count_unrecognised(cloud, self.upload, "CUST-NORTHWIND", 1)
        self.deletions = DeletionsStore(
            self.transactions, self.decisions.changes, devices="DevicesTable", uploads="UploadsTable"
        )
        self.swaps = ExchangesStore(self.decisions.changes)
        self.accepted = self.accept(2).decision.id
        self.rejected = self.reject(3, reason="not ordered").decision.id
        self.begin_exchange(4)
        self.past = right_books(cloud, self, {})

    def target(self, number):
        device = self.decisions.changes.read([f"imei#{imei(number)}"])[f"imei#{imei(number)}"]
        return Target(device.id, device.generation)

    def occasion(self, name):
        return Occasion(f"X-{name}", "person:T0ACME:U0RAE", "2026-03-01T10:00:00Z", "R-1")

    def begin_exchange(self, number):
        return self.swaps.begin(self.occasion(f"swap{number}"), self.target(number), reseller="RSL-ACME")

    def acts(self):
        """Name → an act that can be repeated, on the device of its number."""
        targets = {number: self.target(number) for number in range(1, 6)}
        new = Identifier(IdKind.IMEI, imei(60))
        return {
            "accept 1": lambda: self.approvals.decide(NIA, [targets[1]], Wish("a1")),
            "reject 1": lambda: self.approvals.decide(MAX, [targets[1]], Wish("r1", REJECT)),
            "all": lambda: self.approvals.decide_upload(MAX, self.upload, 4, Wish("all", REJECT)),
            "undo 2": lambda: self.approvals.undo(NIA, self.accepted, once="u2"),
            "undo 2 too": lambda: self.approvals.undo(MAX, self.accepted, once="v2"),
            "undo 3": lambda: self.approvals.undo(NIA, self.rejected, once="u3"),
            **{f"delete {one}": self.deleting(targets[one], Act.DELETED) for one in (1, 2, 3, 5)},
            "undo upload 1": self.deleting(targets[1], Act.UPLOAD_UNDONE),
            "swap 1": lambda: self.swaps.begin(self.occasion("s1"), targets[1], reseller="RSL-ACME"),
            "swap 2": lambda: self.swaps.begin(self.occasion("s2"), targets[2], reseller="RSL-ACME"),
            "swapped 4": lambda: self.swaps.end(self.occasion("swap4"), targets[4], slot="imei", replacement=new),
            "not swapped 4": lambda: self.swaps.end(self.occasion("swap4"), targets[4]),
            "heal 5": lambda: self.swaps.heal(self.occasion("h5"), [targets[5]]),
        }

    def deleting(self, target, act):
        occasion = self.occasion(f"{act}{target.key}")
        return lambda: self.deletions.delete(occasion, [target], reseller="RSL-ACME", act=act)


@pytest.fixture
def house(world):
    house, checkpoint = world
    house.cloud.restore(checkpoint)
    house.queue.take()
    return house


ACTS = (
    *("accept 1", "reject 1", "all", "undo 2", "undo 2 too", "undo 3", "delete 1", "delete 2", "delete 3", "delete 5"),
    *("undo upload 1", "swap 1", "swap 2", "swapped 4", "not swapped 4", "heal 5"),
)


def done(answer):
    """Whether an act says that it was done."""
    outcome = getattr(answer, "outcome", answer)
    return bool(getattr(outcome, "done", 0))


def number_of(name):
    return name.split()[-1] if name[-1].isdecimal() else "2" if name.startswith("undo 2") else "all"


def left(house):
    """What is there for anybody to see."""
    return (
        sorted(map(str, house.cloud.peek("DevicesTable"))),
        sorted(str(item) for item in house.cloud.peek("UploadsTable")),
    )


@pytest.mark.feature("B6")
@pytest.mark.parametrize(
    ("slow", "fast"),
    [
        (slow, fast)
        for slow in ACTS
        for fast in ACTS
        if slow != fast and (number_of(slow) == number_of(fast) or "all" in (number_of(slow), number_of(fast)))
    ],
)
def test_of_two_at_once_each_is_told_the_truth(house, slow, fast):
    """The faster comes between the slower one's reading and its writing."""
    acts, answers = house.acts(), {}

    def overtake(operation, _params):
        if operation == "TransactWriteItems" and "fast" not in answers:
            answers["fast"] = None
            answers["fast"] = acts[fast]()

    with watching(before=overtake):
        answers["slow"] = acts[slow]()
    now = right_books(house.cloud, house, house.past)

    assert done(answers["fast"])
    for answer in answers.values():
        tells_the_truth(getattr(answer, "outcome", answer), now)


@pytest.mark.feature("B4")
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("trouble", ["lost before", "lost behind", "conflict"])
def test_what_is_not_answered_is_done_once(house, name, trouble):
    """The network goes away before or behind the effect, or the table is busy; the same is asked for again."""
    before = house.cloud.checkpoint()
    acts = house.acts()
    assert done(acts[name]())
    wanted = left(house)
    house.cloud.restore(before)
    struck = []

    def strike(operation, params, *, behind):
        if operation == "TransactWriteItems" and not struck and behind == (trouble == "lost behind"):
            struck.append(operation)
            raise conflict(params) if trouble == "conflict" else LostError

    with watching(before=lambda *call: strike(*call, behind=False), after=lambda *call: strike(*call, behind=True)):
        try:
            acts[name]()
        except LostError:
            assert done(acts[name]())

    assert struck
    assert left(house) == wanted
    right_books(house.cloud, house, house.past)
    assert done(acts[name]())  # and once more, late
    assert left(house) == wanted


def test_nothing_comes_back_to_pending_while_the_whole_upload_is_decided_on(house, monkeypatch):
    """All is what waited when it was shown: not more."""
    monkeypatch.setattr("rollcall.store.decisions.ALL_AT_ONCE", 0)
    acts = house.acts()
    house.approvals.decide_upload(MAX, house.upload, 4, Wish("all", ACCEPT))

    assert isinstance(acts["undo 2"](), Taken)
    with pytest.raises(LockedError):
        acts["heal 5"]()
    with pytest.raises(LockedError):
        acts["not swapped 4"]()
    house.work()
    assert done(acts["heal 5"]())
    assert done(acts["undo 2"]())
    assert [house.status(number) for number in (1, 2, 5)] == ["VERIFIED", "PENDING", "PENDING"]
    right_books(house.cloud, house, house.past)


@pytest.mark.feature("B21")
def test_an_exchanged_device_is_found_by_both_and_keeps_its_history(house):
    done(house.acts()["swapped 4"]())
    device = house.devices.find(f"imei#{imei(60)}")

    assert device == house.devices.find(f"imei#{imei(4)}")
    assert device.ids["imei"].value == imei(60)
    assert device.id == f"imei#{imei(4)}"
    assert [entry.act for entry in device.history] == ["uploaded", "exchange_begun", "exchange_ended"]
    assert done(house.accept(60))
    house.deleting(house.target(60), Act.DELETED)()
    assert house.devices.find_many([f"imei#{imei(4)}", f"imei#{imei(60)}"]) == {}
    right_books(house.cloud, house, house.past)


@pytest.mark.feature("B21")
def test_an_identifier_that_is_anothers_is_not_given_to_a_device(house):
    taken = Identifier(IdKind.IMEI, imei(50))
    with pytest.raises(TakenError):
        house.swaps.end(house.occasion("swap4"), house.target(4), slot="imei", replacement=taken)

    assert house.status(4) == "EXCHANGING"
    assert done(house.acts()["not swapped 4"]())


@pytest.mark.feature("P15")
def test_a_deleted_device_can_be_uploaded_again_and_old_clicks_do_not_reach_it(house):
    acts = house.acts()
    acts["delete 1"]()
    Chain(house.cloud).upload(
        "uploads/RSL-ACME/CUST-NORTHWIND/b.csv", csv_of(f"{imei(50)},{imei(1)}", header="imei,imei2")
    )

    assert not done(acts["accept 1"]())
    assert house.status(1) == "PENDING"
    assert done(house.accept(1))
    right_books(house.cloud, house, house.past)


def test_what_is_not_the_resellers_is_not_there_to_delete(house):
    outcome = house.deletions.delete(house.occasion("d"), [house.target(1)], reseller="RSL-BOLTWAVE")

    assert outcome.refused[0].fault.code == "NOT_FOUND"
    assert outcome.refused[0].entry is None


def test_nothing_is_deleted_while_its_upload_or_an_exchange_is_under_way(house):
    chain = Chain(house.cloud)
    version = house.cloud.put("uploads/RSL-ACME/CUST-NORTHWIND/c.csv", csv_of(imei(70)))
    chain.plan("uploads/RSL-ACME/CUST-NORTHWIND/c.csv", version)
    for message in chain.chunks.take():
        chain.load(message)
    codes = [house.deleting(house.target(number), Act.DELETED)().refused[0].fault.code for number in (70, 4)]

    assert codes == ["UPLOAD_IN_PROGRESS", "DEVICE_EXCHANGING"]
    assert house.deleting(house.target(2), Act.UPLOAD_UNDONE)().refused[0].fault.code == "NOT_PENDING"


@pytest.mark.feature("B18")
@pytest.mark.feature("B13")
def test_the_audit_has_every_step_also_of_what_is_gone(house):
    acts = house.acts()
    acts["accept 1"]()
    acts["delete 1"]()
    acts["undo 3"]()
    store = AuditStore(
        house.client,
        changes=house.decisions.changes,
        devices=house.devices,
        parts=house.decisions.parts,
        uploads="UploadsTable",
    )
    entries = list(store.of_customer("CUST-NORTHWIND"))
    steps = {}
    for one in entries:
        steps.setdefault((one.generation.line, one.gone), []).append(one.entry.act.value)

    assert steps == {
        (2, True): ["uploaded", "accepted", "deleted"],
        (3, False): ["uploaded", "accepted"],
        (4, False): ["uploaded", "rejected", "undone"],
        (5, False): ["uploaded", "exchange_begun"],
        (6, False): ["uploaded"],
    }
    assert len(entries) == sum(len(history) for history in right_books(house.cloud, house, house.past).values())
    assert list(store.of_customer("CUST-FABRIKAM")) == []
