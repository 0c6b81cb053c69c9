"""Operators who look into a company: the form that asks why. What they read then is asked like anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listeners.payloads import person_of, value_of
from listeners.surfaces import open_view, show_on_top
from rollcall.views import hints, operator
from rollcall.views.modals import modal

if TYPE_CHECKING:
    from slack_bolt import Ack, App, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Desk


def register(app: App, desk: Desk) -> None:
    """Adds the button and the form."""

    @app.action(operator.LOOK_INTO)
    def on_ask(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Opens the form; whoever is no operator is answered as for a button that does nothing any more."""
        form = desk.operators.ask_why(person_of(body), value_of(action))
        if form is None:
            show_on_top(body, respond, client, hints.not_known(say=desk.known(person_of(body))))
        else:
            open_view(client, body, form)
        ack()

    @app.view(operator.LOOK_INTO)
    def on_sent(ack: Ack, body: dict[str, Any]) -> None:
        """Takes it."""
        answer = desk.operators.look_into(person_of(body), body["view"])
        gone = {"response_action": "update", "view": modal(hints.not_known(say=desk.known(person_of(body))))}
        ack(**(answer or gone))
