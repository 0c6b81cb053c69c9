"""Decides on a cloud as the sample accounts' people would, and works on the jobs that this begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rollcall.accounts import CustomerRole
from rollcall.approvals import Approvals, Approver, Wish
from rollcall.approvals.list_files import ListFiles
from rollcall.approvals.runner import JobRunner
from rollcall.approvals.starter import Starter
from rollcall.decisions import DecisionKind, Target
from rollcall.notifications import NewObject
from rollcall.store.decisions import DecisionsStore
from rollcall.store.devices import DevicesStore
from rollcall.store.grants import Grant, GrantsStore
from rollcall.store.jobs import JobsStore
from rollcall.store.objects import Objects
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from tests.chain import ListQueue
from tests.cloud import REGION
from tests.files_of import imei

NIA = Approver("CUST-NORTHWIND", CustomerRole.APPROVER, "person:T0NW:U0NIA")
MAX = Approver("CUST-NORTHWIND", CustomerRole.ADMIN, "person:T0NW:U0MAX")
ACCEPT, REJECT = DecisionKind.ACCEPT, DecisionKind.REJECT


class Office:
    """Those who decide, on a cloud; the time stands still unless it is moved."""

    def __init__(self, cloud, *, seconds_left=lambda: 60.0):
        self.cloud = cloud
        self.client = cloud.client("dynamodb")
        self.now = datetime(2026, 3, 1, 10, tzinfo=UTC)
        self.queue = ListQueue()
        self.seconds_left = seconds_left
        self.devices = DevicesStore("DevicesTable", region=REGION)
        self.uploads = UploadsStore("UploadsTable", region=REGION)
        self.objects = Objects(cloud.client("s3"), cloud.settings.bucket)
        self.grants = GrantsStore(self.client, "UploadsTable")
        self.transactions = Transactions(self.client, seconds_left=self.time_left, pause=lambda _: None)
        self.jobs = JobsStore(self.client, self.transactions, "UploadsTable")
        self.decisions = DecisionsStore(
            self.client,
            devices="DevicesTable",
            uploads="UploadsTable",
            seconds_left=self.time_left,
            pause=lambda _: None,
            clock=self.clock,
        )
        self.approvals = Approvals(
            accounts=cloud.accounts,
            decisions=self.decisions,
            jobs=self.jobs,
            queue=self.queue,
            uploads="UploadsTable",
            now=lambda: self.now,
        )

    def time_left(self):
        return self.seconds_left()

    def clock(self):
        return self.now.timestamp()

    def wait(self, **delta):
        self.now += timedelta(**delta)

    def starter(self):
        return Starter(
            jobs=self.jobs,
            parts=self.decisions.parts,
            queue=self.queue,
            uploads="UploadsTable",
            now=lambda: self.now,
        )

    def runner(self):
        return JobRunner(
            starter=self.starter(),
            jobs=self.jobs,
            decisions=self.decisions,
            devices=self.devices,
            accounts=self.cloud.accounts,
            objects=self.objects,
            queue=self.queue,
            seconds_left=self.time_left,
            now=lambda: self.now,
            clock=self.clock,
        )

    def work(self, most=100):
        """Delivers every waiting message, and what those send; the last job as it is then."""
        job = None
        while self.queue.messages:
            for message in self.queue.take():
                most -= 1
                assert most > 0, "jobs go round in circles"
                job = self.runner().run(message["id"])
        return job

    def list_files(self):
        return ListFiles(
            settings=self.cloud.settings,
            accounts=self.cloud.accounts,
            grants=self.grants,
            objects=self.objects,
            jobs=self.jobs,
            starter=self.starter(),
            now=lambda: self.now,
        )

    def send_list(self, body, *, customer="CUST-NORTHWIND", grant=None, name="list.csv"):
        """Puts a list into the bucket, with a grant of Nia's unless another text is given; the job that it becomes."""
        if grant is None:
            grant = self.grants.give(Grant("CUST-NORTHWIND", NIA.by), now=self.now.timestamp())
        key = f"accept/{customer}/{name}"
        version = self.cloud.put(key, body, grant=grant)
        return self.list_files().begin(NewObject(self.cloud.settings.bucket, key, version), reference="R-LIST")

    def accept(self, *numbers, by=NIA, **wish):
        return self.decide(*numbers, by=by, **wish)

    def reject(self, *numbers, by=NIA, **wish):
        return self.decide(*numbers, by=by, kind=REJECT, **wish)

    def decide(self, *numbers, by=NIA, once=None, **wish):
        targets = [Target(f"imei#{imei(number)}") for number in numbers]
        return self.approvals.decide(by, targets, Wish(once or f"{by.by} {numbers} {wish} {self.now}", **wish))

    def status(self, number):
        device = self.devices.find(f"imei#{imei(number)}")
        return device.status.value if device else None
