"""Accepting all of an upload as one job on the local stack, beside the same updates bare in 100-item transactions."""

import os
import tempfile
import time
from pathlib import Path

from local.emulator import ACCESS_KEY, REGION, SECRET_KEY
from local.stack import running_stack
from rollcall import life
from rollcall.accounts import CustomerRole
from rollcall.approvals import Approvals, Approver, Wish
from rollcall.decisions import Decision, DecisionKind
from rollcall.store.accounts import AccountsStore
from rollcall.store.change_actions import change_actions
from rollcall.store.decisions import DecisionsStore
from rollcall.store.devices import DevicesStore
from rollcall.store.jobs import JobsStore
from rollcall.store.queues import Queue
from rollcall.store.transactions import Transactions
from tests.bench.uploads import PARAMETERS, _send, make_file, make_rows
from tests.chain import sample_directory

CUSTOMER = "CUST-NORTHWIND"
MOST_SECONDS = 900


def run(options):
    count = min(options.rows)
    with tempfile.TemporaryDirectory() as state, running_stack(Path(state), parameters=PARAMETERS) as stack:
        _measure(stack, count)


def _measure(stack, count):
    os.environ.update(AWS_ACCESS_KEY_ID=ACCESS_KEY, AWS_SECRET_ACCESS_KEY=SECRET_KEY, AWS_DEFAULT_REGION=REGION)
    accounts = AccountsStore(stack.outputs["AccountsTableName"], region=REGION, host=stack.endpoint)
    accounts.apply(sample_directory())
    _, warm = _send(stack, "warm.csv", make_file(make_rows(200, seed=2)))
    _, first = _send(stack, "first.csv", make_file(make_rows(count, seed=3)))
    _, second = _send(stack, "second.csv", make_file(make_rows(count, seed=4)))
    # The first job pays for starting the worker; it is not what is measured.
    _accept(stack, accounts, warm["upload_id"])
    job, seconds = _accept(stack, accounts, first["upload_id"])
    bare = _bare(stack, second["upload_id"], count)
    batches = -(-count // 100)

    print(f"\nAccepting {count:,} devices, on the local stack")
    print(f"  bare loop                    {bare:8.1f} s   {bare / batches * 1000:.0f} ms per transaction of 100")
    print(f"  one job, click to done       {seconds:8.1f} s   {seconds / bare:.2f} x bare")
    assert job.decided == count


def _accept(stack, accounts, upload):
    """The job, and the seconds from the click until it is done."""
    client = stack.client("dynamodb")
    devices, uploads = stack.outputs["DevicesTableName"], stack.outputs["UploadsTableName"]
    decisions = DecisionsStore(client, devices=devices, uploads=uploads, seconds_left=lambda: 60.0)
    jobs = JobsStore(client, Transactions(client, seconds_left=lambda: 60.0), uploads)
    queue = Queue(stack.client("sqs"), stack.outputs["JobsQueueUrl"])
    approvals = Approvals(accounts=accounts, decisions=decisions, jobs=jobs, queue=queue, uploads=uploads)
    version = decisions.pending_of(upload, CUSTOMER).version
    approver = Approver(CUSTOMER, CustomerRole.APPROVER, "person:T0NW:U0NIA")
    started = time.monotonic()
    id_ = approvals.decide_upload(approver, upload, version, Wish(upload)).job.id
    while True:
        job = jobs.get(id_)
        if job.is_over:
            return job, time.monotonic() - started
        if time.monotonic() - started > MOST_SECONDS:
            raise TimeoutError(upload)
        time.sleep(0.05)


def _bare(stack, upload, count):
    """Seconds for the same updates of other devices, already read, in one loop and nothing else."""
    client = stack.client("dynamodb")
    devices, uploads = stack.outputs["DevicesTableName"], stack.outputs["UploadsTableName"]
    decision = Decision(
        id="D-BARE",
        kind=DecisionKind.ACCEPT,
        customer=CUSTOMER,
        by="person:T0NW:U0NIA",
        at="2026-03-01T10:00:00Z",
        until="2026-03-02T10:00:00Z",
    )
    reader = DecisionsStore(client, devices=devices, uploads=uploads, seconds_left=lambda: 60.0)
    chunks = DevicesStore(devices, region=REGION, host=stack.endpoint)
    ids = []
    for chunk in range(-(-count // 2_000)):
        ids += [one.id for one in chunks.of_chunk(upload, chunk, limit=2_000)]
    actions = [
        change_actions(life.apply(device, decision), devices, uploads, now=0.0)[0]
        for device in reader.changes.read(ids).values()
    ]
    assert len(actions) == count
    started = time.monotonic()
    for start in range(0, count, 100):
        client.transact_write_items(TransactItems=actions[start : start + 100])
    return time.monotonic() - started
