"""Rules and expected orders: the buttons of their lists, and the forms that these open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listeners.payloads import click_of, value_of
from listeners.surfaces import is_own, open_view, show, show_on_top
from rollcall.desk.sent_forms import metadata_of
from rollcall.views import order_forms, orders, rule_forms, rules
from rollcall.views.message import Message

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.desk import ApprovalDesk


def register(app: App, approvals: ApprovalDesk) -> None:
    """Adds the listeners."""
    _forms(app, approvals)
    _acts(app, approvals)


def _forms(app: App, approvals: ApprovalDesk) -> None:
    # By name: taken from the desk here, they would furnish it at every start.
    rooms = {rules.ADD: "rules", rules.EDIT: "rules", orders.ANNOUNCE: "orders", orders.EDIT: "orders"}

    def on_open(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Opens a form, or says why there is none."""
        answer = getattr(approvals, rooms[action["action_id"]]).form(click_of(body, context), value_of(action))
        if isinstance(answer, Message):
            show_on_top(body, respond, client, answer)
        else:
            open_view(client, body, answer)
        ack()

    def on_sent(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Takes a form: errors at their fields, or what is stored in its place."""
        room = getattr(approvals, rooms[body["view"]["callback_id"]])
        ack(**room.submit(click_of(body, context), body["view"]))

    for name in rooms:
        app.action(name)(on_open)
        app.view(name)(on_sent)

    menus = {rule_forms.RESELLERS: "rules", order_forms.RESELLER: "orders"}

    def on_typed(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Suggests resellers as somebody types, where there are more than a menu holds."""
        room = getattr(approvals, menus[str(body.get("action_id"))])
        value = metadata_of(body.get("view") or {})
        ack(options=room.resellers(click_of(body, context), value, str(body.get("value") or "")))

    for name in menus:
        app.options(name)(on_typed)


def _acts(app: App, approvals: ApprovalDesk) -> None:
    acts = {
        rules.SWITCH: ("rules", "switch"),
        rules.DELETE: ("rules", "delete"),
        orders.CLOSE: ("orders", "close"),
    }

    def on_act(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Does what the button says, and shows the list as it is now: in place of the old one, below a message."""
        ack()
        room, act = acts[action["action_id"]]
        answer = getattr(getattr(approvals, room), act)(click_of(body, context), value_of(action))
        show(body, respond, client, answer, replace=is_own(body))

    for name in acts:
        app.action(name)(on_act)

    @app.action(rules.TRY)
    def on_try(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Has a rule tried on what came in the last days."""
        ack()
        show_on_top(body, respond, client, approvals.rules.attempt(click_of(body, context), value_of(action)))
