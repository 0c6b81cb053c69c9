"""Around decisions: resellers, lists of devices to accept, what was decided, who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listeners.commands import COMMANDS, main_command, typed
from listeners.payloads import click_of, person_of, picked_value, team_of
from listeners.surfaces import is_late, show, show_on_top
from rollcall.commands import Command
from rollcall.grammar import parse
from rollcall.views import approval_bulk as bulk
from rollcall.views import approval_history as history
from rollcall.views import approval_resellers as resellers
from rollcall.views import devices, nudges

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.desk import ApprovalDesk, Outbox

_BULK: Final = ("approvals", "bulk")


def register(app: App, approvals: ApprovalDesk, outbox: Outbox) -> None:
    """Adds the listeners for what stands around decisions."""
    _bulk(app, approvals, outbox)
    _ways_around(app, approvals)
    _lists(app, approvals)


def _asks_for_bulk(body: dict[str, Any]) -> bool:
    """Whether a slash command is the one that opens the form."""
    command = parse(typed(body))
    return isinstance(command, Command) and (command.area, command.word) == _BULK


def _bulk(app: App, approvals: ApprovalDesk, outbox: Outbox) -> None:
    @app.command(COMMANDS, matchers=[_asks_for_bulk])
    def on_command(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Opens the form; the trigger that lets it open lives three seconds."""
        command = parse(typed(body))
        named = command.as_account if isinstance(command, Command) else ""
        form = approvals.bulk.form(person_of(body), named=named, command=main_command(body["command"]))
        if isinstance(form, dict):
            if not is_late(client, body, form):
                ack()
                return
            form = approvals.bulk.too_late(person_of(body), named)
        ack(response_type="ephemeral", text=form.text, blocks=form.blocks)

    @app.action(bulk.BULK)
    def on_open(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Opens the form for the account that the button names."""
        ack()
        person, named = person_of(body), str(picked_value(action).get("as", ""))
        form = approvals.bulk.form(person, named=named)
        if not isinstance(form, dict):
            show_on_top(body, respond, client, form)
            return
        if is_late(client, body, form):
            outbox.tell(person, approvals.bulk.too_late(person, named), team=team_of(body), once=body["trigger_id"])

    @app.view(bulk.BULK)
    def on_sent(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Takes the form: errors at their fields, or what comes next in its place."""
        ack(**approvals.bulk.submit(click_of(body, context), body["view"], team=team_of(body)))


def _ways_around(app: App, approvals: ApprovalDesk) -> None:
    @app.action(bulk.TEMPLATE)
    def on_template(ack: Ack, body: dict[str, Any], respond: Respond, client: WebClient, context: BoltContext) -> None:
        """Sends the CSV file to fill in."""
        ack()
        show_on_top(body, respond, client, approvals.bulk.template(click_of(body, context)))

    @app.action(bulk.GRANT)
    def on_grant(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Shows in the form how a file in the bucket speaks for the clicker; what was typed in it stays."""
        ack()
        view = body.get("view") or {}
        answer = approvals.bulk.grant(click_of(body, context), picked_value(action))
        if isinstance(answer, dict):
            client.views_update(view_id=view["id"], hash=view.get("hash"), view=answer)
        else:
            show_on_top(body, respond, client, answer)


def _lists(app: App, approvals: ApprovalDesk) -> None:
    @app.action(resellers.CHANGE)
    def on_change(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Registers a reseller or lets it in again, and shows the list as it is now in place of the old one."""
        ack()
        answer = approvals.resellers.change(click_of(body, context), picked_value(action))
        show(body, respond, client, answer, replace=True)

    @app.action(resellers.BLOCK)
    def on_block(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Blocks a reseller, likewise."""
        ack()
        answer = approvals.resellers.block(click_of(body, context), picked_value(action))
        show(body, respond, client, answer, replace=True)

    @app.action(history.AUDIT)
    def on_audit(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Sends the whole audit."""
        ack()
        show_on_top(body, respond, client, approvals.lists.audit(click_of(body, context), picked_value(action)))

    @app.action(devices.WHO)
    def on_who(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Says who can decide."""
        ack()
        show_on_top(body, respond, client, approvals.people.who(click_of(body, context), picked_value(action)))

    @app.action(nudges.NUDGE)
    def on_nudge(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Asks the customer to decide."""
        ack()
        show_on_top(body, respond, client, approvals.people.nudge(click_of(body, context), picked_value(action)))
