"""Web API: ``auth.test``, ``users.*``, ``conversations.*``, ``team.info``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from local.slack.calls import method
from local.slack.faults import SlackError
from local.slack.objects import bot_object, channel_object, user_object
from local.slack.world import APP_ID, BOT_NAME

if TYPE_CHECKING:
    from local.slack.calls import Call


@method("api.test")
def api_test(call: Call) -> dict[str, Any]:
    """Answer with what was sent."""
    return {"args": dict(call.args)}


@method("auth.test")
def auth_test(call: Call) -> dict[str, Any]:
    """Tell whose token it is."""
    return {
        "url": f"{call.world.url}/",
        "team": call.team.name,
        "user": BOT_NAME.lower(),
        "team_id": call.team.id,
        "user_id": call.team.bot_user,
        "bot_id": call.team.bot_id,
        "app_id": APP_ID,
        "is_enterprise_install": False,
    }


@method("team.info")
def team_info(call: Call) -> dict[str, Any]:
    """Return the team."""
    return {"team": {"id": call.team.id, "name": call.team.name, "domain": call.team.domain}}


@method("users.info")
def users_info(call: Call) -> dict[str, Any]:
    """Return one person, with the time zone."""
    user = call.text("user", "user_not_found")
    if user == call.team.bot_user:
        return {"user": bot_object(call.team)}
    return {"user": user_object(call.world, call.world.person(call.team.id, user))}


@method("users.list")
def users_list(call: Call) -> dict[str, Any]:
    """Return the people of the team and the bot."""
    people = [person for (team, _), person in call.world.people.items() if team == call.team.id]
    members = [user_object(call.world, person) for person in people]
    return call.page("members", [*members, bot_object(call.team)])


@method("users.lookupByEmail")
def users_by_email(call: Call) -> dict[str, Any]:
    """Return the person with an address."""
    wanted = call.text("email", "users_not_found").lower()
    for (team, user), person in call.world.people.items():
        if team == call.team.id and person.email.lower() == wanted and (team, user) not in call.world.deactivated:
            return {"user": user_object(call.world, person)}
    raise SlackError("users_not_found")


@method("conversations.open")
def conversations_open(call: Call) -> dict[str, Any]:
    """Return the direct message of the bot with one person."""
    if call.args.get("channel"):
        channel = call.world.channel(call.team.id, call.text("channel"))
        return {"channel": channel_object(call.world, channel), "no_op": True, "already_open": True}
    users = [user for user in call.text("users", "users_list_not_supplied").split(",") if user]
    if len(users) != 1:
        raise SlackError("method_not_supported_for_channel_type")
    if users[0] == call.team.bot_user:
        raise SlackError("cannot_dm_bot")
    person = call.world.person(call.team.id, users[0])
    if (person.team, person.id) in call.world.deactivated:
        raise SlackError("user_disabled")
    channel = call.world.channel(call.team.id, person.id)
    if call.flag("return_im"):
        return {"channel": channel_object(call.world, channel)}
    return {"channel": {"id": channel.id}}


@method("conversations.info")
def conversations_info(call: Call) -> dict[str, Any]:
    """Return one channel."""
    channel = call.world.channels.get((call.team.id, call.text("channel", "channel_not_found")))
    if channel is None:
        raise SlackError("channel_not_found")
    return {"channel": channel_object(call.world, channel)}


@method("conversations.list")
def conversations_list(call: Call) -> dict[str, Any]:
    """Return the channels of the team."""
    kinds = str(call.args.get("types") or "public_channel").split(",")
    found = [
        channel_object(call.world, channel)
        for (team, _), channel in call.world.channels.items()
        if team == call.team.id
        and ("im" in kinds if channel.kind == "im" else "public_channel" in kinds)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    return call.page("channels", found)


@method("conversations.members")
def conversations_members(call: Call) -> dict[str, Any]:
    """Return the user ids in a channel."""
    channel = call.world.channel(call.team.id, call.text("channel", "channel_not_found"))
    return call.page("members", channel.members)


@method("conversations.join")
def conversations_join(call: Call) -> dict[str, Any]:
    """Let the bot join a channel."""
    channel = call.world.channel(call.team.id, call.text("channel", "channel_not_found"))
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.team.bot_user in channel.members:
        return {"channel": channel_object(call.world, channel), "warning": "already_in_channel"}
    channel.members.append(call.team.bot_user)
    joined = {"user": call.team.bot_user, "channel": channel.id, "channel_type": "C", "team": call.team.id}
    call.emit("member_joined_channel", joined)
    call.world.touch(call.team.id)
    return {"channel": channel_object(call.world, channel)}
