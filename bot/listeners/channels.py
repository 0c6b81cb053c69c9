"""Events about channels and people: a message of ours was posted, another company joined or left, somebody left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listeners.payloads import person_of, team_of, value_of
from listeners.surfaces import show
from rollcall.accounts import Person
from rollcall.views import briefs

if TYPE_CHECKING:
    from slack_bolt import Ack, App, Respond
    from slack_sdk import WebClient

    from rollcall.desk import Desk, Outbox

#: Metadata of our messages; the manifest subscribes to no other.
_OURS: Final = "rollcall_notice"


def register(app: App, desk: Desk, outbox: Outbox) -> None:
    """Adds the listeners for what happens to channels and people."""

    @app.event("message_metadata_posted")
    def on_posted(body: dict[str, Any]) -> None:
        """Has a notice in a channel looked after; in direct messages the app may look by itself."""
        event = body["event"]
        metadata = event.get("metadata") or {}
        ours = event.get("app_id") == body.get("api_app_id") and metadata.get("event_type") == _OURS
        channel = str(event.get("channel_id", ""))
        if ours and not channel.startswith("D"):
            ts, mark = str(event.get("message_ts", "")), metadata.get("event_payload") or {}
            outbox.look_after(team_of(body), channel, ts, mark)

    @app.event("channel_shared")
    @app.event("channel_unshared")
    def on_shared(body: dict[str, Any]) -> None:
        """Has what stands in a channel drawn anew for those who read it now."""
        outbox.channel_changed(team_of(body), str(body["event"].get("channel", "")))

    @app.event("user_change")
    def on_person(body: dict[str, Any]) -> None:
        """Has it looked up whether somebody is gone; every other change of a profile is nothing to us."""
        user = body["event"].get("user") or {}
        if user.get("deleted") and not user.get("is_bot"):
            outbox.person_changed(Person(str(user.get("team_id") or team_of(body)), str(user.get("id", ""))))

    @app.action(briefs.OPEN)
    def on_open(ack: Ack, body: dict[str, Any], action: dict[str, Any], respond: Respond, client: WebClient) -> None:
        """Shows what a notice is about, to the clicker alone and as far as their own company may see it."""
        ack()
        show(body, respond, client, desk.open_notice(person_of(body), value_of(action)), replace=False)
