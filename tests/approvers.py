"""What people do about devices that were uploaded for them, on top of the office."""

from __future__ import annotations

import json
import time

from rollcall.notices import approval_notice, upload_notice
from rollcall.store.decisions import DecisionsStore
from rollcall.telling.decisions import Tidings
from tests.cloud import REGION
from tests.office import elements, words
from tests.stock import ROLES

NIA, NED, NAT = ROLES["customer approver"], ROLES["customer admin"], ROLES["customer viewer"]
RAE, VIC = ROLES["reseller admin"], ROLES["reseller viewer"]
#: Where Northwind hears of its uploads, and Acme of its own.
CHANNEL, RESELLERS = "C0NWIT", "C0ACME"


def _is_redrawn(now, message):
    """Whether an answer that one person sees is another one than it was."""
    return now["ts"] == message["ts"] and bool(now.get("only_for")) and now["blocks"] != message["blocks"]


class Approvals:
    """The office, with the messages about one upload told."""

    def __init__(self, office, upload, customer="CUST-NORTHWIND", reseller="RSL-ACME"):
        self.office, self.upload, self.customer, self.reseller = office, upload, customer, reseller

    def tell(self):
        """Has the customer's message told, and everything that is on its way; the message."""
        self.send(approval_notice(self.upload, self.customer))
        return self.message()

    def tell_reseller(self):
        """Has the reseller's message told; it."""
        self.send(upload_notice(self.upload, self.reseller))
        return self.reseller_message()

    def send(self, notice):
        sqs, url = self.office.cloud.client("sqs"), self.office.cloud.queues["notices"]
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"kind": "notice", "id": notice.id}))
        self.drain()

    def drain(self, *, homes=False):
        """Has everything told that is on its way; App Homes, which take longest, in one test alone."""
        queue = self.office._queue("notices")
        if not homes:
            queue._messages[:] = [one for one in queue._messages if json.loads(one.body)["kind"] != "home"]
        self.office.drain()

    def message(self):
        """The customer's message about the upload as it reads now."""
        (found,) = [one for one in self.posted(NIA, CHANNEL) if self.upload in words(one["blocks"])]
        return found

    def reseller_message(self):
        """The reseller's message about the upload, which its uploader has."""
        (found,) = [one for one in self.posted(RAE, "") if self.upload in words(one["blocks"])]
        return found

    def posted(self, person, channel):
        return [one for one in self.office.messages(person, channel) if not one.get("only_for")]

    def click(self, person, message, action_id, *, entry=None):
        """Clicks, and has everything told that follows; what only the clicker sees of it, as text.

        That is below the message, or in place of one that only they see.
        """
        before = len(self.office.messages(person, message["channel"]))
        told = self.press(person, message, action_id, entry=entry)
        assert told == ""
        seen = self.office.messages(person, message["channel"])
        new = [*(one for one in seen[:before] if _is_redrawn(one, message)), *seen[before:]]
        self.drain()
        assert all(one["only_for"] == person.user for one in new)
        return "\n".join(words(one["blocks"]) for one in new)

    def press(self, person, message, action_id, *, entry=None):
        block, element = next(found for found in elements(message) if found[1]["action_id"] == action_id)
        where = {
            "channel": message["channel"],
            "ts": message["ts"],
            "block_id": block["block_id"],
            "action_id": action_id,
        }
        picked = None
        if entry:
            picked = next(one["value"] for one in element["options"] if one["text"]["text"] == entry)
        return self.office.slack.desk.click(person.team, person.user, where, picked, {})

    def form(self, person):
        """The topmost modal of a person; None if there is none."""
        views = self.office.modals(person)
        return views[-1] if views else None

    def submit(self, person, **fields):
        """Sends the form; errors by field or nothing, and has everything told that follows."""
        view = self.form(person)
        answer = self.office.slack.modals.submit(
            person.team, person.user, view["id"], {name: {name: value} for name, value in fields.items()}
        )
        self.drain()
        return answer.get("errors") or answer.get("notice") or ""

    def tick(self, *, later=0):
        """What the clock does each minute about decisions, so many seconds from now; and has it told."""
        settings, client = self.office.cloud.settings, self.office.cloud.client
        Tidings.on(
            settings,
            DecisionsStore(
                client("dynamodb"),
                devices=settings.devices_table,
                uploads=settings.uploads_table,
                seconds_left=lambda: 60.0,
            ),
            dynamodb=client("dynamodb"),
            sqs=client("sqs"),
            clock=lambda: time.time() + later,
            region=REGION,
        ).sweep()
        self.drain()

    def states(self):
        """How many devices of the upload are in which state."""
        items = self.office.cloud.scan("DevicesTable")
        mine = [
            item["status"]["S"]
            for item in items
            if item["kind"]["S"] == "device"
            and item["upload"]["S"] == self.upload
            and item["customer"]["S"] == self.customer
        ]
        return {state: mine.count(state) for state in sorted(set(mine))}
