"""An IMEI is exchanged: done, refused, never answered, not answering well; the device always comes back by itself."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rollcall.approvals import Wish
from rollcall.approvals.answers import Denied
from rollcall.exchanges import Answer, ExchangeState, NoExchangeSystem, Verdict
from rollcall.store.exchange_http import HttpExchangeSystem
from tests.books import right_books
from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud
from tests.exchangers import DONE, LATER, Exchangers, System
from tests.faults import Killed, Killer, watching
from tests.files_of import csv_of, imei
from tests.removers import BOB, KEY, NIA, RAE, UMA, Removers


@pytest.fixture(scope="module")
def world():
    with running_cloud(chunk_rows=10) as cloud:
        cloud.accounts.apply(sample_directory())
        upload = Exchangers(cloud).stock()
        others = Chain(cloud).upload("uploads/RSL-BOLTWAVE/CUST-FABRIKAM/f.csv", csv_of(imei(80)))
        assert others.summary["stored"] == 1
        yield cloud, upload, cloud.checkpoint()


@pytest.fixture
def office(world):
    cloud, upload, checkpoint = world
    cloud.restore(checkpoint, keep=KEY)
    office = Exchangers(cloud)
    office.upload = upload
    past = right_books(cloud, office, {})
    yield office
    right_books(cloud, office, past)


def history(office, number):
    device = office.devices.find(f"imei#{imei(number)}")
    return [(entry.act.value, entry.note) for entry in device.history[-2:]]


@pytest.mark.feature("B21")
@pytest.mark.parametrize(("number", "state"), [(1, "PENDING"), (2, "VERIFIED")])
def test_a_confirmed_exchange_gives_the_device_its_new_imei_and_its_state_back(office, number, state):
    begun = office.exchanges.begin(RAE, imei(number), imei(60), once="x")
    assert office.status(number) == "EXCHANGING"
    office.system = System(DONE)
    office.work()
    ended = office.records.get(begun.id)

    assert (ended.state, office.status(60), office.status(number)) == (ExchangeState.DONE, state, state)
    assert office.devices.find(f"imei#{imei(number)}").ids["imei"].value == imei(60), "the old IMEI finds the device"
    assert history(office, 60) == [
        ("exchange_begun", f"{imei(number)} for {imei(60)}"),
        ("exchange_ended", f"{imei(number)} is {imei(60)} now"),
    ]
    told = office.told()
    assert ("exchange", begun.id, "RSL-ACME", RAE.person) in told
    assert ("approval", office.upload, "CUST-NORTHWIND", "") in told


@pytest.mark.feature("B21")
def test_the_second_imei_can_be_exchanged_and_the_first_stays(office):
    office.system = System(DONE)
    office.exchange(50, 60)
    device = office.devices.find(f"imei#{imei(50)}")

    assert (device.ids["imei"].value, device.ids["imei2"].value) == (imei(1), imei(60))


@pytest.mark.feature("B21")
def test_a_refused_exchange_leaves_the_old_imei_and_says_why(office):
    office.system = System(Answer(Verdict.FAILED, "not\nours"))
    begun = office.exchange(1, 60)

    assert office.records.get(begun.id).state is ExchangeState.FAILED
    assert (office.status(1), office.status(60)) == ("PENDING", None)
    assert history(office, 1)[-1] == ("exchange_ended", "failed: not ours")


@pytest.mark.feature("B21")
@pytest.mark.parametrize("system", [NoExchangeSystem(), System(LATER)], ids=["none connected", "never answers"])
def test_what_nobody_confirms_is_over_after_a_day(office, system):
    office.system = system
    begun = office.exchange(2, 60)
    for _ in range(23):
        office.wait(hours=1, seconds=1)
        office.tick()
    assert office.status(2) == "EXCHANGING"
    office.wait(hours=1)
    office.tick()

    assert office.records.get(begun.id).state is ExchangeState.NOT_CONFIRMED
    assert (office.status(2), office.status(60)) == ("VERIFIED", None)
    assert history(office, 2)[-1] == ("exchange_ended", "not confirmed within 24 hours")
    office.wait(hours=1)
    assert office.tick() == [], "nothing is left to look after"


@pytest.mark.feature("B21")
def test_a_system_that_answers_later_is_asked_again_with_the_same_id(office):
    office.system = System(LATER, LATER, DONE)
    begun = office.exchange(1, 60)
    assert office.tick() == [], "not before its time"
    office.wait(minutes=1)
    office.tick()
    assert office.tick() == []
    office.wait(minutes=5)
    office.tick()

    assert [asked[0] for asked in office.system.asked] == [begun.id] * 3
    assert office.status(60) == "PENDING"


@pytest.mark.feature("B21")
def test_a_message_that_was_lost_is_made_up_for_by_the_clock(office):
    office.system = System(DONE)
    office.exchanges.begin(RAE, imei(1), imei(60), once="x")
    office.queue.take()
    office.wait(minutes=1)
    office.tick()

    assert office.status(60) == "PENDING"


@pytest.mark.feature("B21")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (imei(99), imei(60), "NOT_FOUND"),
        (imei(80), imei(60), "NOT_FOUND"),  # another reseller's
        (imei(3), imei(60), "NOT_EXCHANGEABLE"),
        (imei(5), imei(60), "NOT_EXCHANGEABLE"),
        (imei(4), imei(60), "DEVICE_EXCHANGING"),
        (imei(1), imei(80), "IDENTIFIER_TAKEN"),  # another reseller's
        (imei(1), imei(2), "IDENTIFIER_TAKEN"),
        (imei(1), imei(50), "IDENTIFIER_TAKEN"),  # its own second
        (imei(1), imei(1), "IDENTIFIER_TAKEN"),
        (imei(1), "490154203237519", "IMEI_CHECK_DIGIT"),
        (imei(1), "hello", "IMEI_NOT_DIGITS"),
        (imei(1), "", "EXCHANGE_NOT_IMEI"),
    ],
)
def test_what_cannot_be_exchanged_is_refused_without_naming_anybody(office, old, new, code):
    denied = office.exchanges.begin(RAE, old, new, once="x")

    assert isinstance(denied, Denied)
    assert [fault.code for fault in denied.faults] == [code]
    said = " ".join(fault.message + fault.remedy for fault in denied.faults)
    assert "BOLTWAVE" not in said
    assert "Boltwave" not in said
    assert office.queue.messages == []


@pytest.mark.feature("B21")
def test_only_admins_of_its_reseller_exchange(office):
    for who, code in ((UMA, "DECISION_NOT_ALLOWED"), (BOB, "NOT_FOUND")):
        denied = office.exchanges.begin(who, imei(1), imei(60), once="x")
        assert [fault.code for fault in denied.faults] == [code]
    assert office.status(1) == "PENDING"


@pytest.mark.feature("B21")
def test_an_imei_that_was_exchanged_away_cannot_be_exchanged_again(office):
    office.system = System(DONE)
    office.exchange(1, 60)
    denied = office.exchange(1, 61, once="y")
    assert [fault.code for fault in denied.faults] == ["EXCHANGE_FORMER"]
    office.exchange(60, 61, once="z")
    assert {office.devices.find(f"imei#{imei(one)}").ids["imei"].value for one in (1, 60, 61)} == {imei(61)}


@pytest.mark.feature("B21")
def test_a_new_imei_that_somebody_uploads_meanwhile_ends_the_exchange(office):
    begun = office.exchange(1, 60)
    stored = Chain(office.cloud).upload("uploads/RSL-BOLTWAVE/CUST-FABRIKAM/g.csv", csv_of(imei(60)))
    office.system = System(DONE)
    office.wait(minutes=2)
    office.tick()

    assert stored.summary["stored"] == 1
    ended = office.records.get(begun.id)
    assert (ended.state, ended.reason) == (ExchangeState.FAILED, "the new IMEI belongs to another device")
    assert office.status(1) == "PENDING"


@pytest.mark.feature("B21")
def test_nothing_is_decided_on_or_deleted_while_it_is_exchanged(office):
    office.exchange(1, 60)
    answer = office.accept(1, once="a")
    assert [one.fault.code for one in answer.outcome.refused] == ["DEVICE_EXCHANGING"]
    assert office.delete(1).by_code == {"DEVICE_EXCHANGING": 1}
    assert "exchanged" in answer.outcome.refused[0].fault.message


@pytest.mark.feature("B21")
def test_a_device_waits_with_its_return_while_all_of_its_upload_is_decided_on(office, monkeypatch):
    monkeypatch.setattr("rollcall.store.decisions.ALL_AT_ONCE", 0)
    office.exchange(1, 60)
    Chain(office.cloud)
    again = Chain(office.cloud).upload("uploads/RSL-ACME/CUST-NORTHWIND/d.csv", csv_of(imei(90), imei(91))).upload_id
    office.exchange(90, 61, once="y")
    version = office.decisions.pending_of(again, "CUST-NORTHWIND").version
    office.approvals.decide_upload(NIA, again, version, Wish("all"))
    jobs = office.queue.take()
    office.system = System(DONE)
    office.wait(minutes=1)
    office.tick()
    assert office.status(90) == "EXCHANGING"
    office.queue.messages = jobs
    office.work()
    office.wait(minutes=1)
    office.tick()

    assert office.status(61) == "PENDING"
    assert office.status(91) == "VERIFIED"


@pytest.mark.feature("B21")
@pytest.mark.parametrize("answer", [DONE, Answer(Verdict.FAILED, "no"), LATER], ids=["done", "failed", "later"])
def test_an_exchange_that_dies_at_any_call_ends_as_it_would_have(office, answer):
    begun = office.exchanges.begin(RAE, imei(2), imei(60), once="x")
    checkpoint, (message,) = office.cloud.checkpoint(), office.queue.take()
    office.system, counter = System(answer), Killer()
    with counter.stalking():
        exchange = office.run(message)
    wanted = ending(office, exchange)

    for at, operation in enumerate(counter.calls):
        for effect in (False, True):
            if effect and operation in {"GetItem", "BatchGetItem", "Query"}:
                continue  # to die behind a read is to die before the next call
            office.cloud.restore(checkpoint, keep=KEY)
            with pytest.raises(Killed), Killer(at=at, effect=effect).stalking():
                office.run(message)
            assert ending(office, office.run(message)) == wanted, f"killed at call {at}, {operation}"
            if answer is LATER:
                assert office.records.get(begun.id).tries <= 2


def ending(office, exchange):
    return office.status(60), office.status(2), exchange.state, exchange.note


@pytest.mark.feature("B21")
def test_what_the_system_has_said_once_counts_whatever_it_says_after_a_crash(office):
    office.exchanges.begin(RAE, imei(2), imei(60), once="x")
    (message,) = office.queue.take()
    office.system = System(DONE)

    def die(operation, _params):
        if operation == "TransactWriteItems":
            raise Killed

    with pytest.raises(Killed), watching(before=die):
        office.run(message)
    office.system = System(Answer(Verdict.FAILED, "changed my mind"))
    office.run(message)

    assert office.status(60) == "VERIFIED"


@pytest.mark.feature("B21")
def test_of_an_exchange_and_a_delete_at_once_one_wins(office):
    second = Removers(office.cloud)
    answers = {}

    def overtake(operation, _params):
        if operation == "TransactWriteItems" and "fast" not in answers:
            answers["fast"] = None
            answers["fast"] = second.delete(1)

    with watching(before=overtake):
        denied = office.exchanges.begin(RAE, imei(1), imei(60), once="x")
    assert answers["fast"].gone == 1
    assert [fault.code for fault in denied.faults] == ["NOT_FOUND"]
    assert office.queue.messages == []
    assert not [item for item in office.cloud.peek("UploadsTable") if item["pk"]["S"].startswith("exchange#")]


# -- the server ------------------------------------------------------------------------------------------------------


@contextmanager
def server(answer):
    """An exchange system on this machine; what it was sent."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append((self.headers, body))
            status, text = answer
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(text.encode())

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/", seen
    finally:
        running.shutdown()
        running.server_close()


@pytest.mark.feature("B21")
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, '{"state": "done"}'), DONE),
        ((200, '{"state": "failed", "reason": "no such device"}'), Answer(Verdict.FAILED, "no such device")),
        ((200, '{"state": "failed", "reason": 7}'), Answer(Verdict.FAILED)),
        ((200, '{"state": "pending"}'), LATER),
        ((200, '{"state": ["done"]}'), LATER),
        ((200, "[]"), LATER),
        ((200, "<html>"), LATER),
        ((200, "x" * 100_000), LATER),
        ((200, "[" * 60_000), LATER),
        ((302, ""), LATER),
        ((404, "{}"), LATER),
        ((503, '{"state": "done"}'), LATER),
    ],
)
def test_only_a_clear_answer_of_the_server_counts(office, answer, expected):
    begun = office.exchange(1, 60)
    with server(answer) as (url, seen):
        assert HttpExchangeSystem(url, token="t0ken", seconds=5).exchange(begun) == expected
    (headers, body) = seen[0]
    assert body["exchange_id"] == headers["Idempotency-Key"] == begun.id
    assert (body["old"], body["new"]) == (imei(1), imei(60))
    assert headers["Authorization"] == "Bearer t0ken"
    assert len(seen) == 1, "nobody is led elsewhere"


@pytest.mark.feature("B21")
def test_a_server_that_is_gone_or_says_nothing_in_time_has_not_answered(office):
    begun = office.exchange(1, 60)
    assert HttpExchangeSystem("http://127.0.0.1:9/", token="", seconds=1).exchange(begun) == LATER
    release = threading.Event()

    class Silent(BaseHTTPRequestHandler):
        def do_POST(self):
            release.wait(10)

    running = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{running.server_port}/"
        assert HttpExchangeSystem(address, token="", seconds=0.2).exchange(begun) == LATER
    finally:
        release.set()
        running.shutdown()
        running.server_close()


def test_identifiers_are_sent_over_https_alone():
    for url in ("http://example.com/", "ftp://example.com/", "file:///etc/passwd"):
        with pytest.raises(ValueError, match="https"):
            HttpExchangeSystem(url, token="", seconds=1)
