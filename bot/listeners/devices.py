"""What changes devices: delete, tag, exchange, undo of an upload, the customer's release."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from slack_sdk.errors import SlackApiError

from listeners.commands import COMMANDS, main_command, typed
from listeners.payloads import person_of, reference_of, team_of, value_of
from listeners.surfaces import sentence, show
from rollcall.commands import Command
from rollcall.desk import Click
from rollcall.grammar import parse
from rollcall.views import devices as cards
from rollcall.views import exchanges, tags
from rollcall.views import removal_forms as forms
from rollcall.views import removals as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Desk, Outbox

    View = dict[str, Any]

_TOO_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
_LATE: Final = "Slack gave up waiting before the form was there, and nothing was changed. Do the same again, please."
#: (area, word) of the commands that are answered here.
_WORDS: Final = frozenset({("devices", "delete"), ("devices", "tag"), ("devices", "exchange"), ("uploads", "undo")})


def register(app: App, desk: Desk, outbox: Outbox) -> None:
    """Adds the listeners for what changes devices, before those for commands that only ask."""
    _commands(app, desk)
    _buttons(app, desk, outbox)
    _forms(app, desk)


def _is_ours(body: dict[str, Any]) -> bool:
    """Whether a slash command changes devices."""
    command = parse(typed(body))
    return isinstance(command, Command) and (command.area, command.word) in _WORDS


def _click(body: dict[str, Any], context: BoltContext) -> Click:
    reference = reference_of(context)
    return Click(person_of(body), str(body.get("trigger_id") or reference), reference)


def _commands(app: App, desk: Desk) -> None:
    @app.command(COMMANDS, matchers=[_is_ours])
    def on_command(ack: Ack, body: dict[str, Any], client: WebClient, context: BoltContext) -> None:
        """Opens the form that asks, or answers in the response itself."""
        command = parse(typed(body))
        if not isinstance(command, Command):
            return
        rooms = {"delete": "removals", "tag": "tags", "exchange": "exchanges", "undo": "undoing"}
        # By name: taken from the desk all at once, they would all be furnished.
        room = getattr(desk, rooms[command.word])
        answer = room.typed(_click(body, context), command, name=main_command(body["command"]))
        if not isinstance(answer, Message):
            if _opened(client, body, answer):
                ack()
                return
            answer = sentence(_LATE)
        ack(response_type="ephemeral", text=answer.text, blocks=answer.blocks)


def _buttons(app: App, desk: Desk, outbox: Outbox) -> None:
    def answer_with(answer: Message | View, body: dict[str, Any], respond: Respond, client: WebClient) -> None:
        if isinstance(answer, Message):
            show(body, respond, client, answer, replace=False)
        elif not _opened(client, body, answer):
            outbox.tell(person_of(body), sentence(_LATE), team=team_of(body), once=body["trigger_id"])

    @app.action(cards.MORE)
    def on_more(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Opens the form for what was picked of a device."""
        ack()
        value = _picked(action)
        # Likewise by name; what no entry says is taken for a delete, which asks.
        room = getattr(desk, {cards.TAG: "tags", cards.EXCHANGE: "exchanges"}.get(str(value.get("k")), "removals"))
        answer_with(room.clicked(_click(body, context), str(value.get("id", ""))), body, respond, client)

    @app.action(forms.UNDO)
    def on_undo(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Opens the form that shows what goes with an upload."""
        ack()
        answer_with(desk.undoing.clicked(_click(body, context), value_of(action)), body, respond, client)

    def on_release(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Takes the customer's answer; the message follows what is stored."""
        ack()
        release = action["action_id"] == views.RELEASE
        answer_with(
            desk.removals.release(_click(body, context), value_of(action), release=release), body, respond, client
        )

    for action_id in (views.RELEASE, views.KEEP):
        app.action(action_id)(on_release)


def _forms(app: App, desk: Desk) -> None:
    @app.view(forms.DELETE)
    def on_delete(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Deletes what the form showed."""
        ack(**desk.removals.submit(_click(body, context), body["view"]))

    @app.view(tags.FORM)
    def on_tag(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Changes the tags of a device."""
        ack(**desk.tags.submit(_click(body, context), body["view"]))

    @app.view(exchanges.FORM)
    def on_exchange(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Begins to exchange an IMEI."""
        ack(**desk.exchanges.submit(_click(body, context), body["view"]))

    @app.view(forms.UNDO)
    def on_undone(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Takes an upload back."""
        ack(**desk.undoing.submit(_click(body, context), body["view"]))


def _opened(client: WebClient, body: dict[str, Any], view: View) -> bool:
    """Shows a form, on top of a modal where there is one; False if it is too late for one."""
    in_modal = (body.get("view") or {}).get("type") == "modal"
    try:
        (client.views_push if in_modal else client.views_open)(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        if error.response.get("error") in _TOO_LATE:
            return False
        raise
    return True


def _picked(action: Mapping[str, Any]) -> dict[str, Any]:
    """What the entry of a menu carries that was picked."""
    try:
        value = json.loads((action.get("selected_option") or {}).get("value") or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
