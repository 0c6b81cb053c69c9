"""What functions do only now and then, done by their handlers: each needs rights of its own (`tests.rights`)."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from rollcall.accounts import Person
from rollcall.notices import upload_notice
from rollcall.notifications import NewObject
from rollcall.refreshes import AGAIN
from rollcall.registry import Opinion, Strictness
from rollcall.store.exchange_records import ExchangeRecords
from rollcall.store.grants import Grant, GrantsStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.letters import LettersStore
from rollcall.worker.consuming import PAUSES
from tests.catalogues import Told
from tests.chain import Chain
from tests.cloud import BUCKET, REGION
from tests.exchangers import Exchangers
from tests.files_of import csv_of, imei
from tests.gateway import LambdaContext
from tests.office import _function, api, forget, running_office
from tests.partner import api_event, give_keys, key_of
from tests.removers import RAE as ACME
from tests.visitor import Visitor

QUEUES = ("uploads", "chunks", "finishes", "notices", "jobs")
KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
OPS = Person("T0OPS", "U0OPS")
FUNCTION = {"uploads": "plan_upload", "chunks": "load_chunk", "finishes": "finish_upload", "notices": "notify"}
FUNCTION |= {"jobs": "run_job"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """An office with every queue of the template, and their dead letters."""
    limits = {"chunk_rows": 40, "unrecognised": Strictness.MPTS_ERROR}
    with running_office(tmp_path_factory.mktemp("office"), **limits) as running:
        sqs = running.cloud.client("sqs")
        for name in QUEUES:
            for queue in (name, f"{name}-dead"):
                running.cloud.queues[queue] = sqs.create_queue(QueueName=queue)["QueueUrl"]
        running.keep()
        yield running


@pytest.fixture
def office(opened, monkeypatch):
    opened.set_back()
    queues = opened.cloud.queues
    for name in QUEUES:
        monkeypatch.setenv(f"{name.upper()}_QUEUE_URL", queues[name])
    monkeypatch.setenv("DEAD_LETTERS", json.dumps({name: [queues[f"{name}-dead"], queues[name]] for name in QUEUES}))
    monkeypatch.setenv("STUCK_MINUTES", "15")
    monkeypatch.setenv("UNRECOGNISED", "MPTS_ERROR")
    forget()
    return opened


@pytest.fixture
def chain(office):
    return Chain(office.cloud)


class Partner:
    """A system of somebody else's, which only ever says that it cannot."""

    def __init__(self):
        self.url, self.tokens = "", []


@pytest.fixture
def partner(office, monkeypatch):
    """One that both the registry's and the exchanges' address lead to, each with a token of its own."""
    partner = Partner()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            partner.tokens.append(self.headers["Authorization"])
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(503)
            self.end_headers()

        def log_message(self, *_):
            pass

    for name in ("registry", "exchange"):
        path = f"/rollcall-test/{name}"
        monkeypatch.setenv(f"{name.upper()}_SECRETS", path)
        office.cloud.client("ssm").put_parameter(
            Name=f"{path}/token", Value=f"{name}-token", Type="SecureString", Overwrite=True
        )
    with serving(Handler) as port:
        monkeypatch.setenv("REGISTRY_URL", f"http://127.0.0.1:{port}/registry")
        monkeypatch.setenv("EXCHANGE_URL", f"http://127.0.0.1:{port}/exchange")
        forget()
        yield partner
    forget()


@contextmanager
def serving(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(office, queue, body):
    office.cloud.client("sqs").send_message(QueueUrl=office.cloud.queues[queue], MessageBody=json.dumps(body))


def deliver(office, queue):
    """Delivers the next message, which is then gone."""
    event = office.receive(queue)
    assert office.deliver(queue, event)
    office.cloud.client("sqs").delete_message(
        QueueUrl=office.cloud.queues[queue], ReceiptHandle=event["Records"][0]["receiptHandle"]
    )


def tick():
    _function("tick").handle({}, LambdaContext("tick-1"))


def count(office, queue):
    return len(office.waiting(queue))


@pytest.mark.feature("B26")
@pytest.mark.parametrize("queue", QUEUES)
def test_how_a_message_failed_is_noted_at_its_third_try(office, queue):
    send(office, queue, {"kind": 1})
    event = office.receive(queue)
    (record,) = event["Records"]
    record["attributes"]["ApproximateReceiveCount"] = "3"

    with suppress(BatchProcessingError):
        _function(FUNCTION[queue]).handle(event, LambdaContext("c-1"))

    (failure,) = LettersStore("UploadsTable", region=REGION).failures([record["messageId"]]).values()
    assert failure.error


@pytest.mark.feature("B19")
@pytest.mark.parametrize("queue", QUEUES)
def test_what_failed_twice_is_tried_again_in_two_minutes_and_not_after_the_visibility_of_a_killed_worker(office, queue):
    send(office, queue, {"kind": 1})
    event = office.receive(queue)
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "2"

    with suppress(BatchProcessingError):
        _function(FUNCTION[queue]).handle(event, LambdaContext("c-1"))

    assert office.seconds_hidden(queue) == [pytest.approx(PAUSES[1], abs=5)]


@pytest.mark.feature("P7")
def test_a_chunk_asks_the_registry_with_its_token_and_comes_back_soon_if_it_cannot(office, chain, partner):
    chain.plan(KEY, office.cloud.put(KEY, csv_of(imei(1))))
    send(office, "chunks", chain.chunks.take()[0])

    with pytest.raises(BatchProcessingError):
        _function("load_chunk").handle(office.receive("chunks"), LambdaContext("c-1"))

    assert set(partner.tokens) == {"Bearer registry-token"}
    assert all(seconds < 100 for seconds in office.seconds_hidden("chunks"))


@pytest.mark.feature("P7")
def test_a_job_asks_the_registry_with_its_token(office, chain, partner):
    chain.registry = Told([Opinion.UNAVAILABLE])
    upload = chain.plan(KEY, office.cloud.put(KEY, csv_of(imei(1)))).upload
    chain.load(chain.chunks.take()[0], recogniser=chain.recogniser(last=True))
    chain.drain()
    send(office, "jobs", {"kind": AGAIN, "id": upload.id, "upload": upload.id})

    deliver(office, "jobs")
    deliver(office, "jobs")

    assert set(partner.tokens) == {"Bearer registry-token"}


@pytest.mark.feature("B21")
def test_a_job_asks_the_exchange_system_with_its_token(office, chain, partner):
    chain.upload(KEY, csv_of(imei(1)))
    exchangers = Exchangers(office.cloud)
    exchangers.now = datetime.now(UTC)
    exchange = exchangers.exchanges.begin(ACME, imei(1), imei(60), once="x")
    send(office, "jobs", {"kind": "exchange", "id": exchange.id})

    deliver(office, "jobs")

    assert set(partner.tokens) == {"Bearer exchange-token"}
    assert not ExchangeRecords(office.cloud.client("dynamodb"), "UploadsTable").get(exchange.id).is_over


@pytest.mark.feature("B19")
def test_what_waits_among_the_dead_letters_is_counted_each_minute(office):
    for name in QUEUES:
        send(office, f"{name}-dead", {})

    tick()

    looks = LettersStore("UploadsTable", region=REGION).looks()
    assert {name: look.count for name, look in looks.items()} == dict.fromkeys(QUEUES, 1)


@pytest.mark.feature("B19")
@pytest.mark.parametrize("queue", QUEUES)
def test_letters_of_each_queue_are_looked_at_and_go_back_to_it(office, queue):
    letter = {"upload_id": "U-7K3F-9QMC-2V5R-8TXA"}
    send(office, f"{queue}-dead", letter)
    job = {"id": "R-1", "team": OPS.team, "home_team": OPS.team, "user": OPS.user, "queue": queue}

    send(office, "jobs", {**job, "kind": "look_at_letters"})
    deliver(office, "jobs")
    assert len(LettersStore("UploadsTable", region=REGION).of(queue)) == 1
    office.later(f"{queue}-dead")
    send(office, "jobs", {**job, "kind": "replay_letters", "letter": ""})
    deliver(office, "jobs")

    assert count(office, f"{queue}-dead") == 0
    assert letter in office.waiting(queue)


@pytest.mark.feature("B19")
def test_a_file_that_nobody_read_and_a_finish_that_was_lost_are_sent_again_each_minute(office, chain):
    """The chain's clock stands in the past, so what it left undone is overdue. A file without rows has no chunks."""
    chain.plan(KEY, office.cloud.put(KEY, csv_of()))
    assert chain.finishes.take()
    other = KEY.replace("a.csv", "b.csv")
    planner = chain.planner()
    planner._plan_file = dies
    with pytest.raises(RuntimeError, match="dies"):
        planner.plan(NewObject(BUCKET, other, office.cloud.put(other, csv_of(imei(2)))), reference="R-TEST")

    tick()

    assert [count(office, name) for name in ("finishes", "uploads")] == [1, 1]


@pytest.mark.feature("B25")
def test_a_token_that_ends_soon_is_exchanged_each_minute(office, monkeypatch):
    office.slack.oauth.rotates = True
    monkeypatch.setattr(office.slack.oauth, "seconds", 3_600)
    office.slack.world.teams["T0ACME"].installed = False
    assert Visitor(office).install() == 200
    before = office.slack.tokens["T0ACME"]

    tick()

    assert office.slack.tokens["T0ACME"] != before


@pytest.mark.feature("B25")
def test_a_token_that_lies_in_the_open_is_closed_when_something_is_sent(office):
    row = {"pk": {"S": "workspace#T0ACME"}, "sk": {"S": "installation"}}
    dynamodb = office.cloud.client("dynamodb")
    dynamodb.update_item(
        TableName="AccountsTable",
        Key=row,
        UpdateExpression="SET bot_token = :token REMOVE tokens",
        ExpressionAttributeValues={":token": {"S": office.slack.tokens["T0ACME"]}},
    )
    forget()
    send(office, "notices", {"kind": "home", "id": "h", "team": "T0ACME", "home_team": "T0ACME", "user": "U0RAE"})

    assert all(office.drain())

    kept = dynamodb.get_item(TableName="AccountsTable", Key=row)["Item"]
    assert "bot_token" not in kept
    assert (
        InstallationsStore.from_settings(office.cloud.settings).find("T0ACME").bot_token
        == (office.slack.tokens["T0ACME"])
    )


@pytest.mark.feature("P7")
def test_an_upload_about_which_the_registry_never_spoke_is_asked_about_later(office, chain):
    chain.registry = Told([Opinion.UNAVAILABLE])
    chain.plan(KEY, office.cloud.put(KEY, csv_of(imei(1))))
    chain.load(chain.chunks.take()[0], recogniser=chain.recogniser(last=True))

    finish(office, chain)

    assert AGAIN in [job["kind"] for job in office.waiting("jobs")]


@pytest.mark.feature("B19")
def test_a_finish_that_runs_out_of_time_goes_on_later(office, chain):
    chain.plan(KEY, office.cloud.put(KEY, csv_of(imei(1))))
    chain.load(chain.chunks.take()[0])

    finish(office, chain, seconds=0)

    assert count(office, "finishes") == 1


def test_a_report_that_breaks_off_leaves_no_parts_behind(office, chain, monkeypatch):
    """Parts so small are refused when they are put together."""
    chain.plan(KEY, office.cloud.put(KEY, csv_of(imei(1), "12")))
    chain.load(chain.chunks.take()[0])
    monkeypatch.setattr("rollcall.store.object_writer._PART_BYTES", 16)

    before = parts(office)

    with pytest.raises(BatchProcessingError):
        finish(office, chain)

    assert parts(office) == before


def test_a_report_on_a_list_that_breaks_off_leaves_no_parts_behind(office, chain, monkeypatch):
    chain.upload(KEY, csv_of(imei(1)))
    now = datetime.now(UTC).timestamp()
    grants = GrantsStore(office.cloud.client("dynamodb"), "UploadsTable")
    grant = grants.give(Grant("CUST-NORTHWIND", "person:T0NW:U0NIA"), now=now)
    place = "accept/CUST-NORTHWIND/list.csv"
    version = office.cloud.put(place, csv_of(imei(1)), grant=grant)
    send(office, "jobs", {"kind": "accept_file", "id": place, "bucket": BUCKET, "key": place, "version": version})
    monkeypatch.setattr("rollcall.store.object_writer._PART_BYTES", 16)

    before = parts(office)

    assert not all(office.drain())

    assert parts(office) == before


def test_a_group_of_a_long_report_that_breaks_off_leaves_no_parts_behind(office, chain, monkeypatch):
    chain.plan(KEY, office.cloud.put(KEY, csv_of(*map(imei, range(1, 42)))))
    for message in chain.chunks.take():
        chain.load(message)
    monkeypatch.setattr("rollcall.chain.reporting._GROUP_ROWS", 1)
    monkeypatch.setattr("rollcall.store.object_writer._PART_BYTES", 16)

    before = parts(office)

    with pytest.raises(BatchProcessingError):
        finish(office, chain)

    assert parts(office) == before


def test_a_long_list_that_breaks_off_leaves_no_parts_behind(office, chain, monkeypatch):
    chain.upload(KEY, csv_of(imei(1)))
    rae = {"team": "T0ACME", "home_team": "T0ACME", "user": "U0RAE", "account": "RSL-ACME"}
    send(office, "jobs", {"kind": "export", "id": "e", **rae, "question": "devices export"})
    monkeypatch.setattr("rollcall.desk.export_jobs.LARGEST_MESSAGE", 0)
    monkeypatch.setattr("rollcall.desk.export_jobs._JOINING", 0)
    monkeypatch.setattr("rollcall.store.object_writer._PART_BYTES", 16)

    before = parts(office)

    assert not all(office.drain())

    assert parts(office) == before


def gone(office, key):
    """A version of an object that was there."""
    version = office.cloud.put(key, b"imei\n")
    office.cloud.client("s3").delete_object(Bucket=BUCKET, Key=key, VersionId=version)
    return version


@pytest.mark.parametrize("folder", ["uploads", "check"])
def test_a_file_that_is_gone_is_planned_as_such(office, chain, folder):
    key = f"{folder}/RSL-ACME/CUST-NORTHWIND/a.csv"

    assert chain.plan(key, gone(office, key)).plan.fault.code == "FILE_GONE"


@pytest.mark.parametrize(
    ("kind", "key"), [("accept_file", "accept/CUST-NORTHWIND/a.csv"), ("import_catalogue", "catalogue/a.csv")]
)
def test_a_list_that_is_gone_ends_its_job(office, kind, key):
    send(office, "jobs", {"kind": kind, "id": key, "bucket": BUCKET, "key": key, "version": gone(office, key)})

    deliver(office, "jobs")


@pytest.mark.feature("P13")
def test_reports_that_are_gone_are_told_of_as_such(office, chain):
    """The figures are kept for longer than the reports; whoever asks for those is answered with what there is."""
    upload = chain.upload(KEY, csv_of(imei(1), "12")).upload_id
    s3 = office.cloud.client("s3")
    for stored in s3.list_objects_v2(Bucket=BUCKET, Prefix=f"reports/RSL-ACME/{upload}/")["Contents"]:
        s3.delete_object(Bucket=BUCKET, Key=stored["Key"])
    give_keys(office.cloud.accounts)
    key = {"Authorization": f"Bearer {key_of('reseller viewer')}"}

    answer = api.handle(api_event("GET", f"/v1/uploads/{upload}/errors", key, b""), LambdaContext("a-1"))
    assert (answer["statusCode"], json.loads(answer["body"])["items"]) == (200, [])

    rae = {"team": "T0ACME", "home_team": "T0ACME", "user": "U0RAE"}
    send(office, "jobs", {"kind": "report", "id": "r", **rae, "upload": upload, "name": "errors.csv"})
    send(office, "notices", {"kind": "notice", "id": upload_notice(upload, "RSL-ACME").id})
    assert all(office.drain())


def finish(office, chain, seconds=60):
    """Has the handler finish what the chain has loaded."""
    send(office, "finishes", chain.finishes.take()[0])
    event = office.receive("finishes")
    handle = event["Records"][0]["receiptHandle"]
    office.cloud.client("sqs").delete_message(QueueUrl=office.cloud.queues["finishes"], ReceiptHandle=handle)
    context = LambdaContext("c-1")
    context.get_remaining_time_in_millis = lambda: seconds * 1000
    return _function("finish_upload").handle(event, context)


def parts(office):
    found = office.cloud.client("s3").list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])
    return {one["UploadId"] for one in found}


def dies(*_):
    raise RuntimeError("dies")
