"""Events: App Home is opened, somebody writes to the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listeners.commands import COMMANDS, typed
from listeners.payloads import person_of, team_of
from rollcall.tokens import unmark

if TYPE_CHECKING:
    from slack_bolt import App

    from rollcall.desk import Desk, Outbox


def register(app: App, desk: Desk, outbox: Outbox) -> None:  # noqa: ARG001 - every room is registered alike
    """Adds the listeners for events. What they cause is sent by another function, so a retry by Slack is cheap."""

    @app.event("app_home_opened")
    def on_home(body: dict[str, Any]) -> None:
        """Has the home of the person who opened it drawn anew."""
        if body["event"].get("tab", "home") == "home":
            outbox.refresh_home(person_of(body), team=team_of(body))

    @app.event("message")
    def on_message(body: dict[str, Any]) -> None:
        """Takes a text in the bot's DM for a command; leaves everything else alone."""
        event = body["event"]
        if event.get("channel_type") != "im" or event.get("bot_id") or event.get("subtype") or not event.get("user"):
            return
        question = _question(event.get("text") or "")
        outbox.answer_in_dm(person_of(body), question, team=team_of(body), once=body["event_id"])


def _question(text: str) -> str:
    """What is asked, by a text that may begin with a command as it is typed elsewhere, or copied from there."""
    name, *rest = unmark(text).split(maxsplit=1) or [""]
    return typed({"command": name, "text": "".join(rest)}) if COMMANDS.fullmatch(name) else text
