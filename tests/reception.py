"""What people do to get files in, on top of the office: forms, dropped files, links; and what comes of the files."""

from __future__ import annotations

import base64
import json
import re
from urllib.parse import urlsplit

from local.slack.people import People
from tests.chain import Chain, Report
from tests.cloud import REGION
from tests.gateway import LambdaContext
from tests.office import PUBLIC_URL, elements, upload_page


class Reception:
    """The office with a chain behind it."""

    def __init__(self, office):
        self.office, self.cloud, self.slack = office, office.cloud, office.slack
        self.people = People(office.slack.desk, office.slack.modals)
        self.chain = Chain(office.cloud)
        self.seen = set(self._versions())
        self.requests = 0

    def set_back(self):
        """Sets everything back to where it was opened."""
        self.office.set_back()
        self.cloud.restore(self.office._before)
        self.chain.chunks.take()
        self.chain.finishes.take()
        self.seen.clear()

    # -- what people do ----------------------------------------------------------------------------------------------

    def file(self, person, name, content=b"imei\n490154203237518\n"):
        """A file of a person's in Slack; its id."""
        raw = base64.b64encode(content).decode()
        act = self.people.act("upload", {"team": person.team, "user": person.user, "name": name, "content": raw})
        return act["file"]["id"]

    def drop(self, person, *files, text=""):
        """Puts files into the bot's messages; what the bot answers."""
        with self.office.event():
            self.slack.desk.say(person.team, person.user, self.office.dm(person), text, files=files)
        self.office.drain()
        return self.office.messages(person)[-1]

    def press(self, person, message, action_id, picks=None):
        """Presses a button of a message in which something was picked; the message as it is then."""
        block, element = next(found for found in elements(message) if found[1]["action_id"] == action_id)
        where = {**{key: message[key] for key in ("channel", "ts")}, "block_id": block["block_id"]}
        by_block = {}
        for other, menu in elements(message):
            if menu["action_id"] in (picks or {}):
                by_block.setdefault(other["block_id"], {})[menu["action_id"]] = picks[menu["action_id"]]
        told = self.slack.desk.click(
            person.team, person.user, {**where, "action_id": element["action_id"]}, None, by_block
        )
        assert told == ""
        now = self.office.messages(person, message["channel"])
        return next(found for found in now if found["ts"] == message["ts"])

    def shortcut(self, person):
        assert self.slack.desk.shortcut(person.team, person.user, "uploads.new") == ""
        return self.modal(person)

    def command(self, person, typed="/uploads new"):
        """Types a command that opens something; the modal."""
        self.slack.desk.command(person.team, person.user, self.office.dm(person), typed)
        return self.modal(person)

    def modal(self, person):
        """The topmost modal; None if there is none."""
        modals = self.office.modals(person)
        return modals[-1] if modals else None

    def suggest(self, person, typed, view=None):
        where = {"view_id": (view or self.modal(person))["id"], "block_id": "customer", "action_id": "uploads.customer"}
        return self.slack.modals.suggest(person.team, person.user, where, typed)["options"]

    def submit(self, person, **fields):
        """Fills the form in and sends it; errors by field, or nothing."""
        view = self.modal(person)
        if isinstance(fields.get("customer"), str):
            named = [one for one in self.suggest(person, "") if one["value"] == fields["customer"]]
            gone = {"text": {"type": "plain_text", "text": fields["customer"]}, "value": fields["customer"]}
            fields["customer"] = named[0] if named else gone
        picks = {field: {f"uploads.{field}": value} for field, value in fields.items()}
        return self.slack.modals.submit(person.team, person.user, view["id"], picks)

    def click_in_modal(self, person, action_id, **fields):
        view = self.modal(person)
        block, _ = next(found for found in elements(view) if found[1]["action_id"] == action_id)
        picks = {field: {f"uploads.{field}": value} for field, value in fields.items()}
        where = {"view_id": view["id"], "block_id": block["block_id"], "action_id": action_id}
        told = self.slack.modals.click(person.team, person.user, where, None, picks)
        assert told == ""
        return self.modal(person)

    # -- the page behind a link --------------------------------------------------------------------------------------

    def browse(self, url, body=None, *, content_type="application/json", encoded=False):
        """Asks for a page as a browser does, or posts to it; status, headers and body of the answer."""
        self.requests += 1
        assert url.startswith(f"{PUBLIC_URL}/u/")
        path = urlsplit(url).path
        method = "GET" if body is None else "POST"
        text = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        event = {
            "version": "2.0",
            "routeKey": f"{method} /u/{{token}}",
            "rawPath": path,
            "headers": {} if body is None else {"content-type": content_type},
            "pathParameters": {"token": path.rpartition("/")[2]},
            "requestContext": {"http": {"method": method, "path": path}},
            "body": base64.b64encode(text.encode()).decode() if encoded else text,
            "isBase64Encoded": encoded,
        }
        answer = upload_page.handle(event, LambdaContext(f"page-{self.requests}", function_name="upload_page"))
        answer = json.loads(json.dumps(answer))  # Lambda takes nothing that JSON does not
        return answer["statusCode"], answer["headers"], answer["body"]

    # -- what comes of it --------------------------------------------------------------------------------------------

    def settle(self):
        """Lets everything that is under way come to its end; the reports of the uploads that did."""
        self.office.drain()
        reports = []
        for key, version in self._versions():
            if (key, version) not in self.seen:
                self.seen.add((key, version))
                reports.append(Report(self.cloud, self.chain.plan(key, version).upload))
        self.chain.drain()
        while event := self.office.receive("finishes"):
            record = event["Records"][0]
            _, upload = self.chain.finish(json.loads(record["body"]))
            reports.append(Report(self.cloud, upload))
            self.cloud.client("sqs").delete_message(
                QueueUrl=self.cloud.queues["finishes"], ReceiptHandle=record["receiptHandle"]
            )
        return reports

    def upload(self, upload_id):
        return self.chain.uploads.get(upload_id)

    def uploads(self):
        """All uploads of Acme's that came from Slack, newest last."""
        found = self.chain.uploads.of_reseller("RSL-ACME", newest_first=False)
        return [upload for upload in found if upload.source == "slack"]

    def _versions(self):
        s3 = self.cloud.client("s3")
        for prefix in ("uploads/", "check/"):
            listed = s3.list_object_versions(Bucket=self.cloud.settings.bucket, Prefix=prefix)
            for version in reversed(listed.get("Versions", [])):
                yield version["Key"], version["VersionId"]


def upload_ids(texts):
    """The upload ids in a text, each once."""
    return list(dict.fromkeys(re.findall(r"U(?:-[0-9A-Z]{4}){4}", texts)))


__all__ = ["REGION", "Reception", "upload_ids"]
