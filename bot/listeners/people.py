"""Joining and inviting: by command, by button, by form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from listeners.commands import COMMANDS, main_command, typed
from listeners.payloads import person_of, reference_of, team_of, value_of
from listeners.surfaces import is_own, open_view, show, show_on_top
from rollcall.commands import Command
from rollcall.desk.people import Visitor
from rollcall.grammar import parse
from rollcall.views import invitation_forms
from rollcall.views import invitations as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Desk, Outbox
    from rollcall.desk.people import Told

_WORDS: Final = ("join", "invite")


def visitor_of(body: Mapping[str, Any]) -> Visitor:
    """Who joins or invites, with the name that Slack has for them."""
    user = body.get("user")
    name = user.get("name") or user.get("username") if isinstance(user, dict) else body.get("user_name")
    return Visitor(person_of(body), str(name or ""), team_of(body))


def register(app: App, desk: Desk, outbox: Outbox) -> None:
    """Adds the listeners for invitations, before those for commands that only ask."""

    def tell(told: Told, once: str) -> None:
        """Tells those whom it concerns besides the one who acts, and has the App Home of who joined say so."""
        for person, message in told.others:
            outbox.tell(person, message, team=person.team, once=once)
        if told.joined:
            outbox.refresh_home(told.joined, team=told.joined.team)

    _commands(app, desk, tell)
    _buttons(app, desk, tell)
    _forms(app, desk, tell)


def _is_ours(body: dict[str, Any]) -> bool:
    """Whether a slash command joins or invites."""
    command = parse(typed(body))
    return isinstance(command, Command) and not command.area and command.word in _WORDS


def _commands(app: App, desk: Desk, tell: Any) -> None:  # noqa: ANN401 - a function of `register`
    @app.command(COMMANDS, matchers=[_is_ours])
    def on_command(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Joins or invites, and answers in the response itself."""
        command, name = parse(typed(body)), main_command(body["command"])
        if not isinstance(command, Command):
            return
        visitor = visitor_of(body)
        if command.word == "invite":
            answer = desk.inviting.invite(visitor, command, name=name)
        else:
            told = desk.joining.join(visitor, " ".join(command.texts), named=command.as_account, command=name)
            tell(told, reference_of(context))
            answer = told.answer
        ack(response_type="ephemeral", text=answer.text, blocks=answer.blocks)


def _buttons(app: App, desk: Desk, tell: Any) -> None:  # noqa: ANN401 - likewise
    @app.action(re.compile(rf"^({re.escape(views.ACCEPT)}|{re.escape(views.LINK)}\..*)$"))
    def on_accept(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Joins by a button that was made for the clicker."""
        ack()
        told = desk.joining.accept(visitor_of(body), value_of(action))
        show(body, respond, client, told.answer, replace=False)
        tell(told, reference_of(context))

    @app.action(views.JOIN)
    def on_join(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Asks for the code."""
        open_view(client, body, invitation_forms.join_form(desk.say(person_of(body))))
        ack()

    @app.action(views.INVITE_COMPANY)
    def on_invite(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Asks which company."""
        form = desk.inviting.company_form(person_of(body), str(value_of(action).get("a", "")))
        if isinstance(form, Message):
            show_on_top(body, respond, client, form)
        else:
            open_view(client, body, form)
        ack()

    @app.action(views.REVOKE)
    def on_revoke(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Takes an operator's invitation back, and lists those that are still open."""
        ack()
        answer = desk.inviting.revoke(person_of(body), value_of(action))
        show(body, respond, client, answer, replace=is_own(body))


def _forms(app: App, desk: Desk, tell: Any) -> None:  # noqa: ANN401 - likewise
    @app.view(views.JOIN)
    def on_join_sent(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Joins by the code that was filled in."""
        answer, told = desk.joining.submit_join(visitor_of(body), body["view"])
        tell(told, reference_of(context))
        ack(**answer)

    @app.view(views.INVITE_COMPANY)
    def on_invite_sent(ack: Ack, body: dict[str, Any]) -> None:
        """Makes a code for the company that was filled in."""
        ack(**desk.inviting.submit_company(visitor_of(body), body["view"]))
