"""Customers that let devices wait, and a clock that is moved on: its function is invoked as EventBridge does."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from tests.chain import Chain
from tests.cloud import ROOT
from tests.files_of import csv_of, imei
from tests.gateway import LambdaContext
from tests.office import tick, words

#: A Monday.
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
EVENT = json.loads((ROOT / "events/tick/every_minute.json").read_text(encoding="utf-8"))


class Reminding:
    """An office with a clock.

    Attributes:
        now: what the clock's function takes for the time.
    """

    def __init__(self, office):
        self.office, self.now = office, START
        self.rows = 0
        self.ticks = 0

    def upload(
        self, count, *, customer="CUST-NORTHWIND", reseller="RSL-ACME", name="phones.csv", by="rae@acme.example"
    ):
        """Uploads so many devices at the time that it is; the id."""
        numbers = range(self.rows, self.rows + count)
        self.rows += count
        chain = Chain(self.office.cloud)
        chain.now = self.now
        metadata = {"uploaded_by": by} if by else {}
        return chain.upload(f"uploads/{reseller}/{customer}/{name}", csv_of(*map(imei, numbers)), **metadata).upload_id

    def tick(self, **later):
        """Invokes the clock's function, so much later; what it sends is told."""
        self.now += timedelta(**later)
        self.ticks += 1
        env = {
            "STUCK_MINUTES": "10",
            "UPLOADS_QUEUE_URL": self.office.cloud.queues["chunks"],
            "CHUNKS_QUEUE_URL": self.office.cloud.queues["chunks"],
        }
        tick.clockwork.cache_clear()
        with patch.dict(os.environ, env), patch.object(tick, "time", SimpleNamespace(time=self.now.timestamp)):
            tick.handle(EVENT, LambdaContext(f"tick-{self.ticks}"))
        tick.clockwork.cache_clear()
        self.office.drain()

    def pass_time(self, *, hours):
        """Lets the clock tick every half hour."""
        for _ in range(2 * hours):
            self.tick(minutes=30)

    def told(self, person, text, channel=""):
        """The messages in somebody's DM, or a channel, that hold a text, as what can be read in them."""
        found = [words(one["blocks"]) for one in self.messages(person, text, channel)]
        return [one for one in found if text in one]

    def messages(self, person, text, channel=""):
        """Likewise, as they are."""
        seen = self.office.messages(person, channel)
        return [one for one in seen if not one.get("only_for") and text in words(one["blocks"])]
