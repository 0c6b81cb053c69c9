"""What the bot says through a response URL, or in the very answer to a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local.slack.blockkit import problems, slack_error
from local.slack.faults import SlackError
from local.slack.methods_chat import add
from local.slack.objects import bot_message, with_block_ids
from local.slack.world import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.grants import ResponseUrl
    from local.slack.world import World

SLACKBOT = "USLACKBOT"


def _yes(sent: Mapping[str, Any], key: str) -> bool:
    return str(sent.get(key, "")).lower() == "true"


def respond(world: World, grant: ResponseUrl, sent: Mapping[str, Any]) -> None:
    """Do what ``sent`` asks: post to the one person (the default) or to all, replace or delete the original.

    A command has no original, so its answers cannot be replaced through the same URL.

    Raises:
        SlackError: what Slack would refuse in the message.
    """
    original = _original(world, grant)
    if _yes(sent, "delete_original"):
        if original is not None:
            world.messages[grant.team, grant.channel].remove(original)
        world.touch(grant.team)
        return
    found = problems(sent, "message")
    if found:
        raise SlackError(slack_error(found), tuple(problem.line() for problem in found))
    if _yes(sent, "replace_original") and original is not None:
        for key in ("blocks", "attachments"):
            original.body.pop(key, None)
        if sent.get("blocks"):
            original.body["blocks"] = with_block_ids(sent["blocks"])
        original.body["text"] = str(sent.get("text") or "")
        world.touch(grant.team)
        return
    args = dict(sent)
    if grant.thread and "thread_ts" not in args:
        args["thread_ts"] = grant.thread
    body = bot_message(world.teams[grant.team], world.mint_ts(), args)
    for_all = sent.get("response_type") == "in_channel"
    if not for_all:
        body["is_ephemeral"] = True
    add(world, Message(grant.team, grant.channel, body, only_for="" if for_all else grant.user))


def _original(world: World, grant: ResponseUrl) -> Message | None:
    if not grant.original:
        return None
    try:
        return world.message(grant.team, grant.channel, grant.original)
    except SlackError:
        return None


def whisper(world: World, team: str, channel: str, user: str, text: str) -> None:
    """Let Slack itself say something that one person sees."""
    body = {"type": "message", "user": SLACKBOT, "text": text, "ts": world.mint_ts(), "is_ephemeral": True}
    add(world, Message(team, channel, body, only_for=user))
