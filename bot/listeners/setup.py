"""Setup: pages of an account, the forms that change it, the buttons that act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from listeners.payloads import person_of, reference_of, team_of, value_of
from listeners.people import open_form, visitor_of
from listeners.surfaces import show, show_on_top
from rollcall.views import setup as views
from rollcall.views.message import Message

if TYPE_CHECKING:
    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Desk, Outbox

#: Each is a button and the callback of the form that it opens.
_FORMS: Final = (
    views.MEMBER,
    views.INVITE,
    views.CHANNEL,
    views.CODE,
    views.REFERENCE,
    views.RULES,
    views.KEY,
)
_ACTS: Final = (views.REMOVE, views.REVOKE, views.CODE_REMOVE, views.KEY_REVOKE)


def register(app: App, desk: Desk, outbox: Outbox) -> None:
    """Adds the listeners for what admins see and change."""

    @app.action(re.compile(rf"^{re.escape(views.PAGE)}(\..*)?$"))
    def on_page(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Shows another page in place of this one."""
        ack()
        answer = desk.turn(person_of(body), value_of(action), action["action_id"])
        show(body, respond, client, answer, replace=True)

    def on_open(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Opens a form for an admin."""
        form = desk.setup.open(action["action_id"], person_of(body), value_of(action), team=team_of(body))
        if isinstance(form, Message):
            show_on_top(body, respond, client, form)
        else:
            open_form(client, body, form)
        ack()

    def on_act(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Does what the button says; a form that it stood in is over."""
        ack()
        answer = desk.setup.act(action["action_id"], person_of(body), value_of(action))
        show(body, respond, client, answer, replace=False)

    def on_sent(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Takes a form: errors at their fields, or what was changed in its place."""
        once = reference_of(context)
        saved = desk.setup.submit(body["view"]["callback_id"], visitor_of(body), body["view"])
        for person, message in saved.others:
            outbox.tell(person, message, team=person.team, once=once)
        if saved.channel and saved.reader:
            outbox.try_channel(saved.reader.acting, saved.channel, once=once)
        ack(**saved.answer)

    for name in _FORMS:
        app.action(name)(on_open)
        app.view(name)(on_sent)
    for name in _ACTS:
        app.action(name)(on_act)
