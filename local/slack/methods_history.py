"""Web API: ``conversations.history`` and ``conversations.replies``, as far as the app's scopes reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local.slack.calls import method
from local.slack.faults import SlackError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from local.slack.calls import Call
    from local.slack.world import Channel, Message


def _readable(call: Call) -> Channel:
    """The channel: a direct message, since the app asks for ``im:history`` and no more.

    Raises:
        SlackError: ``channel_not_found`` or ``missing_scope``.
    """
    channel = call.world.channel(call.team.id, call.text("channel", "channel_not_found"))
    if channel.kind != "im":
        raise SlackError("missing_scope")
    return channel


def _shown(call: Call, messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Messages after ``oldest``, with their metadata only where it is asked for."""
    oldest = float(call.args.get("oldest") or 0)
    hidden = set() if call.flag("include_all_metadata") else {"metadata"}
    return [
        {key: value for key, value in message.body.items() if key not in hidden}
        for message in messages
        if float(message.ts) > oldest and not message.only_for
    ]


@method("conversations.history")
def history(call: Call) -> dict[str, Any]:
    """Return messages of a direct message, newest first, without those in threads."""
    channel = _readable(call)
    messages = [m for m in call.world.messages[call.team.id, channel.id] if not m.body.get("thread_ts")]
    shown = call.page("messages", list(reversed(_shown(call, messages))))
    return {**shown, "has_more": bool(shown["response_metadata"]["next_cursor"])}


@method("conversations.replies")
def replies(call: Call) -> dict[str, Any]:
    """Return a thread, its first message and then the replies, oldest first."""
    channel = _readable(call)
    root = call.world.message(call.team.id, channel.id, call.text("ts", "thread_not_found"))
    thread = [m for m in call.world.messages[call.team.id, channel.id] if m.body.get("thread_ts") == root.ts]
    shown = call.page("messages", _shown(call, [root, *thread]))
    return {**shown, "has_more": bool(shown["response_metadata"]["next_cursor"])}
