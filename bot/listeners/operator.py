"""Operators: lists that lead to each other, notices to try again, dead letters to look at and send back.

Whoever is no operator is answered as for a button that does nothing any more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from listeners.commands import COMMANDS, main_command, typed
from listeners.payloads import person_of, team_of, value_of
from listeners.surfaces import show
from rollcall.operator_words import REPLAY, names_operators
from rollcall.views import help as help_views
from rollcall.views import hints, operator, operator_letters

if TYPE_CHECKING:
    from slack_bolt import Ack, App, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Desk
    from rollcall.views.message import Message


def register(app: App, desk: Desk) -> None:
    """Adds the listeners for operators, before the one for every command."""
    _commands(app, desk)
    _buttons(app, desk)


def _replays(body: dict[str, Any]) -> bool:
    """Whether a slash command may be the one that sends dead letters back."""
    text = typed(body)
    return names_operators(text) and REPLAY in text.casefold()


def _commands(app: App, desk: Desk) -> None:
    @app.command(COMMANDS, matchers=[_replays])
    def on_replay(ack: Ack, body: dict[str, Any]) -> None:
        """Has dead letters sent back, or answers as any other command is answered."""
        person, text = person_of(body), typed(body)
        answer = desk.operators.replay_named(person, text, team=team_of(body), once=body["trigger_id"])
        if answer is None:
            suffix = main_command(body["command"]).removeprefix(help_views.COMMANDS[""])
            answer = desk.answer(person, text, suffix=suffix)
        ack(response_type="ephemeral", text=answer.text, blocks=answer.blocks)


def _buttons(app: App, desk: Desk) -> None:
    def shown(
        body: dict[str, Any], respond: Respond, client: WebClient, answer: Message | None, *, replace: bool
    ) -> None:
        show(body, respond, client, answer or hints.not_known(), replace=replace and answer is not None)

    @app.action(re.compile(rf"^{re.escape(operator.OPEN)}\.\d+$"))
    def on_open(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Shows another list in place of this one."""
        ack()
        person = person_of(body)
        answer = desk.turn(person, value_of(action), action["action_id"]) if desk.operators.admits(person) else None
        shown(body, respond, client, answer, replace=True)

    @app.action(operator.RETRY)
    def on_retry(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Has a notice told once more."""
        ack()
        answer = desk.operators.retry(person_of(body), value_of(action), names=help_views.COMMANDS)
        shown(body, respond, client, answer, replace=True)

    @app.action(operator_letters.LOOK)
    def on_look(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Has dead letters looked at; another function does it."""
        ack()
        queue = str(value_of(action).get("k", ""))
        answer = desk.operators.look(person_of(body), queue, team=team_of(body), once=body.get("trigger_id", ""))
        shown(body, respond, client, answer, replace=False)

    def on_replay(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Has one letter, or those of a queue, sent back."""
        ack()
        value = value_of(action)
        answer = desk.operators.replay(
            person_of(body),
            str(value.get("k", "")),
            str(value.get("l", "")) if action["action_id"] == operator_letters.REPLAY else "",
            team=team_of(body),
            once=body.get("trigger_id", ""),
        )
        shown(body, respond, client, answer, replace=False)

    for action_id in (operator_letters.REPLAY, operator_letters.REPLAY_ALL):
        app.action(action_id)(on_replay)
