"""Buttons under answers: paging, opening, choosing an account, sending to one's own DM."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from listeners.payloads import person_of, team_of, value_of
from listeners.surfaces import sentence, show, show_on_top

if TYPE_CHECKING:
    from slack_bolt import Ack, App, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Desk, Outbox


def register(app: App, desk: Desk, outbox: Outbox) -> None:
    """Adds the listeners for buttons that ask."""

    def turn(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Shows another page, or the same one as a table, in place of the message."""
        ack()
        value = value_of(action)
        answer = desk.turn(person_of(body), value, action["action_id"])
        show(body, respond, client, answer, replace=True)

    for action_id in ("page.next", "page.prev", "page.table", "page.list"):
        app.action(action_id)(turn)

    def look(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Shows what a button names, below the message it stands in."""
        ack()
        answer = desk.open(person_of(body), value_of(action), action["action_id"])
        show(body, respond, client, answer, replace=False)

    for action_id in (
        "devices.open",
        "devices.history",
        "uploads.open",
        "uploads.errors",
        "uploads.devices",
        "customers.open",
    ):
        app.action(action_id)(look)
    app.action(re.compile(r"^uploads\.quality\."))(look)

    @app.action(re.compile(r"^accounts\.choose"))
    def on_choose(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Remembers the account and answers what had been asked."""
        ack()
        answer = desk.choose(person_of(body), value_of(action))
        show(body, respond, client, answer, replace=True)
        if (body.get("view") or {}).get("type") == "home":
            outbox.refresh_home(person_of(body), team=team_of(body))

    @app.action(re.compile(r"^uploads\.(resend|errors_csv|results|notes_csv)$"))
    def on_report(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Sends a file of an upload into the clicker's DM."""
        from rollcall.views.report_buttons import REPORTS  # noqa: PLC0415 - no other button waits for it

        ack()
        name, team = REPORTS[action["action_id"]], team_of(body)
        once = body.get("trigger_id", "")
        text = outbox.send_report(person_of(body), value_of(action), name, team=team, once=once)
        show_on_top(body, respond, client, sentence(text, desk.known(person_of(body))))

    @app.action("page.dm")
    def on_dm(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Sends the answer to the asker's DM, where it stays."""
        ack()
        text = outbox.send_to_dm(person_of(body), value_of(action), team=team_of(body), once=body.get("trigger_id", ""))
        show_on_top(body, respond, client, sentence(text, desk.known(person_of(body))))
