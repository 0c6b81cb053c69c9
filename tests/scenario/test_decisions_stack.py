"""Decisions on the emulated AWS: many at once, through the template's own functions and with their rights."""

import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from local.accounts import apply_accounts
from local.stack import running_stack
from rollcall.accounts import CustomerRole
from rollcall.approvals import Approvals, Approver, Decided, Queued, Stale, Taken, Wish
from rollcall.decisions import DecisionKind, Target
from rollcall.jobs import JobState
from rollcall.store.accounts import AccountsStore
from rollcall.store.decisions import DecisionsStore
from rollcall.store.grants import Grant, GrantsStore
from rollcall.store.jobs import JobsStore
from rollcall.store.queues import Queue
from rollcall.store.transactions import Transactions
from tests.chain import sample_directory
from tests.files_of import csv_of, imei

pytestmark = pytest.mark.stack

PATIENCE = 90  # seconds; cold functions on a busy machine
CALLERS, DEVICES, EACH = 50, 200, 16
NORTHWIND = "CUST-NORTHWIND"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack(tmp_path_factory.mktemp("stack")) as running:
        apply_accounts(running, sample_directory())
        yield running


def approver(user):
    return Approver(NORTHWIND, CustomerRole.APPROVER, f"person:T0NW:{user}")


class Desk:
    """What everybody decides with; all share its clients, as the requests of a warm function do."""

    def __init__(self, stack):
        devices, uploads = stack.outputs["DevicesTableName"], stack.outputs["UploadsTableName"]
        client = stack.client("dynamodb")
        patience = {"seconds_left": lambda: 60.0}
        self.decisions = DecisionsStore(client, devices=devices, uploads=uploads, **patience)
        self.jobs = JobsStore(client, Transactions(client, **patience), uploads)
        self.grants = GrantsStore(client, uploads)
        accounts = AccountsStore(
            stack.outputs["AccountsTableName"], region=client.meta.region_name, host=stack.endpoint
        )
        self.approvals = Approvals(
            accounts=accounts,
            decisions=self.decisions,
            jobs=self.jobs,
            queue=Queue(stack.client("sqs"), stack.outputs["JobsQueueUrl"]),
            uploads=uploads,
        )


@pytest.fixture(scope="module")
def desk(stack):
    return Desk(stack)


def until(look, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")


def upload(stack, name, numbers):
    """Puts phones for Northwind and returns the upload's id when it is done."""
    s3, bucket = stack.client("s3"), stack.outputs["UploadsBucketName"]
    key = f"uploads/RSL-ACME/{NORTHWIND}/{name}"
    version = s3.put_object(Bucket=bucket, Key=key, Body=csv_of(*map(imei, numbers)))["VersionId"]

    def look():
        for report in s3.list_objects_v2(Bucket=bucket, Prefix="reports/RSL-ACME/").get("Contents", []):
            if report["Key"].endswith("/summary.json"):
                summary = json.loads(s3.get_object(Bucket=bucket, Key=report["Key"])["Body"].read())
                if summary["source_version"] == version:
                    return summary["upload_id"]
        return None

    return until(look, f"{name}; see {stack.emulator.log}")


def devices_of(desk, numbers):
    return desk.decisions.changes.read([f"imei#{imei(number)}" for number in numbers])


@pytest.mark.feature("B6")
def test_fifty_who_decide_on_the_same_devices_at_once_are_each_told_the_truth(stack, desk):
    numbers = range(1, DEVICES + 1)
    id_ = upload(stack, "crowd.csv", numbers)
    start = threading.Barrier(CALLERS)

    def call(caller):
        chosen = random.Random(caller).sample(numbers, EACH)  # noqa: S311 - the same in each run
        kind = DecisionKind.ACCEPT if caller % 2 else DecisionKind.REJECT
        targets = [Target(f"imei#{imei(number)}") for number in chosen]
        start.wait()
        answer = desk.approvals.decide(approver(f"U{caller}"), targets, Wish(f"click {caller}", kind))
        assert isinstance(answer, Decided)
        return answer

    with ThreadPoolExecutor(CALLERS) as crowd:
        answers = list(crowd.map(call, range(CALLERS)))
    devices = devices_of(desk, numbers)

    told = {}
    for answer in answers:
        for one in answer.outcome.settled:
            device = devices[one.target.key]
            if one.done:
                told.setdefault(device.id, []).append(answer.decision.id)
                assert device.decision == answer.decision.id
            else:
                assert one.fault.code == "NOT_PENDING"
                assert one.entry == device.history[1]
                assert one.entry.by != answer.decision.by
    assert all(len(winners) == 1 for winners in told.values())
    decided = [device for device in devices.values() if device.status != "PENDING"]
    assert {device.id for device in decided} == told.keys()
    assert all([entry.act for entry in device.history[:1]] == ["uploaded"] for device in devices.values())
    assert all(len(device.history) == 2 == device.version for device in decided)
    figures = desk.decisions.parts.figures(id_, NORTHWIND)
    assert figures.settled == len(decided)
    assert figures.verified == sum(device.status == "VERIFIED" for device in decided)
    assert desk.decisions.pending_of(id_, NORTHWIND).total == DEVICES - len(decided)


@pytest.mark.feature("P22")
@pytest.mark.feature("B7")
def test_accept_all_and_reject_all_at_once_have_one_winner_and_a_job_carries_it_out(stack, desk):
    numbers = range(1001, 1151)
    id_ = upload(stack, "all.csv", numbers)
    start = threading.Barrier(2)

    def press(user, kind):
        start.wait()
        return desk.approvals.decide_upload(approver(user), id_, 0, Wish(f"all {user}", kind))

    with ThreadPoolExecutor(2) as pair:
        answers = list(pair.map(press, ("U0NIA", "U0MAX"), (DecisionKind.ACCEPT, DecisionKind.REJECT)))
    (won,) = [answer for answer in answers if isinstance(answer, Queued)]
    (lost,) = [answer for answer in answers if isinstance(answer, Taken | Stale)]
    job = until(lambda: (job := desk.jobs.get(won.job.id)) and job.is_over and job, f"the job; {stack.emulator.log}")

    assert lost.by.id == won.job.decision.id
    assert (job.state, job.decided, job.by_code) == (JobState.DONE, 150, {})
    assert {device.decision for device in devices_of(desk, numbers).values()} == {job.decision.id}
    undone = desk.approvals.undo(approver("U0MAX"), job.decision.id, once="undo")
    job = until(lambda: (job := desk.jobs.get(undone.job.id)) and job.is_over and job, f"undo; {stack.emulator.log}")
    assert job.decided == 150
    assert desk.decisions.pending_of(id_, NORTHWIND).total == 150


@pytest.mark.feature("P26")
def test_a_list_in_the_bucket_goes_the_whole_way(stack, desk):
    numbers = range(2001, 2011)
    upload(stack, "listed.csv", numbers)
    s3, bucket = stack.client("s3"), stack.outputs["UploadsBucketName"]
    grant = desk.grants.give(Grant(NORTHWIND, "person:T0NW:U0NIA"), now=datetime.now(UTC).timestamp())
    body = csv_of(*map(imei, [*numbers, 999_999]))
    s3.put_object(Bucket=bucket, Key=f"accept/{NORTHWIND}/list.csv", Body=body, Metadata={"grant": grant})

    def look():
        for found in s3.list_objects_v2(Bucket=bucket, Prefix=f"reports/{NORTHWIND}/").get("Contents", []):
            if found["Key"].endswith("/summary.json"):
                return json.loads(s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read())
        return None

    summary = until(look, f"the list; see {stack.emulator.log}")

    assert {name: summary[name] for name in ("total", "accepted", "refused", "by_code")} == {
        "total": 11,
        "accepted": 10,
        "refused": 1,
        "by_code": {"NOT_FOUND": 1},
    }
