"""Those who delete and take uploads back, beside those who decide; and one upload with a device in each state."""

from __future__ import annotations

from unittest import mock

from rollcall.accounts import CustomerRole, ResellerRole
from rollcall.approvals import Approver
from rollcall.chain import loading
from rollcall.decisions import Target
from rollcall.life import Occasion
from rollcall.removals import RemovalKind
from rollcall.removing.guards import Releases
from rollcall.removing.removals import Removals
from rollcall.removing.removers import Remover
from rollcall.removing.runner import RemovalRunner
from rollcall.removing.steps import ListSteps, UploadSteps
from rollcall.store.deletions import DeletionsStore
from rollcall.store.exchanges import ExchangesStore
from rollcall.store.notices import NoticesStore
from rollcall.store.removals import RemovalsStore
from rollcall.store.untold import UntoldDecisions
from rollcall.telling.decisions import Tidings
from rollcall.telling.herald import Herald
from rollcall.uploads import utc
from tests.approvals import Office
from tests.books import count_unrecognised, unrecognised
from tests.chain import Chain, ListQueue
from tests.cloud import REGION
from tests.files_of import csv_of, imei

RAE = Remover("RSL-ACME", ResellerRole.ADMIN, "person:T0ACME:U0RAE", "T0ACME#U0RAE", "rae@acme.example")
UMA = Remover("RSL-ACME", ResellerRole.UPLOADER, "person:T0ACME:U0UMA", "T0ACME#U0UMA", "uma@acme.example")
VIC = Remover("RSL-ACME", ResellerRole.VIEWER, "person:T0ACME:U0VIC", "T0ACME#U0VIC", "vic@acme.example")
BOB = Remover("RSL-BOLTWAVE", ResellerRole.ADMIN, "person:T0BOLT:U0BOB", "T0BOLT#U0BOB", "bob@boltwave.example")
ERP = Remover("RSL-ACME", ResellerRole.ADMIN, "api:erp")
NIA = Approver("CUST-NORTHWIND", CustomerRole.APPROVER, "person:T0NW:U0NIA")
NED = Approver("CUST-NORTHWIND", CustomerRole.ADMIN, "person:T0NW:U0NED")
NAT = Approver("CUST-NORTHWIND", CustomerRole.VIEWER, "person:T0NW:U0NAT")
FAY = Approver("CUST-FABRIKAM", CustomerRole.ADMIN, "person:T0FABRIKAM:U0FAY")
KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
STATES = {1: "PENDING", 2: "VERIFIED", 3: "REJECTED", 4: "EXCHANGING", 5: "MPTS_ERROR"}


class Removers(Office):
    """An office whose jobs are removals, too.

    Attributes:
        notices: ids of what was to be told.
    """

    def __init__(self, cloud):
        super().__init__(cloud)
        self.notices = ListQueue()
        self.deletions = DeletionsStore(
            self.transactions, self.decisions.changes, devices="DevicesTable", uploads="UploadsTable"
        )
        self.swaps = ExchangesStore(self.decisions.changes)
        self.store = RemovalsStore(self.client, "UploadsTable")

    def herald(self):
        return Herald(NoticesStore("UploadsTable", region=REGION), self.notices)

    def tidings(self):
        return Tidings(
            decisions=self.decisions,
            untold=UntoldDecisions(self.client, "UploadsTable"),
            jobs=self.jobs,
            accounts=self.cloud.accounts,
            herald=self.herald(),
            notices=self.notices,
            clock=self.clock,
        )

    def removal_runner(self):
        return RemovalRunner(
            removals=self.store,
            lists=self.jobs,
            list_steps=ListSteps(self.jobs, self.deletions, Releases(self.cloud.accounts)),
            upload_steps=UploadSteps(self.uploads, self.devices, self.deletions),
            uploads=self.uploads,
            herald=self.herald(),
            tidings=self.tidings(),
            arrivals=self.decisions.arrivals,
            queue=self.queue,
            seconds_left=self.time_left,
            now=lambda: self.now,
        )

    @property
    def removals(self):
        return Removals(
            removals=self.store,
            lists=self.jobs,
            deletions=self.deletions,
            changes=self.decisions.changes,
            releases=Releases(self.cloud.accounts),
            runner=self.removal_runner(),
            herald=self.herald(),
            queue=self.queue,
            now=lambda: self.now,
        )

    def run(self, message):
        """Works on what a message names."""
        if message["kind"] in set(RemovalKind):
            return self.removal_runner().run(message["id"])
        return self.runner().run(message["id"])

    def work(self, most=100):
        """Delivers every waiting message, and what those send; the last job as it is then."""
        job = None
        while self.queue.messages:
            for message in self.queue.take():
                most -= 1
                assert most > 0, "jobs go round in circles"
                job = self.run(message)
        return job

    def delete(self, *numbers, by=RAE, once="delete"):
        """Has devices deleted by their numbers, to the end."""
        begun = self.removals.delete(by, [imei(number) for number in numbers], once=once, reference="R-1")
        self.work()
        return self.store.get(begun.id)

    def told(self):
        """What was to be told since this was asked last: (kind, subject, account, person)."""
        store = NoticesStore("UploadsTable", region=REGION)
        messages = [message for message in self.notices.take() if message["kind"] == "notice"]
        kept = [store.get(message["id"]).notice for message in messages]
        return {(one.kind.value, one.subject, one.account, one.person) for one in kept}

    def stock(self, *, key=KEY, customer="CUST-NORTHWIND", **metadata):
        """An upload of five devices, of which each is in another state, by its number; the first has two IMEIs."""
        rows = [f"{imei(one)},{imei(50) if one == 1 else ''}" for one in STATES]
        with mock.patch.object(loading, "arrive", unrecognised(5)):
            upload = Chain(self.cloud).upload(key, csv_of(*rows, header="imei,imei2"), **metadata).upload_id
        count_unrecognised(self.cloud, upload, customer, 1)
        self.accept(2)
        self.reject(3, reason="not ordered")
        occasion = Occasion("X-4", RAE.by, utc(self.now), "R-1")
        self.swaps.begin(occasion, Target(f"imei#{imei(4)}"), reseller="RSL-ACME")
        assert {number: self.status(number) for number in STATES} == STATES
        return upload
