"""A catalogue that is put into the bucket: loaded by the queue's function, and operators read what came of it."""

from __future__ import annotations

import json

import pytest

from local.slack.blockkit import problems
from tests.chain import Chain
from tests.office import run_job, running_office, words
from tests.stock import ROLES

pytestmark = pytest.mark.feature("P7")

OPERATOR = ROLES["operator"]


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("office")) as running:
        running.keep()
        yield running


@pytest.fixture
def office(open_office):
    open_office.set_back()
    run_job.tools.cache_clear()
    return open_office


def put(office, body, name="tacs.csv"):
    """Puts a file and has it worked on, as the planner's message does; what operators were told."""
    key = f"catalogue/{name}"
    version = office.cloud.put(key, body)
    message = {"kind": "import_catalogue", "id": key, "bucket": office.cloud.settings.bucket, "key": key}
    send(office, {**message, "version": version})
    return told(office), {**message, "version": version}


def send(office, message):
    office.cloud.client("sqs").send_message(QueueUrl=office.cloud.queues["jobs"], MessageBody=json.dumps(message))
    office.drain()


def told(office):
    messages = office.messages(OPERATOR)
    for message in messages:
        assert not problems({"blocks": message["blocks"]}, "message")
    return [words(message["blocks"]) for message in messages]


def current(office):
    return Chain(office.cloud).catalogue().current()


def test_it_counts_and_operators_read_what_is_in_it(office):
    said, message = put(office, b"tac,model\n35693803,SM-A556B\n5180000,SM-G991B\n35180000,SM-G991B\n")

    edition = current(office)
    assert (edition.codes, edition.pairs, edition.bad, edition.source) == (2, 2, 1, "tacs.csv")
    assert len(said) == 1
    assert "`tacs.csv` counts now: 2 codes" in said[0]
    assert "line 3: `5180000`" in said[0]
    send(office, message)
    assert (current(office), told(office)) == (edition, said), "a repeat loads and tells nothing twice"


@pytest.mark.parametrize("body", [b"imei\n356938035643809\n", b"\x89PNG\r\n\x1a\n" + bytes(range(64)), b""])
def test_what_is_no_catalogue_changes_nothing_and_is_said(office, body):
    put(office, b"tac,model\n35693803,SM-A556B\n")
    before = current(office)
    said, _ = put(office, body, "other.csv")

    assert current(office) == before
    assert "`other.csv` is no catalogue" in said[-1]


def test_one_that_takes_longer_than_a_worker_has_goes_on(office, monkeypatch):
    monkeypatch.setattr("rollcall.store.registry_catalogue._WRITES", 1)
    late = iter([False, False, True, *[False] * 100])
    monkeypatch.setattr("rollcall.store.transactions.Transactions.is_late", lambda _: next(late))
    rows = b"".join(b"3569380%d,SM-A\n" % number for number in range(5))
    said, _ = put(office, b"tac,model\n" + rows)

    assert current(office).codes == 5
    assert len(said) == 1
    found = [one["pk"]["S"] for one in office.cloud.scan("AccountsTable")]
    assert found.count(f"catalogue#{current(office).id}") == 5
    assert [message.get("after") for message in office.waiting("jobs")] == [], "all were taken"
