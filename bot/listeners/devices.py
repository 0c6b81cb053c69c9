"""What changes devices: delete, tag, exchange, undo of an upload, the customer's release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listeners.commands import COMMANDS, main_command, typed
from listeners.payloads import click_of, person_of, picked_value, team_of, value_of
from listeners.surfaces import is_late, sentence, show
from rollcall.commands import Command
from rollcall.grammar import parse
from rollcall.views import devices as cards
from rollcall.views import exchanges, tags
from rollcall.views import removal_forms as forms
from rollcall.views import removals as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Desk, Outbox

    View = dict[str, Any]

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
        answer = room.typed(click_of(body, context), command, name=main_command(body["command"]))
        if not isinstance(answer, Message):
            if not is_late(client, body, answer):
                ack()
                return
            say = desk.known(person_of(body))
            answer = sentence(say(_LATE), say)
        ack(response_type="ephemeral", text=answer.text, blocks=answer.blocks)


def _buttons(app: App, desk: Desk, outbox: Outbox) -> None:
    def answer_with(answer: Message | View, body: dict[str, Any], respond: Respond, client: WebClient) -> None:
        if isinstance(answer, Message):
            show(body, respond, client, answer, replace=False)
        elif is_late(client, body, answer):
            say = desk.known(person_of(body))
            outbox.tell(person_of(body), sentence(say(_LATE), say), team=team_of(body), once=body["trigger_id"])

    @app.action(cards.MORE)
    def on_more(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Opens the form for what was picked of a device, or has it done."""
        ack()
        value = picked_value(action)
        # Likewise by name; what no entry says is taken for a delete, which asks.
        rooms = {cards.TAG: "tags", cards.EXCHANGE: "exchanges", cards.REFRESH: "refreshes"}
        room = getattr(desk, rooms.get(str(value.get("k")), "removals"))
        answer_with(room.clicked(click_of(body, context), str(value.get("id", ""))), body, respond, client)

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
        answer_with(desk.undoing.clicked(click_of(body, context), value_of(action)), body, respond, client)

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
            desk.removals.release(click_of(body, context), value_of(action), release=release), body, respond, client
        )

    for action_id in (views.RELEASE, views.KEEP):
        app.action(action_id)(on_release)


def _forms(app: App, desk: Desk) -> None:
    @app.view(forms.DELETE)
    def on_delete(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Deletes what the form showed."""
        ack(**desk.removals.submit(click_of(body, context), body["view"]))

    @app.view(tags.FORM)
    def on_tag(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Changes the tags of a device."""
        ack(**desk.tags.submit(click_of(body, context), body["view"]))

    @app.view(exchanges.FORM)
    def on_exchange(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Begins to exchange an IMEI."""
        ack(**desk.exchanges.submit(click_of(body, context), body["view"]))

    @app.view(forms.UNDO)
    def on_undone(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Takes an upload back."""
        ack(**desk.undoing.submit(click_of(body, context), body["view"]))
