"""The story that ``make demo ONCE=1`` plays without a person, each step checked."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rollcall.luhn import check_digit
from rollcall.resends import RESEND_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rich.console import Console

    from local.laptop import Laptop
    from local.outcome import Outcome
    from local.slack.serve import Workspace

RAE: Final = ("T0ACME", "U0RAE")
NIA: Final = ("T0NW", "U0NIA")
NED: Final = ("T0NW", "U0NED")
FAY: Final = ("T0FABRIKAM", "U0FAY")
#: Where each side hears of uploads: a channel, and the uploader's messages.
NORTHWIND: Final = ("T0NW", "C0NWIT")
ACME: Final = RAE
REASON: Final = "These were not ordered"
#: Seconds in which a message follows a click.
PATIENCE: Final = 60
#: Devices of the list that is pasted.
_LISTED: Final = 3


class StoryError(Exception):
    """A step of the story came out wrong; says which, and what was seen instead."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story on a running laptop.

    Attributes:
        console: where it is told.
        laptop: where it happens.
        upload: sends a file and shows what becomes of it.
    """

    console: Console
    laptop: Laptop
    upload: Callable[[bytes], Outcome]

    def play(self, first: Outcome) -> None:
        """Plays the story on from a first upload.

        Raises:
            StoryError: a step came out wrong.
        """
        summary = first.summary
        self._expect("some rows are stored and some refused", summary["stored"] > 0 < summary["refused"], summary)
        mended, repaired = mend(first.report("resend.csv"))
        self.console.print(f"\nAcme mends {mended} of the refused rows in resend.csv and sends it again as it is:")
        second = self.upload(repaired)
        self._expect(f"all {mended} mended rows are stored", second.summary["stored"] == mended, second.summary)
        if self.laptop.workspace:
            self._ask(self.laptop.workspace, first)
            self._decide(self.laptop.workspace, str(second.summary["upload_id"]), mended)
            self._by_list(self.laptop.workspace, first)

    def _ask(self, slack: Workspace, first: Outcome) -> None:
        """Both sides ask in Slack, and a third company sees nothing."""
        upload_id = str(first.summary["upload_id"])
        imei = next(row["imei"] for row in _rows(first.report("results.csv")) if row["outcome"] == "stored")
        self.console.print("\nBoth sides ask in Slack:")
        self._command(slack, RAE, f"/uploads errors {upload_id}", "check digit")
        self._command(slack, RAE, "/devices list customer:CUST-NORTHWIND", "1-5")
        self._command(slack, RAE, f"/devices {imei}", imei)
        self._command(slack, NIA, "/devices list status:pending", "1-5")
        self._command(slack, NIA, f"/devices {imei}", "customer has not decided yet")
        self._command(slack, FAY, f"/devices {imei}", "No device")

    def _decide(self, slack: Workspace, upload: str, devices: int) -> None:
        """Northwind accepts, takes that back, and rejects; both sides' messages follow."""
        self.console.print("\nNorthwind decides, each message follows by itself:")
        accept = f"Accept {devices}"
        message = self._until(slack, NORTHWIND, upload, accept)
        self._click(slack, NIA, message, "approvals.accept_all")
        message = self._until(slack, NORTHWIND, upload, "accepted by Nia")
        self._until(slack, ACME, upload, "accepted by Nia (Northwind Logistics)")
        self._told("Northwind Logistics", accept, "accepted; Acme reads by whom")
        self._click(slack, NED, message, "approvals.undo")
        message = self._until(slack, NORTHWIND, upload, "Taken back by Ned")
        self._told("Northwind Logistics", "Undo", "taken back by a colleague")
        self._click(slack, NIA, message, "approvals.reject_all", entry="Reject…")
        view = slack.control.look("views", {"team": NIA[0], "user": NIA[1]})["views"][-1]
        answer = slack.modals.submit(*NIA, view["id"], {"reason": {"reason": REASON}})
        self._expect("the form is taken", not answer, answer)
        self._until(slack, NORTHWIND, upload, "rejected by Nia")
        self._until(slack, ACME, upload, REASON)
        self._told("Northwind Logistics", "Reject…", "rejected; Acme reads why")

    def _by_list(self, slack: Workspace, first: Outcome) -> None:
        """Acme asks for a decision, Northwind accepts some devices by a list, and looks back on what it decided."""
        self.console.print("\nAcme asks, Northwind accepts by a list:")
        upload = str(first.summary["upload_id"])
        imeis = [row["imei"] for row in _rows(first.report("results.csv")) if row["outcome"] == "stored"][:_LISTED]
        card = self._command(slack, RAE, f"/uploads {upload}", "Nudge")
        self._click(slack, RAE, card, "uploads.nudge")
        self._until(slack, NORTHWIND, str(first.summary["source_key"]).rpartition("/")[2], "asks for your decision")
        self._told("Acme Mobile", "Nudge", "Northwind is asked")
        slack.desk.command(*NIA, self._dm(slack, NIA), "/approvals bulk")
        views = slack.control.look("views", {"team": NIA[0], "user": NIA[1]})["views"]
        self._expect("the form for a list opens", bool(views) and views[-1]["callback_id"] == "approvals.bulk", views)
        answer = slack.modals.submit(*NIA, views[-1]["id"], {"list": {"list": "\n".join(imeis)}})
        self._expect("the list is taken", not answer, answer)
        self._until(slack, NIA, "by the list", f"{len(imeis)} devices accepted")
        self._until(slack, NORTHWIND, upload, f"{len(imeis)} accepted")
        self._told("Northwind Logistics", "Accept by list…", f"{len(imeis)} accepted, told line by line")
        self._command(slack, NIA, "/approvals history", "accepted by Nia")
        self._command(slack, NIA, "/approvals resellers", "Acme Mobile")

    def _until(self, slack: Workspace, place: tuple[str, str], upload: str, expected: str) -> dict[str, Any]:
        """Waits for the message about an upload to say something; the message.

        Args:
            slack: where.
            place: workspace, and channel or the user whose DM is meant.
            upload: its id, or something else that stands in that message alone.
            expected: what it is to say.
        """
        team, name = place
        channel = next(
            one.id for one in slack.world.channels.values() if one.team == team and name in (one.id, one.user)
        )
        deadline, seen = time.monotonic() + PATIENCE, ""
        while time.monotonic() < deadline:
            for message in slack.control.look("messages", {"team": team, "channel": channel})["messages"]:
                told = _words(message.get("blocks"))
                if upload in told and not message.get("only_for"):
                    seen = told
                    if expected in told:
                        return {**message, "channel": channel}
            time.sleep(0.1)
        raise StoryError(f"The demo went wrong: expected a message that says {expected!r}, but saw: {seen}")

    @staticmethod
    def _click(
        slack: Workspace, person: tuple[str, str], message: Mapping[str, Any], action_id: str, *, entry: str = ""
    ) -> None:
        for block in message["blocks"]:
            for element in block.get("elements", ()):
                if element.get("action_id") == action_id:
                    named = (one["value"] for one in element.get("options", ()) if one["text"]["text"] == entry)
                    where = {"channel": message["channel"], "ts": message["ts"], "block_id": block["block_id"]}
                    trouble = slack.desk.click(*person, {**where, "action_id": action_id}, next(named, None), {})
                    if trouble:
                        raise StoryError(f"The demo went wrong: after {action_id} Slack said: {trouble}")
                    return
        raise StoryError(f"The demo went wrong: there is no button {action_id} in {_words(message['blocks'])}")

    def _told(self, company: str, act: str, outcome: str) -> None:
        self.console.print(f"  [dim]{company}[/]  [bold]{act}[/]  [green]{outcome}[/]", soft_wrap=True)

    @staticmethod
    def _dm(slack: Workspace, person: tuple[str, str]) -> str:
        return next(place.id for place in slack.world.channels.values() if (place.team, place.user) == person)

    def _command(self, slack: Workspace, person: tuple[str, str], typed: str, expected: str) -> dict[str, Any]:
        team, user = person
        channel = self._dm(slack, person)
        slack.desk.command(team, user, channel, typed)
        answer = slack.control.look("messages", {"team": team, "channel": channel})["messages"][-1]
        told = _words(answer)
        self._expect(f"{user} is told {expected!r} after {typed}", expected in told, told)
        name = slack.world.teams[team].name
        self.console.print(f"  [dim]{name}[/]  [bold]{typed}[/]  [green]answered[/]", soft_wrap=True)
        return {**answer, "channel": channel}

    @staticmethod
    def _expect(what: str, ok: bool, seen: object) -> None:  # noqa: FBT001 - reads as a sentence
        if not ok:
            raise StoryError(f"The demo went wrong: expected that {what}, but saw: {seen}")


def mend(resend: bytes) -> tuple[int, bytes]:
    """The rows of ``resend.csv`` whose only fault is a check digit, put right.

    Returns:
        How many, and the file with only them.
    """
    rows = [row for row in _rows(resend) if row["error_code"] == "IMEI_CHECK_DIGIT"]
    for row in rows:
        row["imei"] = row["imei"][:14] + check_digit(row["imei"][:14])
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, [*(name for name in rows[0] if name not in RESEND_COLUMNS), *RESEND_COLUMNS])
    writer.writeheader()
    writer.writerows(rows)
    return len(rows), target.getvalue().encode("utf-8-sig")


def _rows(sheet: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


def _words(value: Any) -> str:  # noqa: ANN401 - any part of a message
    """All texts of a message."""
    if isinstance(value, dict):
        return " ".join(_words(part) for part in value.values())
    if isinstance(value, list):
        return " ".join(map(_words, value))
    return value if isinstance(value, str) else ""
