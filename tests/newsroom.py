"""The chain with a workspace behind it: uploads go through step by step, and what is told of them can be looked at."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from functools import cached_property
from unittest.mock import patch

from local.slack.webapi import WebApi
from rollcall.accounts import Person
from rollcall.notices import upload_notice
from rollcall.slack.sender import RetryLaterError, Sender, SlackDownError
from rollcall.store.installations import InstallationsStore
from rollcall.store.notices import NoticesStore
from rollcall.store.posts import PostsStore
from rollcall.telling.assembly import teller
from tests.chain import Chain, ListQueue
from tests.cloud import REGION
from tests.files_of import csv_of, imei
from tests.office import words

RAE, UMA, VIC = Person("T0ACME", "U0RAE"), Person("T0ACME", "U0UMA"), Person("T0ACME", "U0VIC")
NIA, TAM = Person("T0NW", "U0NIA"), Person("T0BOLT", "U0TWO")
RAE_DM, UMA_DM = ("T0ACME", "D0ACME0RAE"), ("T0ACME", "D0ACME0UMA")
CHANNEL = ("T0ACME", "C0ACME")
PLACE = "uploads/RSL-ACME/CUST-NORTHWIND"


class ListSqs:
    """SQS as far as the teller needs it: what it sends later is kept with the seconds to wait."""

    def __init__(self, queue):
        self.queue = queue
        self.delays = []

    def send_message_batch(self, *, QueueUrl, Entries):  # noqa: N803 - as boto3 names them
        for entry in Entries:
            self.delays.append(entry.get("DelaySeconds", 0))
            self.queue.messages.append({**json.loads(entry["MessageBody"]), "delay": entry.get("DelaySeconds", 0)})
        return {}


class Newsroom:
    """Uploads and what is told of them.

    Attributes:
        chain: the three steps of an upload.
        slack: the workspace.
        seconds: the clock; moves on only when a test says so.
    """

    def __init__(self, office):
        self.office, self.cloud, self.slack = office, office.cloud, office.slack
        self.chain = Chain(office.cloud)
        self.chain.notices = ListQueue()
        self.sqs = ListSqs(self.chain.notices)
        self.notices = NoticesStore(self.cloud.settings.uploads_table, region=REGION)
        self.posts = PostsStore(self.cloud.settings.uploads_table, region=REGION)
        self.seconds = float(int(time.time()))
        self.workers = 0
        self.rows = 0

    # -- what happens ------------------------------------------------------------------------------------------------

    def put(self, body, *, by=RAE, place=PLACE, name="phones.csv", **metadata):
        """Puts a file and has it planned; the upload."""
        email = {"uploaded_by": f"{by.user[2:].lower()}@acme.example"} if by else {}
        version = self.cloud.put(f"{place}/{name}", body, **email, **metadata)
        return self.chain.plan(f"{place}/{name}", version).upload

    def upload(self, body, **options):
        """A file all the way, and all of it told; the upload as it ended."""
        upload = self.put(body, **options)
        self.tell()
        self.chain.drain()
        self.tell()
        return self.chain.uploads.get(upload.id)

    def phones(self, count, *, bad=0):
        """A file of so many new devices and so many rows that are wrong."""
        rows = [imei(self.rows + number) for number in range(count)]
        self.rows += count
        return csv_of(*rows, *["12"] * bad)

    # -- what is told ------------------------------------------------------------------------------------------------

    @cached_property
    def teller(self):
        installations = InstallationsStore.from_settings(self.cloud.settings)
        sender = Sender(installations.find, self.slack.api_url)
        s3 = self.cloud.client("s3")
        return teller(self.cloud.settings, sender, s3=s3, sqs=self.sqs, clock=lambda: self.seconds)

    def tell_one(self, notice):
        """One try at telling a notice."""
        self.workers += 1
        return self.teller.tell(notice, worker=f"w{self.workers}", seconds=30)

    def tell(self, *, tries=10):
        """Delivers the messages there are, and what they send, each until it is taken; how often each failed."""
        failures = []
        while self.chain.notices.messages:
            message = min(self.chain.notices.messages, key=lambda waiting: waiting.get("delay", 0))
            self.chain.notices.messages.remove(message)
            self.seconds += message.get("delay", 0)
            for _ in range(tries):
                try:
                    self.tell_one(message["id"])
                except (RetryLaterError, SlackDownError) as error:
                    failures.append(error)
                    self.seconds += 60
                else:
                    break
            else:
                raise AssertionError(f"not taken in {tries} tries") from failures[-1]
        return failures

    # -- what can be seen --------------------------------------------------------------------------------------------

    def seen(self, place):
        """The messages of a channel, those in threads included."""
        return [message.body for message in self.slack.world.messages[place]]

    def heads(self, place):
        """Those outside of threads, as they read now."""
        return [message for message in self.seen(place) if not message.get("thread_ts")]

    def replies(self, place):
        return [message for message in self.seen(place) if message.get("thread_ts")]

    def said(self, place):
        """What can be read in a channel outside of threads, message by message."""
        return [words(message.get("blocks", [])) or message["text"] for message in self.heads(place)]

    def everywhere(self):
        """Every message in the reseller's workspace."""
        found = self.slack.world.messages.items()
        return [message.body for (team, _), messages in found if team == "T0ACME" for message in messages]

    def kept(self, upload):
        """The notice of an upload as it is stored."""
        return self.notices.get(upload_notice(upload.id, upload.reseller).id)

    @contextmanager
    def counting(self):
        """Counts the calls of the Web API: method → how often."""
        calls = {}
        original = WebApi.call

        def call(api, name, *args, **kwargs):
            calls[name] = calls.get(name, 0) + 1
            return original(api, name, *args, **kwargs)

        with patch.object(WebApi, "call", call):
            yield calls

    # -- what goes wrong ---------------------------------------------------------------------------------------------

    def fault(self, method, kind, **more):
        """Orders a fault of the Web API."""
        self.slack.control.change("fault", {"method": method, "kind": kind, **more})

    def archive(self, place=CHANNEL, *, archived=True):
        self.slack.control.change("archive", {"team": place[0], "channel": place[1], "archived": archived})

    def throw_out(self, place=CHANNEL, *, present=False):
        """Takes the bot out of a channel."""
        self.slack.control.change("member", {"team": place[0], "channel": place[1], "present": present})

    def deactivate(self, person, *, deactivated=True):
        change = {"team": person.team, "user": person.user, "deactivated": deactivated}
        self.slack.control.change("person", change)

    def set_back(self):
        """As it was before the first test."""
        self.office.set_back()
        self.archive(archived=False)
        self.throw_out(present=True)
        self.__dict__.pop("teller", None)
        self.__init__(self.office)
