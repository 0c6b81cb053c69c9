"""A customer's rules and orders on a cloud, and what looks after them when an upload has arrived."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from rollcall.conflicts import Generation
from rollcall.errands import arrivals
from rollcall.errands.errand import Errand
from rollcall.orders import Order, order_id
from rollcall.rules import Rule
from rollcall.ruling.counting import Counting
from rollcall.ruling.messages import arrival
from rollcall.ruling.rehearsing import Rehearsal
from rollcall.ruling.running import Ruler
from rollcall.ruling.walking import Walker
from rollcall.store.known_resellers import KnownResellers
from rollcall.uploads import utc
from tests.approvals import NIA, Office
from tests.books import right_books
from tests.chain import ListQueue
from tests.files_of import csv_of, imei

NORTHWIND, ACME = "CUST-NORTHWIND", "RSL-ACME"


class Rules:
    """Rules and orders of Northwind, which knows Acme.

    Args:
        office: decides as people do; its clock is everybody's.
        chain: brings uploads.
    """

    def __init__(self, office, chain, *, known=True):
        self.office, self.chain, self.cloud = office, chain, office.cloud
        self.decisions = office.decisions
        self.known = KnownResellers(office.client, "UploadsTable", office.jobs)
        if known:
            self.known.remember(NORTHWIND, ACME, now=utc(office.now))

    def walker(self):
        return Walker(self.office.devices, seconds_left=self.office.time_left)

    def counting(self):
        return Counting(
            parts=self.decisions.parts,
            walker=self.walker(),
            orders=self.decisions.orders,
            arrivals=self.decisions.arrivals,
        )

    def ruler(self, decisions=None):
        decisions = decisions or self.decisions
        return Ruler(
            decisions=decisions,
            walker=self.walker(),
            rules=decisions.rules,
            orders=decisions.orders,
            arrivals=decisions.arrivals,
            known=self.known,
            accounts=self.cloud.accounts,
            accounts_table="AccountsTable",
            uploads_table="UploadsTable",
            now=lambda: self.office.now,
        )

    def rehearsal(self):
        return Rehearsal(
            decisions=self.decisions,
            walker=self.walker(),
            known=self.known,
            accounts=self.cloud.accounts,
            uploads="UploadsTable",
            now=lambda: self.office.now,
        )

    def rule(self, id_="AR-1", **more):
        """Stores a rule that is on and takes whatever Acme brings, but for what is said otherwise."""
        values = {
            "name": "Office phones",
            "resellers": (ACME,),
            "needs_order": False,
            "on": True,
            "by": NIA.by,
            "at": utc(self.office.now),
            "made_at": utc(self.office.now),
        }
        return self.decisions.rules.save(Rule(id_, NORTHWIND, **{**values, **more}))

    def order(self, number="PO-1", quantity=3, **more):
        order = Order(order_id(NORTHWIND, ACME, number), NORTHWIND, ACME, number, quantity, by=NIA.by, **more)
        return self.decisions.orders.save(order)

    def upload(self, numbers, *, name="a.csv", order="", models=()):
        """Brings devices; the upload's id."""
        rows = [(number, models[place] if models else "SM-S921B", order) for place, number in enumerate(numbers)]
        return self.bring(rows, name=name)

    def bring(self, rows, *, name="a.csv"):
        """Likewise, of each its number, model and order."""
        self.chain.now = self.office.now - timedelta(minutes=1)
        body = csv_of(*(",".join((imei(number), *rest)) for number, *rest in rows), header="imei,model,order_number")
        return self.chain.upload(f"uploads/{ACME}/{NORTHWIND}/{name}", body).upload_id

    def part(self, upload):
        return self.decisions.parts.get(upload, NORTHWIND)

    def arrive(self, upload):
        """Counts and rules, as the job of an arrival does; what came of it."""
        assert self.counting().count(self.part(upload)) is not False
        return self.ruler().rule(self.part(upload), reference="R-RULE")

    def made(self, ruling):
        """The records of a ruling's decisions."""
        return [self.decisions.get(one.decision) for one in ruling.made]

    def statuses(self, numbers):
        return "".join((self.office.status(number) or "-")[0] for number in numbers)

    @staticmethod
    def born(upload):
        return Generation(ACME, NORTHWIND, upload, 0)


#: What a rule makes of `Arriving.arrive`: it wants one of two models, an order with room for 5, and 4 at the most.
VERDICT = "VVPVVPPPP"
LEFT = {"model": 1, "order_full": 2, "upload_cap": 1, "order_unknown": 1}


class Arriving:
    """An upload that has arrived, and the worker that its messages come to.

    Attributes:
        queue: of jobs.
        patience: times that a round may look at its clock before its time is up.
    """

    def __init__(self, cloud, chain):
        self.office = Office(cloud)
        self.rules = Rules(self.office, chain)
        self.queue, self.patience, self.looks = ListQueue(), 10**6, 0
        self.told = []
        self.office.seconds_left = self.look

    def look(self):
        self.looks += 1
        return 100.0 if self.looks <= self.patience else 1.0

    def arrive(self):
        """Brings nine devices; the message that says so."""
        self.rules.rule(models=("SM-S921B",), needs_order=True, per_upload=4)
        self.rules.order(quantity=5, models=("SM-S921B",))
        models = ["SM-S921B"] * 9
        models[2] = "SM-X"
        rows = [(number, models[number - 1], "PO-9" if number == 9 else "PO-1") for number in range(1, 10)]
        upload = self.rules.bring(rows)
        self.upload = upload
        return arrival(upload, NORTHWIND)

    def assembled(self, *_):
        decisions = self.rules.decisions
        tidings = SimpleNamespace(announce=self.told.append, devices_changed=lambda _: None)
        return (
            SimpleNamespace(decisions=decisions, tidings=tidings),
            SimpleNamespace(counting=self.rules.counting(), ruler=self.rules.ruler()),
        )

    def deliver(self, message):
        """One try at a message."""
        self.looks = 0
        kind = arrivals.arrived if message["kind"] == "arrived" else arrivals.recount_upload
        return kind(None, Errand(message, "R-1", last=False, seconds_left=self.look))

    def work(self, *messages, times=1):
        """Delivers messages and what those send, each so many times; how many were delivered."""
        self.queue.messages += messages
        delivered = 0
        while self.queue.messages:
            for message in self.queue.take():
                for _ in range(times):
                    self.deliver(message)
                    delivered += 1
                assert delivered < 2_000, "arrivals go round in circles"
        return delivered

    def ruling(self):
        return self.rules.decisions.arrivals.of(self.upload, NORTHWIND).ruling

    def check(self):
        """That every device is judged once, and all figures are right."""
        ruling = self.ruling()
        assert self.rules.statuses(range(1, 10)) == VERDICT
        assert ruling.done
        assert ruling.left == LEFT
        assert [record.devices for record in self.rules.made(ruling)] == [4]
        tally = self.rules.decisions.arrivals.of(self.upload, NORTHWIND).tally
        assert (tally.seen, tally.none, dict(tally.unknown)) == (9, 0, {"PO-9": 1})
        (found,) = tally.found.values()
        assert found == ("PO-1", 7, 1)
        (order,) = self.rules.decisions.orders.of_customer(NORTHWIND)
        assert order.got == 7
        assert self.rules.decisions.rules.get(NORTHWIND, "AR-1").day_count == 4
        right_books(self.office.cloud, self.office, {})
