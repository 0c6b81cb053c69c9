"""The process dies at each of its calls in turn, before and after the call took effect, and the message comes again.

However it died, the end is that of an undisturbed run: the same figures, the same devices, the same reports.
"""

from __future__ import annotations

import json
from functools import cache, partial

import pytest
from botocore.exceptions import EndpointConnectionError
from pynamodb.exceptions import PynamoDBException

from rollcall.store.queues import Queue
from tests.chain import Chain
from tests.faults import Killed, Killer
from tests.files_of import csv_of, imei

KEY = "uploads/RSL-ACME/_many/a.csv"
#: Two chunks; stored, repaired and refused rows, one and two identifiers, two customers.
FILE = csv_of(
    f"CUST-NORTHWIND,{imei(1)},{imei(2)}",
    f"CUST-CONTOSO,{imei(3)[:14]},",
    "CUST-NORTHWIND,12,",
    f"CUST-CONTOSO,{imei(1)},",
    header="customer_id,imei,imei2",
)


READS = {"GetItem", "BatchGetItem", "Query", "HeadObject", "GetObject"}


class LostError(EndpointConnectionError):
    """The network is gone; the process is not, and runs its own handlers."""

    def __init__(self):
        super().__init__(endpoint_url="https://aws.example")


class Delivery:
    """The queues of the template, delivering each message until its step has ended well."""

    def __init__(self, cloud, version):
        self.chain = Chain(cloud)
        sqs = cloud.client("sqs")
        self.chain.chunks = Queue(sqs, cloud.queues["chunks"])
        self.chain.finishes = Queue(sqs, cloud.queues["finishes"])
        self.sqs, self.cloud, self.version = sqs, cloud, version
        self.seconds = 1_000.0
        self.killers = {}

    def run(self, **killers):
        """The file all the way; ``plan``, ``load`` and ``finish`` may each name a killer of that step."""
        self.killers = killers
        while not self._step("plan", lambda: self.chain.plan(KEY, self.version)):
            pass
        while self._deliver("chunks", "load", self._load) or self._deliver("finishes", "finish", self.chain.finish):
            pass

    def _load(self, message):
        self.seconds += 100  # past the lease of whoever held the chunk before
        self.chain.load(message, clock=lambda: self.seconds)

    def _deliver(self, queue, step, work):
        url = self.cloud.queues[queue]
        messages = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            if self._step(step, lambda body=message["Body"]: work(json.loads(body))):
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            else:
                self.sqs.change_message_visibility(
                    QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
                )
        return bool(messages)

    def _step(self, step, work):
        killer = self.killers.get(step)
        if killer is None:
            work()
            return True
        try:
            with killer.stalking():
                work()
        except (Killed, LostError, PynamoDBException):
            return False
        return True


def ending(cloud):
    """All that is left for anybody to see: devices, uploads, reports. The cost is not the same, and need not be."""
    reports = {
        found["Key"]: cloud.get(found["Key"])
        for found in cloud.client("s3").list_objects_v2(Bucket=cloud.settings.bucket, Prefix="reports/")["Contents"]
    }
    devices = {item["id"]["S"]: item for item in cloud.scan("DevicesTable")}
    uploads = {}
    for item in cloud.scan("UploadsTable"):
        for private in ("worker", "lease_until", "outcomes"):
            item.pop(private, None)
        if "figures" in item:
            figures = json.loads(item["figures"]["S"])
            figures.pop("cost")
            item["figures"] = figures
        uploads[item["pk"]["S"], item["sk"]["S"]] = item
    return reports, devices, uploads


#: Rows of a chunk: one chunk, or two where it matters which of them is the last.
ROWS = {"plan": 10, "load": 2, "finish": 10}


@pytest.fixture(scope="module")
def undisturbed(world):
    """Gives for a step: the cloud, how to set it back, what is left of an undisturbed run, and the step's calls."""
    cloud, checkpoint = world
    cloud.restore(checkpoint)
    version = cloud.put(KEY, FILE)

    @cache
    def of(rows):
        limited = cloud.with_limits(chunk_rows=rows)
        limited.restore(checkpoint, keep=KEY)
        counters = {step: Killer() for step in ROWS}
        Delivery(limited, version).run(**counters)
        left = ending(limited)
        assert len(left[0]) == 5
        assert len(left[1]) == 3
        assert all(len(item["history"]["L"]) == 1 for item in left[1].values() if item["kind"]["S"] == "device")
        return limited, left, counters

    def begin(step):
        limited, left, counters = of(ROWS[step])
        return limited, partial(limited.restore, checkpoint, keep=KEY), version, left, counters[step].calls

    return begin


@pytest.mark.feature("B4")
@pytest.mark.feature("B19")
@pytest.mark.parametrize("step", ROWS)
def test_a_step_that_dies_between_any_two_writes_ends_as_if_it_had_not(undisturbed, step):
    """To die before a read, or after one, is to die before the next write."""
    cloud, set_back, version, left, calls = undisturbed(step)
    writes = [at for at, operation in enumerate(calls) if operation not in READS]
    assert len(writes) > 3
    for at, effect in [*((at, False) for at in writes), (writes[-1], True)]:
        set_back()
        killer = Killer(at=at, effect=effect)
        Delivery(cloud, version).run(**{step: killer})

        assert killer.struck == 1
        assert ending(cloud) == left, f"killed at call {at}, {calls[at]}"


@pytest.mark.feature("B4")
@pytest.mark.feature("B19")
@pytest.mark.parametrize("effect", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("error", [Killed, LostError])
@pytest.mark.parametrize("step", ROWS)
def test_a_step_that_fails_at_each_call_in_turn_ends_as_if_it_had_not(undisturbed, step, effect, error):
    """The first try at the first call, the second at the second, reads too, until a try comes through."""
    cloud, set_back, version, left, _ = undisturbed(step)
    set_back()
    killer = Killer(at=0, effect=effect, error=error, onward=True)
    Delivery(cloud, version).run(**{step: killer})

    assert killer.struck > 5
    assert ending(cloud) == left
