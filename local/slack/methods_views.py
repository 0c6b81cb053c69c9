"""Web API: ``views.*``; the stack of modals that one person sees, and their Home tab."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from local.slack.calls import method
from local.slack.faults import SlackError
from local.slack.objects import with_block_ids
from local.slack.state import initial_state
from local.slack.world import APP_ID, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.calls import Call
    from local.slack.world import Team, World

MAX_STACK: Final = 3


def build(world: World, team: Team, sent: Mapping[str, Any], view_id: str) -> dict[str, Any]:
    """Return the view object for a view as the bot sent it."""
    blocks = with_block_ids(sent["blocks"])
    made = hashlib.sha256(json.dumps([blocks, world.mint_ts()], sort_keys=True).encode()).hexdigest()[:8]
    return {
        "id": view_id,
        "team_id": team.id,
        "type": sent["type"],
        "blocks": blocks,
        "private_metadata": sent.get("private_metadata") or "",
        "callback_id": sent.get("callback_id") or "",
        "state": {"values": initial_state(blocks)},
        "hash": f"{int(world.now())}.{made}",
        "title": sent.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(sent.get("clear_on_close")),
        "notify_on_close": bool(sent.get("notify_on_close")),
        "close": sent.get("close"),
        "submit": sent.get("submit"),
        "previous_view_id": None,
        "root_view_id": view_id,
        "app_id": APP_ID,
        "external_id": sent.get("external_id") or "",
        "app_installed_team_id": None if team.org_wide else team.id,
        "bot_id": team.bot_id,
    }


def checked(call: Call, surface: str) -> dict[str, Any]:
    """Return the argument ``view`` if Slack would take it.

    Raises:
        SlackError: ``invalid_arguments`` and others, or ``duplicate_external_id``.
    """
    view = call.args.get("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", ("[ERROR] missing required field: view",))
    call.check(view, "home" if surface == "home" else "modal", "/view")
    return view


def refuse_repeated(world: World, team: str, external_id: str, but: View | None = None) -> None:
    """Refuse an external_id that another open view of the team has.

    Raises:
        SlackError: ``duplicate_external_id``.
    """
    views = [view for stack in world.stacks.values() for view in stack] + list(world.homes.values())
    for view in views:
        if external_id and view.team == team and view is not but and view.body["external_id"] == external_id:
            raise SlackError("duplicate_external_id")


def push_on(world: World, team: Team, user: str, sent: Mapping[str, Any], channel: str = "") -> View:
    """Put a new view on top of what a person has open.

    Raises:
        SlackError: ``push_limit_reached`` or ``duplicate_external_id``.
    """
    stack = world.stacks.setdefault((team.id, user), [])
    if len(stack) >= MAX_STACK:
        raise SlackError("push_limit_reached")
    refuse_repeated(world, team.id, str(sent.get("external_id") or ""))
    view_id = world.mint("V")
    view = View(view_id, team.id, user, build(world, team, sent, view_id), channel)
    if stack:
        view.body |= {"previous_view_id": stack[-1].id, "root_view_id": stack[0].id}
    stack.append(view)
    world.touch(team.id)
    return view


def replace(world: World, team: Team, view: View, sent: Mapping[str, Any]) -> None:
    """Put new content into an open view; what a person filled in stays where block_id and action_id are the same.

    Raises:
        SlackError: ``duplicate_external_id``.
    """
    refuse_repeated(world, team.id, str(sent.get("external_id") or ""), view)
    kept = {key: view.body[key] for key in ("previous_view_id", "root_view_id")}
    before: dict[str, Any] = view.body["state"]["values"]
    view.body = build(world, team, sent, view.id) | kept
    for block, elements in view.body["state"]["values"].items():
        for action, value in before.get(block, {}).items():
            if action in elements and elements[action]["type"] == value["type"]:
                elements[action] = value
    world.touch(team.id)


@method("views.open")
def views_open(call: Call) -> dict[str, Any]:
    """Open a modal in place of whatever modal the person had open."""
    sent = checked(call, "modal")
    trigger = call.grants.use_trigger(call.text("trigger_id", "invalid_trigger_id"), call.team.id)
    call.world.stacks[call.team.id, trigger.user] = []
    return {"view": push_on(call.world, call.team, trigger.user, sent, trigger.channel).body}


@method("views.push")
def views_push(call: Call) -> dict[str, Any]:
    """Put a modal on top of the one whose button was clicked."""
    sent = checked(call, "modal")
    trigger = call.grants.use_trigger(call.text("trigger_id", "invalid_trigger_id"), call.team.id)
    if not trigger.view:
        raise SlackError("invalid_trigger_id")
    return {"view": push_on(call.world, call.team, trigger.user, sent, trigger.channel).body}


@method("views.update")
def views_update(call: Call) -> dict[str, Any]:
    """Change an open modal, by its id or its external_id."""
    sent = checked(call, "modal")
    view = _named(call)
    if call.args.get("hash") and call.args["hash"] != view.body["hash"]:
        raise SlackError("hash_conflict")
    replace(call.world, call.team, view, sent)
    return {"view": view.body}


def _named(call: Call) -> View:
    if call.args.get("view_id"):
        return call.world.view(call.team.id, str(call.args["view_id"]))
    wanted = call.text("external_id")
    for stack in call.world.stacks.values():
        for view in stack:
            if view.team == call.team.id and view.body["external_id"] == wanted:
                return view
    raise SlackError("not_found")


@method("views.publish")
def views_publish(call: Call) -> dict[str, Any]:
    """Publish a person's Home tab."""
    user = call.text("user_id", "invalid_arguments")
    if (call.team.id, user) not in call.world.people:
        raise SlackError("invalid_arguments", (f"[ERROR] invalid user_id: {user}",))
    sent = checked(call, "home")
    home = call.world.homes.get((call.team.id, user))
    if home is not None and call.args.get("hash") and call.args["hash"] != home.body["hash"]:
        raise SlackError("hash_conflict")
    if home is None:
        view_id = call.world.mint("V")
        home = View(view_id, call.team.id, user, build(call.world, call.team, sent, view_id))
        call.world.homes[call.team.id, user] = home
    else:
        home.body = build(call.world, call.team, sent, home.id)
    call.world.touch(call.team.id)
    return {"view": home.body}
