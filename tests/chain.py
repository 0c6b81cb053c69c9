"""Runs the three steps of an upload by hand, so that a test can repeat, reorder or kill any of them."""

from __future__ import annotations

import csv
import io
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import yaml

from rollcall.chain.finishing import Finisher
from rollcall.chain.loading import Loader
from rollcall.chain.planning import Planner
from rollcall.chain.recognising import Recogniser
from rollcall.chain.sending import Sending
from rollcall.directory import parse_directory
from rollcall.notifications import NewObject
from rollcall.store.claims import Claims
from rollcall.store.notices import NoticesStore
from rollcall.store.objects import Objects
from rollcall.store.quality import QualityStore
from rollcall.store.registries import Registries
from rollcall.store.reservations import ReservationsStore
from rollcall.store.transactions import Transactions
from rollcall.store.uploads import UploadsStore
from rollcall.telling.herald import Herald
from tests.cloud import REGION, ROOT


@dataclass
class ListQueue:
    """A queue that only remembers."""

    messages: list = field(default_factory=list)

    def send(self, messages, *, delay=0):
        self.messages += [json.loads(json.dumps(message)) for message in messages]

    def take(self):
        taken, self.messages = self.messages, []
        return taken


class Chain:
    """The chain on a cloud, step by step or all at once."""

    def __init__(self, cloud):
        self.cloud = cloud
        self.chunks, self.finishes, self.notices = ListQueue(), ListQueue(), ListQueue()
        self.jobs = ListQueue()
        self.uploads = UploadsStore(cloud.settings.uploads_table, region=REGION)
        self.reservations = ReservationsStore(cloud.settings.uploads_table, region=REGION)
        self.objects = Objects(cloud.client("s3"), cloud.settings.bucket)
        self.dynamodb = cloud.client("dynamodb")
        self.now = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
        self.workers = 0
        self.registry = None

    def planner(self):
        return Planner(
            settings=self.cloud.settings,
            accounts=self.cloud.accounts,
            uploads=self.uploads,
            objects=self.objects,
            sending=Sending(self.uploads, self.chunks, self.finishes),
            herald=self.herald(),
            now=lambda: self.now,
        )

    def herald(self):
        return Herald(NoticesStore(self.cloud.settings.uploads_table, region=REGION), self.notices)

    def claims(self, dynamodb=None, seconds_left=lambda: 60.0):
        client = dynamodb or self.dynamodb
        return Claims(client, self.cloud.settings.devices_table, seconds_left=seconds_left, pause=lambda _: None)

    def catalogue(self, seconds_left=lambda: 60.0):
        """The catalogue in the system."""
        return self.registries().catalogue_store(seconds_left)

    def registries(self):
        return Registries(self.cloud.settings, self.dynamodb)

    def recogniser(self, registry=None, *, last=False):
        registry = registry or self.registry or self.registries().registry(lambda: 60.0)
        return Recogniser(registry, self.objects, strictness=self.cloud.settings.unrecognised, last=last)

    def loader(self, claims=None, clock=time.time, recogniser=None):
        return Loader(
            uploads=self.uploads,
            objects=self.objects,
            claims=claims or self.claims(),
            recogniser=recogniser or self.recogniser(),
            finishes=self.finishes,
            herald=self.herald(),
            clock=clock,
        )

    def plan(self, key, version):
        return self.planner().plan(NewObject(self.cloud.settings.bucket, key, version), reference="R-TEST")

    def load(self, message, **loader):
        self.workers += 1
        return self.loader(**loader).load(message["upload_id"], message["chunk"], worker=f"w{self.workers}", seconds=60)

    def quality(self):
        client = self.cloud.client("dynamodb")
        transactions = Transactions(client, seconds_left=lambda: 60.0)
        return QualityStore(client, transactions, self.cloud.settings.uploads_table)

    def finish(self, message, **options):
        finisher = Finisher(
            uploads=self.uploads,
            objects=self.objects,
            herald=self.herald(),
            quality=self.quality(),
            finishes=self.finishes,
            jobs=self.jobs,
            now=lambda: self.now,
        )
        return finisher.finish(message["upload_id"], **options)

    def drain(self):
        """Delivers every waiting message once, and what those send."""
        while self.chunks.messages or self.finishes.messages:
            for message in self.chunks.take():
                self.load(message)
            for message in self.finishes.take():
                self.finish(message)

    def upload(self, key, body, **metadata):
        """A file all the way; the report of it."""
        version = self.cloud.put(key, body, **metadata)
        planned = self.plan(key, version)
        self.drain()
        return Report(self.cloud, planned.upload)


class Report:
    """The reports of one upload, read back."""

    def __init__(self, cloud, upload):
        self.cloud, self.upload_id, self.reseller = cloud, upload.id, upload.reseller

    def raw(self, name):
        return self.cloud.get(f"reports/{self.reseller}/{self.upload_id}/{name}")

    @property
    def summary(self):
        return json.loads(self.raw("summary.json"))

    def sheet(self, name):
        return list(csv.DictReader(io.StringIO(self.raw(f"{name}.csv").decode("utf-8-sig"), newline="")))

    @property
    def results(self):
        return self.sheet("results")

    @property
    def codes(self):
        """Line → the set of its codes, for refused rows."""
        return {int(row["line"]): set(row["codes"].split()) for row in self.results if row["outcome"] == "refused"}


def sample_directory():
    """The sample accounts."""
    return parse_directory(yaml.safe_load((ROOT / "local/directory.yaml").read_text(encoding="utf-8")))


def sample_file(name):
    """One of the sample files."""
    return (Path(__file__).parent / "files" / name).read_bytes()
