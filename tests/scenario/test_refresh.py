"""The manufacturer's registry is asked again: devices heal in the background, and nothing else about them changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import Person
from rollcall.refreshes import AGAIN, TRIES, RefreshState
from rollcall.refreshing.assembly import refreshes
from rollcall.refreshing.refreshes import Asker
from rollcall.refreshing.workshop import runner
from rollcall.registry import Opinion, Strictness
from rollcall.store.devices import DevicesStore
from rollcall.store.refreshes import RefreshesStore
from rollcall.ticking.resuming import refresh_resumer
from rollcall.transitions import Act, Status
from tests.approvals import Office
from tests.books import right_books
from tests.catalogues import Told, load
from tests.chain import Chain, ListQueue
from tests.cloud import REGION
from tests.faults import Killed, Killer
from tests.files_of import csv_of, imei
from tests.office import elements, labels, run_job, running_office, words
from tests.stock import ROLES

pytestmark = pytest.mark.feature("P7")

RAE, UMA, VIC = Person("T0ACME", "U0RAE"), ROLES["reseller uploader"], ROLES["reseller viewer"]
NIA, NORTHWIND = Person("T0NW", "U0NIA"), ("T0NW", "C0NWIT")
BEN = Person("T0BOLT", "U0BEN")
KEY = "uploads/RSL-ACME/CUST-NORTHWIND/new.csv"
MILLION = 1_000_000  # another type allocation code
KNOWN, NEW, NEVER = imei(1), [imei(MILLION + one) for one in range(3)], imei(2 * MILLION)
FIRST, SECOND = ("35000000,SM-A556B",), ("35000000,SM-A556B", "35000001,SM-G991B")
ACME = Asker("RSL-ACME", "person:T0ACME:U0RAE", RAE.key)
READS = {"GetItem", "BatchGetItem", "Query"}


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    """An office where the registry decides, with an upload of five devices, of which it recognises one."""
    with pytest.MonkeyPatch.context() as env:
        env.setenv("UNRECOGNISED", "MPTS_ERROR")
        limits = {"unrecognised": Strictness.MPTS_ERROR, "chunk_rows": 2}
        with running_office(tmp_path_factory.mktemp("office"), **limits) as running:
            chain = Chain(running.cloud)
            chain.now = datetime.now(UTC)
            load(chain, *FIRST)
            rows = csv_of(*(f"{one},,tag" for one in (KNOWN, *NEW, NEVER)), header="imei,model,tags")
            running.stock = chain.upload(KEY, rows, uploaded_by="rae@acme.example", order_number="PO-7")
            running.keep()
            yield running


@pytest.fixture
def office(open_office):
    open_office.set_back()
    run_job.tools.cache_clear()  # it remembers which catalogue counts
    return open_office


@pytest.fixture
def upload(office):
    return office.stock.upload_id


def learn(office):
    """The manufacturer comes to know the new devices."""
    load(Chain(office.cloud), *SECOND, at="2026-03-02T08:00:00Z")


def item(office, number):
    (found,) = [one for one in office.cloud.peek("DevicesTable") if one["id"]["S"] == f"imei#{number}"]
    return found


def device(office, number):
    return DevicesStore(office.cloud.settings.devices_table, region=REGION).find(f"imei#{number}")


def ask(office, person, typed):
    answer = office.command(person, typed)
    assert not problems({"blocks": answer["blocks"]}, "message")
    return words(answer["blocks"])


def said(office, person):
    """The last message in somebody's DM with the bot that everybody in it sees."""
    return words(office.messages(person)[-1]["blocks"])


def heard(office):
    """What Northwind's channel shows, message by message."""
    messages = [message.body for message in office.slack.world.messages[NORTHWIND]]
    for message in messages:
        assert not problems({"blocks": message["blocks"]}, "message")
    return messages


# -- in Slack --------------------------------------------------------------------------------------------------------


def test_what_the_registry_recognises_by_now_heals_and_both_sides_hear_of_it(office, upload):
    learn(office)
    before = {number: item(office, number) for number in (KNOWN, *NEW, NEVER)}

    answer = ask(office, RAE, f"/devices refresh {NEW[0]} {NEVER} {KNOWN} 356938035643809")
    assert "asked about 2 devices" in answer
    assert "1 device not in MPTS_ERROR" in answer
    assert "No device found for `356938035643809`" in answer
    assert office.waiting("jobs"), "it is done in the background"
    office.drain()

    told = said(office, RAE)
    assert "recognises 1 of 2 devices now" in told
    assert "1 device is still not recognised" in told
    healed = device(office, NEW[0])
    assert (healed.status, device(office, NEVER).status) == (Status.PENDING, Status.MPTS_ERROR)
    assert [entry.act for entry in healed.history] == [Act.UPLOADED, Act.HEALED]
    assert healed.history[-1].by == ACME.by
    now = {number: item(office, number) for number in before}
    changed = {name for name in now[NEW[0]] if now[NEW[0]][name] != before[NEW[0]].get(name)}
    assert changed == {"status", "version", "history", "pending_shard", "pending_key"}
    assert [number for number in before if now[number] != before[number]] == [NEW[0]]
    new = [words(message["blocks"]) for message in heard(office)]
    (news,) = [text for text in new if "recognise" in text and "waits for your decision now" in text]
    assert "1 device from Acme Mobile" in news


def test_a_whole_upload_is_asked_about_by_the_beginning_of_its_id(office, upload):
    learn(office)
    assert "asked about 4 devices" in ask(office, UMA, f"/devices refresh upload:{upload[:9]}")
    office.drain()

    assert "recognises 3 of 4 devices" in said(office, UMA)
    assert {device(office, one).status for one in NEW} == {Status.PENDING}
    assert device(office, NEVER).status is Status.MPTS_ERROR
    assert "3 devices from Acme Mobile wait for your decision now" in "\n".join(
        words(message["blocks"]) for message in heard(office)
    )
    assert "doubts no device" not in ask(office, RAE, f"/devices refresh upload:{upload}")


def test_a_healed_device_can_be_accepted_and_one_in_doubt_cannot(office, upload):
    refused = words(office.command(NIA, f"/approvals accept {NEW[0]}")["blocks"])
    assert "not pending" in refused
    learn(office)
    ask(office, RAE, f"/devices refresh {NEW[0]}")
    office.drain()

    (message,) = [one for one in heard(office) if "waits for your decision now" in words(one["blocks"])]
    assert labels({"blocks": message["blocks"]}) == [f"Review {upload}"]
    office.command(NIA, f"/approvals accept {NEW[0]}")
    assert device(office, NEW[0]).status is Status.VERIFIED


def test_a_message_about_an_upload_says_how_many_are_in_doubt(office, upload):
    office.cloud.client("sqs")
    chain = Chain(office.cloud)
    chain.finish({"upload_id": upload})
    for message in chain.notices.take():
        office.cloud.client("sqs").send_message(
            QueueUrl=office.cloud.queues["notices"], MessageBody=json.dumps(message)
        )
    office.drain()

    (news,) = [words(one["blocks"]) for one in heard(office) if upload in words(one["blocks"])]
    assert "1 device from Acme Mobile waits for your decision" in news
    assert "4 not recognised by the manufacturer's registry" in news
    assert "rejected or being exchanged" not in news


def test_with_nothing_in_doubt_there_is_nothing_to_ask(office, upload):
    assert "nothing to ask" in ask(office, RAE, f"/devices refresh {KNOWN}")
    assert office.waiting("jobs") == []


def press_again(office, person, card):
    """Picks "Ask the registry again" on a device's card; what only that person sees then."""
    ((block, menu),) = [found for found in elements(card) if found[1]["action_id"] == "devices.more"]
    picked = next(one["value"] for one in menu["options"] if one["text"]["text"] == "Ask the registry again")
    where = {"channel": card["channel"], "ts": card["ts"], "block_id": block["block_id"], "action_id": "devices.more"}
    assert office.slack.desk.click(person.team, person.user, where, picked, {}) == ""
    return words(office.messages(person)[-1]["blocks"])


def test_the_card_of_a_doubted_device_has_it_asked_again(office):
    learn(office)
    cards = {number: office.command(UMA, f"/devices {number}") for number in (NEW[0], KNOWN)}
    shown = {number: "Ask the registry again" in json.dumps(card["blocks"]) for number, card in cards.items()}
    assert shown == {NEW[0]: True, KNOWN: False}

    assert "asked about 1 device" in press_again(office, UMA, cards[NEW[0]])
    office.drain()

    assert device(office, NEW[0]).status is Status.PENDING
    assert "nothing to ask" in press_again(office, UMA, cards[NEW[0]])


@pytest.mark.parametrize("typed", ["/devices refresh", "/devices refresh {known} upload:{upload}"])
def test_devices_or_an_upload_are_named_not_both_and_not_neither(office, upload, typed):
    assert "Name devices or one upload" in ask(office, RAE, typed.format(known=KNOWN, upload=upload))


def test_who_may_not_upload_may_not_ask(office, upload):
    for person in (VIC, NIA):
        answer = ask(office, person, f"/devices refresh {NEW[0]}")
        assert "may not" in answer or "role" in answer.lower(), answer
    assert office.waiting("jobs") == []


def test_what_is_another_resellers_is_as_unknown_as_what_is_not_there(office, upload):
    theirs = ask(office, BEN, f"/devices refresh {NEW[0]}")
    nobodys = ask(office, BEN, "/devices refresh 356938035643809")
    assert theirs.replace(NEW[0], "X") == nobodys.replace("356938035643809", "X")
    assert "No device found" in theirs
    theirs = ask(office, BEN, f"/devices refresh upload:{upload}")
    nobodys = ask(office, BEN, "/devices refresh upload:U-ZZZZ-ZZZZ-ZZZZ-ZZZZ")
    assert theirs.replace(upload, "X") == nobodys.replace("U-ZZZZ-ZZZZ-ZZZZ-ZZZZ", "X")
    assert office.waiting("jobs") == []


def test_the_same_command_heard_twice_is_one_job(office, upload):
    ask(office, RAE, f"/devices refresh {NEW[0]}")
    ask(office, RAE, f"/devices refresh {NEW[0]}")
    jobs = {message["id"] for message in office.waiting("jobs")}
    assert len(jobs) in (1, 2), "two minutes may meet between them"
    learn(office)
    office.drain()

    assert [entry.act for entry in device(office, NEW[0]).history].count(Act.HEALED) == 1


# -- behind it -------------------------------------------------------------------------------------------------------


class Behind:
    """Refreshes worked on by hand."""

    def __init__(self, office, registry=None):
        self.office, self.cloud = office, office.cloud
        self.queue, self.now = ListQueue(), datetime.now(UTC)
        self.registry = registry
        self.quiet = False
        self.dynamodb = self.cloud.client("dynamodb")
        self.store = RefreshesStore(self.dynamodb, "UploadsTable")
        self.refreshes = refreshes(
            self.cloud.settings, dynamodb=self.dynamodb, sqs=self.cloud.client("sqs"), now=lambda: self.now
        )
        self.refreshes._queue = self.queue

    def run(self, id_, seconds_left=lambda: 300.0):
        registry = self.registry or Chain(self.cloud).registries().registry(seconds_left)
        worker = runner(
            self.cloud.settings,
            registry,
            dynamodb=self.dynamodb,
            sqs=self.cloud.client("sqs"),
            seconds_left=seconds_left,
            now=lambda: self.now,
        )
        worker._queue = self.queue
        if self.quiet:
            worker._tidings = Mock()
        return worker.run(id_)

    def work(self, killer=None):
        """Delivers the messages until none is left, the first time with a killer; the refresh as it is then."""
        refresh = None
        while self.queue.messages:
            message = self.queue.messages[0]
            try:
                if killer and not killer.struck:
                    with killer.stalking():
                        refresh = self.run(message["id"])
                else:
                    refresh = self.run(message["id"])
            except Killed:
                continue
            self.queue.messages.remove(message)
        return refresh


def ending(behind):
    """What is left for anybody to see."""
    uploads = {}
    for found in behind.cloud.peek("UploadsTable"):
        if found["pk"]["S"].startswith("notice#"):
            continue  # how often something became due is nobody's business
        found.pop("revision", None)
        uploads[found["pk"]["S"], found["sk"]["S"]] = found
    return sorted(map(str, behind.cloud.peek("DevicesTable"))), uploads


@pytest.mark.parametrize("way", ["upload", "list"])
def test_a_refresh_that_dies_at_any_call_ends_as_if_it_had_not(office, upload, way, monkeypatch):
    monkeypatch.setattr("rollcall.refreshing.refreshes.PAGE", 2)
    learn(office)
    behind = Behind(office)
    behind.quiet = True  # bringing messages up to date is most of the calls, and shown by itself
    if way == "upload":
        behind.refreshes.of_upload(ACME, upload, devices=4, once="once")
    else:
        behind.refreshes.of_devices(ACME, [device(office, one) for one in (*NEW, NEVER)], once="once")
    checkpoint, messages = office.cloud.checkpoint(), list(behind.queue.messages)
    counter = Killer()
    done = behind.work(counter)
    wanted = ending(behind)
    assert (done.state, done.total, done.done, dict(done.healed)) == (RefreshState.DONE, 4, 4, {"CUST-NORTHWIND": 3})

    for at, operation in enumerate(counter.calls):
        for effect in (False, True):
            if operation in READS and (effect or at % 7):
                continue  # to die at a read is to die before the next write: some will do
            office.cloud.restore_tables(checkpoint)
            behind.queue.messages = list(messages)
            killer = Killer(at=at, effect=effect)
            behind.work(killer)

            assert killer.struck
            assert ending(behind) == wanted, f"killed at call {at}, {operation}"
    right_books(office.cloud, Office(office.cloud), {})


def test_out_of_time_it_goes_on_where_it_was(office, upload):
    learn(office)
    behind = Behind(office)
    begun = behind.refreshes.of_upload(ACME, upload, devices=4, once="once")
    left = iter([300.0] * 4 + [0.0] * 1000)
    assert behind.run(begun.id, seconds_left=lambda: next(left)).state is RefreshState.RUNNING
    assert len(behind.queue.messages) == 2, "it sent itself on its way"

    assert behind.work().recognised == 3


def test_a_registry_that_does_not_answer_is_asked_again_later_and_later(office, upload):
    behind = Behind(office, Told([Opinion.UNAVAILABLE]))
    begun = behind.refreshes.of_upload(ACME, upload, devices=4, once="once")
    behind.queue.take()
    pauses = []
    for _ in range(TRIES - 1):
        refresh = behind.run(begun.id)
        assert refresh.state is RefreshState.RUNNING
        pauses.append(refresh.pause)
    assert pauses == sorted(pauses)
    assert pauses[0] < 60 < pauses[-1] <= 900
    last = behind.run(begun.id)

    assert (last.state, last.recognised, last.done) == (RefreshState.GIVEN_UP, 0, 0)
    assert {device(office, one).status for one in NEW} == {Status.MPTS_ERROR}
    office.drain()
    assert "did not answer" in said(office, RAE)
    assert behind.run(begun.id).state is RefreshState.GIVEN_UP, "over is over"


def test_one_that_answers_in_between_heals_what_it_answers_about(office, upload):
    behind = Behind(office, Told([Opinion.UNAVAILABLE, Opinion.RECOGNISED]))
    behind.refreshes.of_upload(ACME, upload, devices=4, once="once")

    assert dict(behind.work().healed) == {"CUST-NORTHWIND": 4}


def test_an_upload_about_which_the_registry_never_spoke_is_asked_about_by_itself(office):
    chain = Chain(office.cloud)
    chain.registry = Told([Opinion.UNAVAILABLE])
    number = imei(77)
    version = office.cloud.put("uploads/RSL-ACME/CUST-NORTHWIND/late.csv", csv_of(number))
    upload = chain.plan("uploads/RSL-ACME/CUST-NORTHWIND/late.csv", version).upload
    (message,) = chain.chunks.take()
    chain.load(message, recogniser=chain.recogniser(last=True))
    chain.drain()
    assert device(office, number).status is Status.MPTS_ERROR

    (again,) = [job for job in chain.jobs.take() if job["kind"] == AGAIN]
    assert again["upload"] == upload.id
    office.cloud.client("sqs").send_message(QueueUrl=office.cloud.queues["jobs"], MessageBody=json.dumps(again))
    office.drain()

    assert device(office, number).status is Status.PENDING
    assert device(office, number).history[-1].by == "rollcall"


def test_one_that_is_stuck_is_sent_on_and_one_that_is_over_is_not(office, upload):
    behind = Behind(office)
    behind.refreshes.of_upload(ACME, upload, devices=4, once="once")
    behind.queue.take()
    later = (behind.now + timedelta(minutes=30)).timestamp()
    resumer = refresh_resumer(behind.store, behind.queue, lambda: later)

    assert len(resumer.sweep().sent) == 1
    assert resumer.sweep().sent == (), "not again so soon"
    behind.work()
    assert refresh_resumer(behind.store, behind.queue, lambda: later + 7200).sweep().sent == ()


def test_buttons_carry_no_more_than_what_is_shown(office, upload):
    learn(office)
    ask(office, RAE, f"/devices refresh {NEW[0]}")
    office.drain()
    (message,) = [one for one in heard(office) if "waits for your decision now" in words(one["blocks"])]

    (value,) = [json.loads(element["value"]) for _, element in elements(message) if element["type"] == "button"]
    assert value.keys() == {"u", "v"}
