"""Everything a person in Slack meets, in the test's own process: workspace, bot, and the functions behind its queues.

The workspace signs and sends requests as Slack does. A small HTTP server stands where API Gateway stands: it turns each
request into the event that the real handler gets. Queues are delivered by hand, as real SQS events.
"""

from __future__ import annotations

import copy
import importlib.util
import io
import json
import logging
import os
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

import yaml
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sqs.models import sqs_backends

import handler as bot
from local.slack.grants import ResponseUrl
from local.slack.serve import start
from rollcall.directory import parse_directory
from rollcall.installations import Installation
from rollcall.store import binding, sessions
from rollcall.store.installations import InstallationsStore
from tests.cloud import REGION, ROOT, SECRETS, running_cloud
from tests.gateway import SECRET, Gateway, LambdaContext, signed, sqs_event
from tests.stock import accounts


def _function(name):
    """The handler module of a function, under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"function_{name}", ROOT / f"functions/{name}/handler.py")
    module = importlib.util.module_from_spec(spec)
    with patch.dict(os.environ, {"POWERTOOLS_METRICS_NAMESPACE": "Rollcall"}):
        spec.loader.exec_module(module)
    return module


notify, run_job, upload_page, api, install, tick = (
    _function(name) for name in ("notify", "run_job", "upload_page", "api", "install", "tick")
)
#: Where upload links lead.
PUBLIC_URL = "https://slackapi.execute-api.eu-central-1.amazonaws.com"
CONSUMERS = {"notices": notify, "jobs": run_job}


@dataclass(repr=False)
class Office:
    """A workspace with the bot in it, on a cloud.

    Attributes:
        cloud: the AWS it runs on.
        slack: the workspace.
        gateway: what stands between the two.
        out: what the functions wrote to their logs, as Lambda would keep it.
        others: what else was logged as a warning or worse.
        stock: the uploads there are.
    """

    cloud: object
    slack: object
    gateway: Gateway
    out: io.StringIO = field(default_factory=io.StringIO)
    others: list = field(default_factory=list)
    stock: object = None
    _before: object = None
    _delivered: int = 0

    # -- what people do ----------------------------------------------------------------------------------------------

    @staticmethod
    def dm(person):
        """The channel of a person's direct messages with the bot."""
        return f"D{person.team[1:]}{person.user[1:]}"

    def command(self, person, typed, channel=""):
        """Types a command; the answer, which only that person sees."""
        channel = channel or self.dm(person)
        before = len(self.messages(person, channel))
        self.slack.desk.command(person.team, person.user, channel, typed)
        new = self.messages(person, channel)[before:]
        assert len(new) == 1, new
        return new[0]

    def click(self, person, message, action_id, *, nth=0, picked=None):
        """Clicks a button of a message; what the workspace itself tells the person, empty if all went well."""
        block, _ = [found for found in buttons(message) if found[1]["action_id"].startswith(action_id)][nth]
        _, element = [found for found in buttons(message) if found[1]["action_id"].startswith(action_id)][nth]
        where = {
            "channel": message["channel"],
            "ts": message["ts"],
            "block_id": block["block_id"],
            "action_id": element["action_id"],
        }
        return self.slack.desk.click(person.team, person.user, where, picked, {})

    def say(self, person, text):
        """Writes into the DM with the bot, and waits until the bot took note."""
        with self.event():
            self.slack.desk.say(person.team, person.user, self.dm(person), text)

    def open_home(self, person, tab="home"):
        """Opens the bot's App Home, and waits until the bot took note."""
        with self.event():
            self.slack.desk.opened(person.team, person.user, tab)

    @contextmanager
    def event(self):
        """Waits for the delivery of the event that something causes."""
        before = len(self.log("event"))
        yield
        deadline = time.monotonic() + 10
        while len(self.log("event")) == before:
            assert time.monotonic() < deadline, "the workspace sent no event"
            time.sleep(0.002)

    # -- what can be seen --------------------------------------------------------------------------------------------

    def messages(self, person, channel=""):
        """The messages of a channel that a person sees, each with the channel it is in."""
        channel = channel or self.dm(person)
        seen = self.slack.control.look("messages", {"team": person.team, "channel": channel})["messages"]
        return [
            {**copy.deepcopy(message), "channel": channel}
            for message in seen
            if message.get("only_for", person.user) == person.user
        ]

    def home(self, person):
        return self.slack.control.look("home", {"team": person.team, "user": person.user})["view"]

    def modals(self, person):
        return self.slack.control.look("views", {"team": person.team, "user": person.user})["views"]

    def file(self, name="devices.csv"):
        """The content of the one file of that name."""
        (found,) = [file for file in self.slack.world.files.values() if file.name == name]
        return found.content

    def log(self, kind):
        """What the workspace noted: ``request``, ``event`` or ``refused``."""
        return [entry for entry in self.slack.world.log.copy() if entry["kind"] == kind]

    @property
    def lines(self):
        """The lines of our functions' logs."""
        return [json.loads(line) for line in self.out.getvalue().splitlines()]

    # -- requests by hand --------------------------------------------------------------------------------------------

    def post(self, body, headers):
        """Posts a request; status and body of the answer."""
        target = urlsplit(self.gateway.url)
        connection = HTTPConnection(target.hostname, target.port, timeout=20)
        try:
            connection.request("POST", target.path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def post_command(self, person, typed, **changed):
        """Posts a signed command; status and what was answered, as an object."""
        name, _, text = typed.partition(" ")
        fields = {"command": name, "text": text, "team_id": person.team, "user_id": person.user, "trigger_id": "1.2.x"}
        body = urlencode({**fields, "channel_id": self.dm(person), "response_url": "", **changed}).encode()
        status, answer = self.post(body, signed(body))
        return status, json.loads(answer or "{}")

    def response_url(self, person):
        """A response URL for answers that only this person sees, in their DM with the bot."""
        world, grants = self.slack.world, self.slack.desk.grants
        grant = ResponseUrl(person.team, self.dm(person), person.user, world.now(), ephemeral=True)
        return f"{world.url}/actions/{person.team}/{grants.new_response(grant)}"

    def post_interaction(self, payload):
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return self.post(body, signed(body))

    def post_event(self, payload, **headers):
        body = json.dumps(payload).encode()
        return self.post(body, {**signed(body, content_type="application/json"), **headers})

    # -- queues ------------------------------------------------------------------------------------------------------

    def waiting(self, queue):
        """The messages of a queue, as they were sent, delivered or not."""
        return [json.loads(message.body) for message in self._queue(queue)._messages]

    def receive(self, queue):
        """The next visible message as the event of its function; None if there is none."""
        sqs, url = self.cloud.client("sqs"), self.cloud.queues[queue]
        answer = sqs.receive_message(QueueUrl=url, AttributeNames=["All"], MaxNumberOfMessages=1)
        return next((sqs_event(queue, message) for message in answer.get("Messages", [])), None)

    def deliver(self, queue, event):
        """Invokes the function of a queue with an event; whether it took the message."""
        self._delivered += 1
        context = LambdaContext(f"{queue}-{self._delivered}", function_name=queue)
        answer = CONSUMERS[queue].handle(copy.deepcopy(event), context)
        return not answer["batchItemFailures"]

    def drain(self):
        """Delivers what is visible, until nothing is. A message that is not taken stays for its visibility timeout."""
        taken = []
        for queue in ("jobs", "notices"):
            while event := self.receive(queue):
                done = self.deliver(queue, event)
                taken.append(done)
                if done:
                    handle = event["Records"][0]["receiptHandle"]
                    self.cloud.client("sqs").delete_message(QueueUrl=self.cloud.queues[queue], ReceiptHandle=handle)
        return taken

    def seconds_hidden(self, queue):
        """Seconds until each message of a queue can be seen again."""
        return [message.visible_at / 1000 - time.time() for message in self._queue(queue)._messages]

    def later(self, queue):
        """Lets the time pass until the messages of a queue can be seen again."""
        for message in self._queue(queue)._messages:
            message.visible_at = message.delayed_until = 0

    @staticmethod
    def _queue(queue):
        return sqs_backends[DEFAULT_ACCOUNT_ID][REGION].queues[queue]

    # -- between tests -----------------------------------------------------------------------------------------------

    def keep(self):
        """Takes what is there now for what every test begins with."""
        self._before = self.cloud.checkpoint()

    def set_back(self):
        """Sets everything back to where `keep` was called."""
        self.cloud.restore_tables(self._before)
        self.slack.control.change("clear", {})
        for team in self.slack.world.teams.values():
            team.installed, team.token, team.enterprise = True, f"xoxb-local-{team.id}", ""
            team.org_wide, team.emails = False, True
        self.slack.oauth.rotates = False
        self.slack.world.deactivated.clear()
        for queue in self.cloud.queues:
            self._queue(queue)._messages.clear()
        self.out.seek(0)
        self.out.truncate()
        self.others.clear()
        self.gateway.answers.clear()
        self.gateway.crashes.clear()


def elements(message):
    """Every block of a message or a view with each of its interactive elements."""
    for block in message.get("blocks", []):
        for element in (block.get("accessory"), *block.get("elements", ())):
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def buttons(message):
    """Every button of a message, with its block."""
    return [(block, element) for block, element in elements(message) if element["type"] == "button"]


def labels(message):
    """What stands on the buttons."""
    return [element["text"]["text"] for _, element in buttons(message)]


def words(blocks):
    """What can be read in blocks, one text a line."""
    if isinstance(blocks, dict):
        texts = (part if key == "text" and isinstance(part, str) else words(part) for key, part in blocks.items())
        return "\n".join(filter(None, texts))
    return "\n".join(filter(None, map(words, blocks))) if isinstance(blocks, list) else ""


@contextmanager
def running_office(tmp_path, **limits):
    """An office with the accounts of `accounts` and Rollcall installed in all their workspaces, but no devices yet."""
    raw = accounts()
    path = tmp_path / "accounts.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with ExitStack() as stack:
        cloud = stack.enter_context(running_cloud(**limits))
        cloud.accounts.apply(parse_directory(raw))
        # A busy machine is slower than Lambda: what takes three seconds is measured elsewhere.
        slack = start(path, signing_secret=SECRET, ack_seconds=30.0)
        slack.oauth.client_id, slack.oauth.client_secret = SECRETS["client-id"], SECRETS["client-secret"]
        slack.oauth.redirects = (f"{PUBLIC_URL}/slack/",)
        stack.callback(slack.stop)
        installations = InstallationsStore.from_settings(cloud.settings)
        for team in slack.world.teams.values():
            installations.put(Installation(team.id, slack.tokens[team.id], team.bot_id, team.bot_user, team.name))
        stack.enter_context(_environment(cloud, slack.api_url))
        gateway = Gateway(bot.handle)
        stack.callback(gateway.close)
        slack.bot_url = gateway.url
        # They come by the way and would wake the tests that wait for an event; who needs one posts it by hand.
        slack.desk.bot.events -= {"message_metadata_posted", "user_change", "channel_shared", "channel_unshared"}
        office = Office(cloud, slack, gateway)
        stack.enter_context(_logs(office))
        office.keep()
        yield office


def forget():
    """Empties what functions keep from one invocation to the next."""
    bot.app.cache_clear()
    notify.mailroom.cache_clear()
    for kept in (run_job.tools, upload_page.tools, api.api, install.installer, tick.clockwork):
        kept.cache_clear()
    sessions._client.cache_clear()
    binding.forget()


@contextmanager
def _environment(cloud, api_url):
    """The environment variables that the template gives these functions."""
    settings = cloud.settings
    values = {
        "DEVICES_TABLE": settings.devices_table,
        "UPLOADS_TABLE": settings.uploads_table,
        "ACCOUNTS_TABLE": settings.accounts_table,
        "UPLOADS_BUCKET": settings.bucket,
        "NOTICES_QUEUE_URL": settings.notices_queue_url,
        "JOBS_QUEUE_URL": settings.jobs_queue_url,
        "FINISHES_QUEUE_URL": settings.finishes_queue_url,
        "PUBLIC_URL": PUBLIC_URL,
        "SLACK_API_URL": api_url,
        "SLACK_SECRETS": settings.slack_secrets,
        "TOKENS_KEY": settings.tokens_key,
    }
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    forget()
    try:
        yield
    finally:
        forget()
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Others(logging.Handler):
    """Keeps what other loggers than ours have to say."""

    def __init__(self, kept):
        super().__init__(logging.WARNING)
        self._kept = kept

    def emit(self, record):
        self._kept.append(self.format(record))


@contextmanager
def _logs(office):
    """Turns the logs of our functions to the office, and keeps the warnings of everybody else."""
    handlers = [module.logger.registered_handler for module in (bot, notify, run_job, upload_page, api, install)]
    streams = [handler.setStream(office.out) for handler in handlers]
    others = _Others(office.others)
    logging.getLogger().addHandler(others)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(others)
        for handler, stream in zip(handlers, streams, strict=True):
            if stream is not None:
                handler.setStream(stream)
