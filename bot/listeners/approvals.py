"""Decisions: buttons of customers' messages and device cards, their forms, and the commands that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listeners.commands import COMMANDS, main_command, typed
from listeners.payloads import click_of, person_of, picked_value, value_of
from listeners.surfaces import is_own, open_view, show, show_on_top
from rollcall.commands import Command
from rollcall.decisions import DecisionKind
from rollcall.grammar import parse
from rollcall.views import approval_forms as forms
from rollcall.views import approvals as views
from rollcall.views import decision_answers, devices
from rollcall.views.below import below
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.desk import ApprovalDesk, Click, Desk

    Answer = Callable[[Click, Mapping[str, object]], Message | dict[str, Any]]

_WORDS: Final = ("accept", "reject")


def register(app: App, approvals: ApprovalDesk, desk: Desk) -> None:
    """Adds the listeners for decisions, before those for commands that only ask."""
    _commands(app, approvals)
    _buttons(app, approvals, desk)
    _forms(app, approvals)


def _decides(body: dict[str, Any]) -> bool:
    """Whether a slash command decides on devices."""
    command = parse(typed(body))
    return isinstance(command, Command) and command.area == "approvals" and command.word in _WORDS


def _commands(app: App, approvals: ApprovalDesk) -> None:
    @app.command(COMMANDS, matchers=[_decides])
    def on_command(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Decides, and answers in the response itself."""
        command = parse(typed(body))
        if isinstance(command, Command):
            answer = approvals.clicks.typed(click_of(body, context), command, name=main_command(body["command"]))
            ack(response_type="ephemeral", text=answer.text, blocks=answer.blocks)


def _buttons(app: App, approvals: ApprovalDesk, desk: Desk) -> None:
    # By name: taken from the desk here, they would furnish it at every start.
    answers = {
        views.ACCEPT_ALL: "accept_all",
        views.REJECT_ALL: "more",
        views.UNDO: "undo",
        devices.ACCEPT: "accept",
        devices.REJECT: "reject",
        devices.APPROVAL: "with_approval_id",
        decision_answers.REGISTER: "register",
    }

    def on_click(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Decides, or asks in a form; the clicker alone sees the answer, and the messages follow what is stored."""
        ack()
        take: Answer = getattr(approvals.clicks, answers[action["action_id"]])
        value = picked_value(action)
        if action["action_id"] == views.REJECT_ALL and value.get("k") == views.WHO:
            show_on_top(body, respond, client, approvals.people.who(click_of(body, context), value))
            return
        answer = take(click_of(body, context), value)
        if not isinstance(answer, Message):
            open_view(client, body, answer)
            return
        if not is_own(body):
            show(body, respond, client, answer, replace=False)
            return
        now = desk.shown_again(person_of(body), value) if approvals.clicks.has_time() else None
        is_over = action["action_id"] == views.UNDO  # a button that said what is so no more, and nothing else
        show(body, respond, client, below(answer, now) if now else answer, replace=bool(now) or is_over)

    for action_id in answers:
        app.action(action_id)(on_click)

    @app.action(views.REVIEW)
    def on_review(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Lists what waits of an upload; each device opens with its own buttons."""
        ack()
        show_on_top(body, respond, client, desk.answer(person_of(body), approvals.lists.review(value_of(action))))


def _forms(app: App, approvals: ApprovalDesk) -> None:
    @app.view(forms.ACCEPT)
    def on_accept(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Accepts all of an upload, or a part of it."""
        ack(**approvals.submits.submit(click_of(body, context), body["view"], DecisionKind.ACCEPT))

    @app.view(forms.ACCEPT_ONE)
    def on_accept_one(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Accepts one device, with an approval ID."""
        ack(**approvals.submits.submit(click_of(body, context), body["view"], DecisionKind.ACCEPT))

    @app.view(forms.REJECT)
    def on_reject(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Rejects with a reason."""
        ack(**approvals.submits.submit(click_of(body, context), body["view"], DecisionKind.REJECT))

    @app.view(forms.REGISTER)
    def on_register(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Registers a reseller or blocks it, and goes on with what was to be accepted."""
        ack(**approvals.submits.submit_registration(click_of(body, context), body["view"]))
