"""Web API: ``chat.*`` and ``reactions.*``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local.slack.calls import method
from local.slack.faults import SlackError
from local.slack.objects import bot_message, with_block_ids
from local.slack.world import APP_ID, Message

if TYPE_CHECKING:
    from local.slack.calls import Call
    from local.slack.world import Channel, World


def writable(call: Call, name: str) -> Channel:
    """Return the channel where the bot may write.

    Raises:
        SlackError: ``channel_not_found``, ``is_archived``, ``not_in_channel``, or ``account_inactive`` for the direct
            message of a deactivated person.
    """
    channel = call.world.channel(call.team.id, name)
    if channel.archived:
        raise SlackError("is_archived")
    if call.team.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if (call.team.id, channel.user) in call.world.deactivated:
        raise SlackError("account_inactive")
    return channel


def add(world: World, message: Message) -> None:
    """Put a message into its channel."""
    world.messages[message.team, message.channel].append(message)
    world.touch(message.team)


@method("chat.postMessage")
def post_message(call: Call) -> dict[str, Any]:
    """Post a message."""
    channel = writable(call, call.text("channel", "channel_not_found"))
    call.check(call.args, "message")
    if call.args.get("thread_ts"):
        _thread(call, channel)
    message = Message(call.team.id, channel.id, bot_message(call.team, call.world.mint_ts(), call.args))
    add(call.world, message)
    if call.args.get("metadata"):
        call.emit("message_metadata_posted", _metadata_posted(call, message))
    return {"channel": channel.id, "ts": message.ts, "message": message.body}


def _metadata_posted(call: Call, message: Message) -> dict[str, Any]:
    """Return what Slack tells of a message with metadata; it tells the app of its own messages, too."""
    return {
        "app_id": APP_ID,
        "bot_id": call.team.bot_id,
        "user_id": call.team.bot_user,
        "team_id": call.team.id,
        "channel_id": message.channel,
        "metadata": message.body["metadata"],
        "message_ts": message.ts,
    }


def _thread(call: Call, channel: Channel) -> None:
    try:
        call.world.message(call.team.id, channel.id, str(call.args["thread_ts"]))
    except SlackError as error:
        raise SlackError("thread_not_found") from error


@method("chat.postEphemeral")
def post_ephemeral(call: Call) -> dict[str, Any]:
    """Post a message that one person sees, which no call can change afterwards."""
    channel = writable(call, call.text("channel", "channel_not_found"))
    user = call.text("user", "user_not_found")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    call.check(call.args, "message")
    body = {**bot_message(call.team, call.world.mint_ts(), call.args), "is_ephemeral": True}
    add(call.world, Message(call.team.id, channel.id, body, only_for=user))
    return {"message_ts": body["ts"]}


def _own(call: Call, refused: str) -> Message:
    channel = call.world.channel(call.team.id, call.text("channel", "channel_not_found"))
    message = call.world.message(call.team.id, channel.id, call.text("ts", "message_not_found"))
    if message.only_for:
        raise SlackError("message_not_found")
    if message.body.get("bot_id") != call.team.bot_id:
        raise SlackError(refused)
    if channel.archived:
        raise SlackError("is_archived")
    return message


@method("chat.update")
def update(call: Call) -> dict[str, Any]:
    """Change a message of the bot's own: text without blocks takes the old blocks away and marks it as edited."""
    message = _own(call, "cant_update_message")
    call.check(call.args, "message")
    for key in ("blocks", "attachments"):
        message.body.pop(key, None)
        if call.args.get(key):
            message.body[key] = with_block_ids(call.args[key]) if key == "blocks" else call.args[key]
    message.body["text"] = str(call.args.get("text") or "")
    if "blocks" not in message.body:
        message.body["edited"] = {"user": call.team.bot_user, "ts": call.world.mint_ts()}
    call.world.touch(call.team.id)
    return {"channel": message.channel, "ts": message.ts, "text": message.body["text"], "message": message.body}


@method("chat.delete")
def delete(call: Call) -> dict[str, Any]:
    """Delete a message of the bot's own."""
    message = _own(call, "cant_delete_message")
    call.world.messages[message.team, message.channel].remove(message)
    call.world.touch(call.team.id)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink")
def permalink(call: Call) -> dict[str, Any]:
    """Return the address of a message."""
    channel = call.world.channel(call.team.id, call.text("channel", "channel_not_found"))
    message = call.world.message(call.team.id, channel.id, call.text("message_ts", "message_not_found"))
    place = f"{call.world.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": place}


@method("reactions.add")
def react(call: Call) -> dict[str, Any]:
    """Add the bot's reaction to a message."""
    channel = call.world.channel(call.team.id, call.text("channel", "channel_not_found"))
    message = call.world.message(call.team.id, channel.id, call.text("timestamp", "message_not_found"))
    name = call.text("name", "invalid_name").strip(":")
    reactions: list[dict[str, Any]] = message.body.setdefault("reactions", [])
    found = next((item for item in reactions if item["name"] == name), None)
    if found is None:
        found = {"name": name, "users": [], "count": 0}
        reactions.append(found)
    if call.team.bot_user in found["users"]:
        raise SlackError("already_reacted")
    found["users"].append(call.team.bot_user)
    found["count"] += 1
    call.world.touch(call.team.id)
    return {}
