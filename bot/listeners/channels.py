"""Events about channels: a message of ours was posted there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listeners.payloads import team_of

if TYPE_CHECKING:
    from slack_bolt import App

    from rollcall.desk import Outbox

#: Metadata of our messages; the manifest subscribes to no other.
_OURS: Final = "rollcall_notice"


def register(app: App, outbox: Outbox) -> None:
    """Adds the listeners for what happens to channels."""

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
