"""A customer's rules and orders on a cloud, and what looks after them when an upload has arrived."""

from __future__ import annotations

from datetime import timedelta

from rollcall.conflicts import Generation
from rollcall.orders import Order, order_id
from rollcall.rules import Rule
from rollcall.ruling.counting import Counting
from rollcall.ruling.rehearsing import Rehearsal
from rollcall.ruling.running import Ruler
from rollcall.ruling.walking import Walker
from rollcall.store.known_resellers import KnownResellers
from rollcall.uploads import utc
from tests.approvals import NIA
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
        self.chain.now = self.office.now - timedelta(minutes=1)
        rows = [
            f"{imei(number)},{models[place] if models else 'SM-S921B'},{order}" for place, number in enumerate(numbers)
        ]
        body = csv_of(*rows, header="imei,model,order_number")
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
