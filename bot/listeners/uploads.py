"""Ways in for files: the form and what opens it, files in the bot's messages, links, imports of checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from listeners.commands import COMMANDS, main_command, typed
from listeners.payloads import person_of, reference_of, team_of, value_of
from listeners.surfaces import is_late, sentence, show, show_on_top
from rollcall.commands import Command
from rollcall.grammar import parse
from rollcall.incoming import read_files
from rollcall.upload_forms import action_id, read_metadata
from rollcall.views import list_drops, upload_drops, upload_forms, upload_imports, upload_links
from rollcall.views.modals import modal
from rollcall.wishes import CUSTOMER, STC

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Counter, Outbox
    from rollcall.views.message import Message


def register(app: App, counter: Counter, outbox: Outbox) -> None:
    """Adds the listeners for everything by which a file comes in."""
    _openers(app, counter, outbox)
    _forms(app, counter)
    _messages(app, counter, outbox)
    _buttons(app, counter)


def _asks_for_form(body: dict[str, Any]) -> bool:
    """Whether a slash command is the one that opens the form."""
    command = parse(typed(body))
    return isinstance(command, Command) and (command.area, command.word) == ("uploads", "new")


def _openers(app: App, counter: Counter, outbox: Outbox) -> None:
    @app.command(COMMANDS, matchers=[_asks_for_form])
    def on_command(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Opens the form; the trigger that lets it open lives three seconds."""
        command = parse(typed(body))
        named = command.as_account if isinstance(command, Command) else ""
        form = counter.forms.form(person_of(body), named=named, command=main_command(body["command"]))
        if isinstance(form, dict):
            if not is_late(client, body, form):
                ack()
                return
            form = counter.forms.too_late(person_of(body), named)
        ack(response_type="ephemeral", text=form.text, blocks=form.blocks)

    @app.shortcut(upload_forms.NEW)
    def on_shortcut(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Opens the form from the menu of shortcuts; there is no message to answer in."""
        person = person_of(body)
        form = counter.forms.form(person)
        if is_late(client, body, form if isinstance(form, dict) else modal(form)):
            outbox.tell(person, counter.forms.too_late(person, ""), team=team_of(body), once=body["trigger_id"])
        ack()

    @app.action(upload_forms.NEW)
    def on_new(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Opens the form for the account that the button names."""
        person, named = person_of(body), str(value_of(action).get("as", ""))
        form = counter.forms.form(person, named=named)
        if isinstance(form, dict):
            if is_late(client, body, form):
                outbox.tell(person, counter.forms.too_late(person, named), team=team_of(body), once=body["trigger_id"])
        else:
            show_on_top(body, respond, client, form)
        ack()


def _forms(app: App, counter: Counter) -> None:
    @app.options(upload_forms.OPEN_CUSTOMERS)
    def on_customers(ack: Ack, body: dict[str, Any]) -> None:
        """Suggests customers as somebody types."""
        account = read_metadata((body.get("view") or {}).get("private_metadata"))
        ack(options=counter.forms.customers(person_of(body), account, str(body.get("value") or "")))

    @app.view(upload_forms.NEW)
    def on_sent(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Takes the form: errors at their fields, or what comes next in its place."""
        answer = counter.forms.submit(
            person_of(body), body["view"], team=team_of(body), reference=reference_of(context)
        )
        ack(**answer)


def _messages(app: App, counter: Counter, outbox: Outbox) -> None:
    @app.event({"type": "message", "subtype": "file_share"})
    def on_files(body: dict[str, Any]) -> None:
        """Asks what to do with files that somebody put into the bot's messages."""
        event = body["event"]
        if event.get("channel_type") != "im" or event.get("bot_id") or not event.get("user"):
            return
        person = person_of(body)
        question = counter.drops.received(person, read_files(event.get("files")), once=body["event_id"])
        outbox.tell(person, question, team=team_of(body), once=body["event_id"])

    @app.action(re.compile(rf"^({re.escape(upload_drops.IMPORT)}|{re.escape(upload_drops.CHECK)})$"))
    def on_take(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Takes the files as said, in place of the question; or says what is missing below it."""
        answer = counter.drops.take(
            person_of(body),
            str(value_of(action).get("id", "")),
            (body.get("state") or {}).get("values"),
            check_only=action["action_id"] == upload_drops.CHECK,
            team=team_of(body),
            reference=reference_of(context),
        )
        ack()
        _show_below(body, respond, client, answer)

    @app.action(list_drops.LOOK_UP)
    def on_look_up(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Has the devices in the files looked up; the question stays."""
        ack()
        drop, team = str(value_of(action).get("id", "")), team_of(body)
        _show_below(
            body, respond, client, counter.lists.look_up(person_of(body), drop, team=team, once=body["trigger_id"])
        )

    @app.action(list_drops.ACCEPT)
    def on_accept(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond) -> None:
        """Has the devices in the files accepted, in place of the question."""
        ack()
        answer = counter.lists.accept(person_of(body), str(value_of(action).get("id", "")), team=team_of(body))
        respond(text=answer.text, blocks=answer.blocks, replace_original=True)

    @app.action(re.compile(rf"^{re.escape(list_drops.ACCOUNT)}\."))
    def on_whose(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond) -> None:
        """Asks what to do with the files, now that it is known for whom they are."""
        ack()
        value = value_of(action)
        answer = counter.drops.choose(person_of(body), str(value.get("id", "")), str(value.get("a", "")))
        respond(text=answer.text, blocks=answer.blocks, replace_original=True)

    @app.action(re.compile(rf"^({re.escape(action_id(CUSTOMER))}|{re.escape(action_id(STC))})$"))
    def on_pick(ack: Ack) -> None:
        """What is picked counts when a button is pressed."""
        ack()


def _show_below(body: dict[str, Any], respond: Respond, client: WebClient, answer: Message | str) -> None:
    """Shows a sentence below the question, or a message in its place."""
    if isinstance(answer, str):
        show_on_top(body, respond, client, sentence(answer))
    else:
        # Without a response type: the question is a message like any other, and stays one.
        respond(text=answer.text, blocks=answer.blocks, replace_original=True)


def _buttons(app: App, counter: Counter) -> None:
    @app.action(upload_forms.LINK)
    def on_link(ack: Ack, body: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Makes a link: in the form by what stands in it, elsewhere for the customer of the last time."""
        ack()
        view = body.get("view") or {}
        if view.get("callback_id") == upload_forms.NEW:
            answer = counter.links.in_form(person_of(body), view)
            client.views_update(view_id=view["id"], hash=view.get("hash"), view=answer)
        else:
            show(body, respond, client, counter.links.by_button(person_of(body), ""), replace=False)

    @app.action(upload_links.OPENED)
    def on_opened(ack: Ack) -> None:
        """The browser does the rest."""
        ack()

    @app.action(upload_imports.IMPORT)
    def on_import(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Imports what a check judged."""
        ack()
        answer = counter.imports.take(
            person_of(body), str(value_of(action).get("id", "")), team=team_of(body), reference=reference_of(context)
        )
        show(body, respond, client, answer, replace=False)
