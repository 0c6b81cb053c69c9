"""Setup: pages of an account, the forms that change it, the buttons that act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from listeners.payloads import person_of, reference_of, team_of, value_of
from listeners.people import visitor_of
from listeners.surfaces import is_own, open_view, show, show_on_top
from rollcall.views import setup as views
from rollcall.views.below import below
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slack_bolt import Ack, App, BoltContext, Respond
    from slack_sdk import WebClient

    from rollcall.accounts import Person
    from rollcall.desk import Desk, Outbox

#: Each is a button and the callback of the form that it opens.
_FORMS: Final = (
    views.MEMBER,
    views.INVITE,
    views.CHANNEL,
    views.CODE,
    views.REFERENCE,
    views.RULES,
    views.HOURS,
    views.LANGUAGE,
    views.REMINDERS,
    views.KEY,
)
_ACTS: Final = (views.REMOVE, views.REVOKE, views.CODE_REMOVE, views.KEY_REVOKE)


def register(app: App, desk: Desk, outbox: Outbox) -> None:
    """Adds the listeners for what admins see and change."""
    _pages(app, desk)
    _acts(app, desk, outbox)
    _forms(app, desk, outbox)


def _pages(app: App, desk: Desk) -> None:
    @app.action(re.compile(rf"^{re.escape(views.PAGE)}(\..*)?$"))
    def on_page(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Shows a page in place of another one; below a message that led here."""
        ack()
        answer = desk.turn(person_of(body), value_of(action), action["action_id"])
        show(body, respond, client, answer, replace=is_own(body))

    def on_open(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Opens a form for an admin."""
        form = desk.setup.open(action["action_id"], person_of(body), value_of(action), team=team_of(body))
        if isinstance(form, Message):
            show_on_top(body, respond, client, form)
        else:
            open_view(client, body, form)
        ack()

    for name in _FORMS:
        app.action(name)(on_open)


def _acts(app: App, desk: Desk, outbox: Outbox) -> None:
    def on_act(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        respond: Respond,
        client: WebClient,
        context: BoltContext,
    ) -> None:
        """Does what the button says; a list that it stood in is shown as it is now, a form that it stood in is over."""
        ack()
        value = value_of(action)
        acted = desk.setup.act(action["action_id"], person_of(body), value)
        now = desk.setup.list_of(action["action_id"], value) if is_own(body) else ""
        answer = below(acted.answer, desk.answer(person_of(body), now), plainly=True) if now else acted.answer
        show(body, respond, client, answer, replace=bool(now))
        _tell(outbox, acted.others, (acted.person,) if acted.person else (), reference_of(context))

    for name in _ACTS:
        app.action(name)(on_act)


def _forms(app: App, desk: Desk, outbox: Outbox) -> None:
    def on_sent(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        """Takes a form: errors at their fields, or what was changed in its place."""
        once = reference_of(context)
        saved = desk.setup.submit(body["view"]["callback_id"], visitor_of(body), body["view"])
        _tell(outbox, saved.others, saved.homes, once)
        if saved.channel and saved.reader:
            outbox.try_channel(saved.reader.acting, saved.channel, once=once, say=saved.reader.say)
        if saved.left and saved.reader:
            outbox.leave_channel(saved.reader.acting.account, saved.left)
        ack(**saved.answer)

    for name in _FORMS:
        app.view(name)(on_sent)


def _tell(outbox: Outbox, others: Sequence[tuple[Person, Message]], homes: Iterable[Person], once: str) -> None:
    """Tells those whom it concerns, and has their App Home say what is so now."""
    for person, message in others:
        outbox.tell(person, message, team=person.team, once=once)
    for person in homes:
        outbox.refresh_home(person, team=person.team)
