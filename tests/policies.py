"""``make policies [FUNCTIONS=…]``: takes each statement of a function's policy away in turn, and sees something fail.

One local stack runs all the time. A statement is taken out of the function's role, the demo's story is played, the kept
events are sent and whatever else a statement is for is asked for; the statement is needed if AWS then refuses that
function something. What nothing needs is a right too many, and the command fails. What only rare things need is said
so, with the tests that bring them about on moto, which asks for no rights.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from urllib.request import Request, urlopen

from rich.console import Console

from local.choices import Choices
from local.demo import PARAMETERS, upload
from local.laptop import running_laptop
from local.sample import fresh_phones
from local.story import Story
from tests.cloud import ROOT, TEMPLATE

#: Seconds for one statement; the story takes about twenty on an idle machine.
PATIENCE = 120
FUNCTIONS = [name for name, one in TEMPLATE["Resources"].items() if one["Type"] == "AWS::Serverless::Function"]
#: Statements that only something rare needs, which the story does not bring about: Sid → the tests that do.
RARE = {
    "NoteHowAMessageFailed": "tests/scenario/test_operator.py",
    "ComeBackSooner": "tests/scenario/test_notices_faults.py",
    "ShowTheRegistryWhoAsks": "tests/unit/test_settings.py",
    "ShowTheExchangeSystemWhoAsks": "tests/unit/test_exchange_system.py",
    "KnowWhoIsStillThere": "tests/scenario/test_leavers.py",
    "FlagCompanies": "tests/scenario/test_leavers.py",
    "KnowTheApp": "tests/scenario/test_rotation.py",
    "ExchangeTokens": "tests/scenario/test_rotation.py",
    "OpenAndCloseTokens": "tests/scenario/test_rotation.py",
}
#: What is typed besides the story, each for statements that it does not need.
TYPED = (
    ("T0ACME", "U0RAE", "/uploads link customer:CUST-NORTHWIND"),
    ("T0ACME", "U0RAE", "/devices export customer:CUST-NORTHWIND"),
    ("T0ACME", "U0RAE", "/uploads export"),
    ("T0ACME", "U0RAE", "/rollcall keys"),
    ("T0NW", "U0NIA", "/approvals"),
    ("T0NW", "U0NIA", "/approvals resellers"),
)


class Bench:
    """The running stack, and how to see what is refused in it."""

    def __init__(self, laptop):
        self.laptop, self.stack = laptop, laptop.stack
        self.iam = self.stack.client("iam")
        self.log = Path(self.stack.emulator.log)
        self.runs = 0

    def role(self, function):
        """Name of a function's role."""
        formation = self.stack.client("cloudformation")
        found = formation.describe_stack_resource(StackName="rollcall", LogicalResourceId=f"{function}Role")
        return found["StackResourceDetail"]["PhysicalResourceId"]

    def policies(self, role):
        """The inline policies of a role that are ours, by name."""
        for name in self.iam.list_role_policies(RoleName=role)["PolicyNames"]:
            document = self.iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
            yield name, json.loads(document) if isinstance(document, str) else document

    @contextmanager
    def without(self, role, name, document, sid):
        """The role without one statement."""
        left = [one for one in document["Statement"] if one.get("Sid") != sid]
        if left:
            less = json.dumps({**document, "Statement": left})
            self.iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=less)
        else:
            self.iam.delete_role_policy(RoleName=role, PolicyName=name)
        try:
            yield
        finally:
            self.iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))

    def refused(self, role, work):
        """What AWS refused the role first while some work was done; empty if nothing was."""
        seen_before = self.log.stat().st_size
        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        until = time.monotonic() + PATIENCE
        while True:
            over = not worker.is_alive() or time.monotonic() > until
            with self.log.open("rb") as log:
                log.seek(seen_before)
                text = log.read().decode(errors="replace")
            found = re.search(rf"assumed-role/{re.escape(role)}/\S* is not authorized to perform: (\S+)", text)
            if found or over:
                return found[1].rstrip('".,\\') if found else ""
            time.sleep(0.2)

    def everything(self):
        """The story, the words, the kept events."""
        self.runs += 1
        console = Console(file=StringIO())
        slack = self.laptop.workspace
        for team, user, text in TYPED:
            with suppress(Exception):  # a refusal is seen in the log
                slack.desk.command(team, user, f"D{team[1:]}{user[1:]}", text)
        for path in sorted((ROOT / "events").glob("*/*.json")):
            with suppress(Exception):
                name = "".join(part.title() for part in path.parent.name.split("_"))
                self.stack.client("lambda").invoke(
                    FunctionName=self.stack.outputs[f"{name}Name"], Payload=path.read_bytes()
                )
        with suppress(Exception):
            base = self.laptop.bot_url.removesuffix("/slack/events")
            key = {"Authorization": "Bearer local-acme-key"}
            for place in ("/v1/uploads", "/v1/devices?customer_id=CUST-NORTHWIND", "/slack/install"):
                with suppress(Exception):
                    urlopen(Request(f"{base}{place}", headers=key), timeout=20).close()  # noqa: S310 - on this machine
        with suppress(Exception):

            def send(body):
                return upload(console, self.laptop, body)

            Story(console, self.laptop, send).play(send(fresh_phones(int(time.time()) + self.runs)))


def main(names):
    """Tries the functions named, or all; 1 if a statement is not needed."""
    spare = 0
    with tempfile.TemporaryDirectory() as folder:
        choices = Choices.from_env({**os.environ, "ROLLCALL_STATE": folder, "ROLLCALL_PORT": "4730"})
        with running_laptop(choices, PARAMETERS) as laptop:
            bench = Bench(laptop)
            for function in names or FUNCTIONS:
                role = bench.role(function)
                for name, document in list(bench.policies(role)):
                    for sid in [one["Sid"] for one in document["Statement"] if "Sid" in one]:
                        with bench.without(role, name, document, sid):
                            action = bench.refused(role, bench.everything)
                        rare = RARE.get(sid, "") if not action else ""
                        spare += not (action or rare)
                        seen = f"needed: {action}" if action else f"rare: {rare}" if rare else "NOTHING NEEDED IT"
                        say(f"{function:<13} {sid:<34} {seen}")
    say(f"{spare} statements that nothing needed")
    return 1 if spare else 0


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
