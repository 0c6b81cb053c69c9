"""Deleting, releasing, undoing, tagging, exchanging on the emulated AWS, with the rights that the template gives."""

from __future__ import annotations

import re
import time
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from local.choices import Choices
from local.demo import PARAMETERS, upload
from local.laptop import running_laptop
from tests.cloud import ROOT
from tests.files_of import csv_of, imei
from tests.office import words

pytestmark = pytest.mark.stack

PATIENCE = 90  # seconds; cold functions on a busy machine
RAE, NIA = ("T0ACME", "U0RAE"), ("T0NW", "U0NIA")
NORTHWIND = "C0NWIT"


class Shift:
    """Rae and Nia at work on a laptop."""

    def __init__(self, laptop):
        self.laptop, self.slack = laptop, laptop.workspace

    def dm(self, person):
        channels = self.slack.world.channels.values()
        return next(one.id for one in channels if (one.team, one.user) == person)

    def messages(self, person, channel=""):
        place = {"team": person[0], "channel": channel or self.dm(person)}
        return self.slack.control.look("messages", place)["messages"]

    def type(self, person, text, expected):
        """Types a command that is answered."""
        self.slack.desk.command(*person, self.dm(person), text)
        told = words(self.messages(person)[-1].get("blocks"))
        assert expected in told, told

    def fill(self, person, text, typed=""):
        """Types a command that opens a form, and sends that; what is shown instead."""
        self.slack.desk.command(*person, self.dm(person), text)
        view = self.views(person)[-1]
        answer = self.slack.modals.submit(*person, view["id"], {"typed": {"typed": typed}} if typed else {})
        assert not answer.get("errors"), answer
        return words(self.views(person)[-1]["blocks"])

    def views(self, person):
        return self.slack.control.look("views", {"team": person[0], "user": person[1]})["views"]

    def until(self, person, expected, channel=""):
        """Waits for a message to say something; the message."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for message in self.messages(person, channel):
                if not message.get("only_for") and expected in words(message.get("blocks")):
                    return message
            time.sleep(0.2)
        seen = [words(one.get("blocks")) for one in self.messages(person, channel)]
        raise AssertionError(f"waited in vain for {expected!r}; there was {seen}")

    def click(self, person, message, action_id):
        block = next(
            block
            for block in message["blocks"]
            if any(one.get("action_id") == action_id for one in block.get("elements", ()))
        )
        where = {"channel": NORTHWIND, "ts": message["ts"], "block_id": block["block_id"], "action_id": action_id}
        assert self.slack.desk.click(*person, where, None, {}) == ""


@pytest.mark.feature("P15", "B8", "B21")
def test_what_changes_devices_needs_no_right_that_its_functions_do_not_have(tmp_path):
    choices = Choices(state=tmp_path, port=4760, directory=ROOT / "local" / "directory.yaml")
    with running_laptop(choices, PARAMETERS) as laptop:
        shift = Shift(laptop)
        first = upload(Console(file=StringIO()), laptop, csv_of(*map(imei, range(1, 61)))).summary["upload_id"]
        shift.until(NIA, "60 devices from Acme Mobile wait", NORTHWIND)

        shift.type(RAE, f"/devices tag {imei(1)} {imei(2)} +stock", "*2 devices changed: `stock` added.*")
        shift.type(RAE, f"/devices exchange {imei(1)} {imei(90)}", "has begun")
        shift.type(NIA, f"/approvals accept {imei(2)}", "*1 device accepted.*")
        shift.type(NIA, f"/approvals accept {imei(1)}", "being exchanged")

        few = " ".join(imei(number) for number in (2, 3, 4))
        told = shift.fill(RAE, f"/devices delete {few}", "3")
        assert "*2 devices deleted.*" in told
        asked = shift.until(NIA, "wants to delete 1 device that you have accepted", NORTHWIND)
        shift.until(NIA, "Acme Mobile deleted 2 devices", NORTHWIND)
        shift.click(NIA, asked, "devices.release")
        shift.until(RAE, "1 device deleted, released by Nia (Northwind Logistics)")

        many = " ".join(imei(number) for number in range(5, 35))
        assert "Deleting devices" in shift.fill(RAE, f"/devices delete {many}", "30")
        shift.until(RAE, "*30 devices deleted.*")

        told = shift.fill(RAE, f"/uploads undo {first}", "26")
        assert re.search("Taking upload|is taken back: 26", told)
        shift.until(RAE, "is taken back: 26 devices deleted")
        shift.until(NIA, f"took upload `{first}` back: 26 devices deleted", NORTHWIND)
        shift.type(RAE, f"/devices {imei(1)}", "EXCHANGING")
        again = upload(Console(file=StringIO()), laptop, csv_of(*map(imei, range(2, 61)))).summary
        assert (again["stored"], again["refused"]) == (59, 0)
        log = Path(laptop.stack.emulator.log).read_text(encoding="utf-8", errors="replace")
        assert re.findall(r".*is not authorized to perform.*", log) == []
