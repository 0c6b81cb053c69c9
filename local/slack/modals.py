"""What a person does in modals and on the Home tab: fills in, clicks, searches, submits, closes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from local.slack import payloads
from local.slack.blockkit import problems
from local.slack.bot import BotFailedError
from local.slack.desk import TROUBLE
from local.slack.faults import SlackError
from local.slack.grants import ResponseUrl
from local.slack.methods_views import push_on, replace
from local.slack.state import action, all_blocks, elements, find, is_empty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.desk import Desk
    from local.slack.directory import Person
    from local.slack.world import Team, View

_NO_OPTIONS: Final = "The options could not be loaded."
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(slots=True)
class Modals:
    """Carries out what people do in views. Never holds the lock while it waits for the bot."""

    desk: Desk

    def _view(self, team: str, user: str, view_id: str) -> tuple[Team, Person, View]:
        the_team, person = self.desk.who(team, user)
        view = self.desk.world.view(team, view_id)
        if view.user != user:
            raise SlackError("not_found")
        return the_team, person, view

    def _fill(self, view: View, picks: Mapping[str, Any]) -> None:
        values = view.body["state"]["values"]
        for block, element in elements(view.body["blocks"]):
            at = picks.get(block["block_id"]) or {}
            if element["action_id"] in values.get(block["block_id"], {}) and element["action_id"] in at:
                values[block["block_id"]][element["action_id"]] = self.desk.picked(element, at[element["action_id"]])

    def click(self, team: str, user: str, where: Mapping[str, str], picked: object, picks: Mapping[str, Any]) -> str:
        """Send a click in a view; return what the person is told, empty when all went well.

        Args:
            team: the team.
            user: who clicked.
            where: ``view_id``, ``block_id`` and ``action_id``.
            picked: what was picked, see ``picked_state``.
            picks: what stands in the inputs of the view, by block_id and action_id.

        Raises:
            SlackError: the view is gone, or has no such element.
        """
        world = self.desk.world
        with world.lock:
            the_team, person, view = self._view(team, user, where["view_id"])
            self._fill(view, picks)
            block, element = find(view.body["blocks"], where)
            state = self.desk.picked(element, picked)
            values = view.body["state"]["values"].get(block["block_id"], {})
            if element["action_id"] in values:
                values[element["action_id"]] = state
            payload = payloads.on_view(the_team, person, view) | {
                "trigger_id": self.desk.grants.new_trigger(team, user, view.channel, view.id),
                "actions": [action(block, element, state, world.mint_ts())],
            }
            payload = json.loads(json.dumps(payload))
        return self.desk.send(payload)

    def suggest(self, team: str, user: str, where: Mapping[str, str], typed: str) -> dict[str, Any]:
        """Ask the bot for the options of an external menu, in a view or in a message.

        Returns:
            ``options`` or ``option_groups``; or ``notice``, what the person is told when it failed.

        Raises:
            SlackError: there is no such view, message or element.
        """
        world = self.desk.world
        with world.lock:
            the_team, person = self.desk.who(team, user)
            if where.get("view_id"):
                _, _, view = self._view(team, user, where["view_id"])
                find(view.body["blocks"], where)
                payload = payloads.on_view(the_team, person, view)
            else:
                place = world.channel(team, where["channel"])
                message = world.message(team, place.id, where["ts"])
                find(all_blocks(message.body), where)
                payload = payloads.on_message(the_team, person, place, message)
            payload |= {
                "type": "block_suggestion",
                "action_id": where["action_id"],
                "block_id": where["block_id"],
                "value": typed,
            }
            payload = json.loads(json.dumps(payload))
            if not self.desk.manifest.asks_for_options:
                missing = "the manifest has no settings.interactivity.message_menu_options_url"
                world.note(kind="refused", what="block_suggestion", outcome="no_options_url", messages=[missing])
                return {"notice": _NO_OPTIONS}
        try:
            answer = self.desk.bot.interact(payload).json()
        except BotFailedError:
            return {"notice": _NO_OPTIONS}
        return {key: answer[key] for key in ("options", "option_groups") if key in answer}

    def submit(self, team: str, user: str, view_id: str, picks: Mapping[str, Any]) -> dict[str, Any]:
        """Submit a modal and do what the bot answers.

        Returns:
            ``errors`` by block_id and ``notice``, where there are any.

        Raises:
            SlackError: the view is gone.
        """
        world = self.desk.world
        with world.lock:
            the_team, person, view = self._view(team, user, view_id)
            self._fill(view, picks)
            errors = refused_inputs(view.body)
            if errors:
                return {"errors": errors}
            trigger = self.desk.grants.new_trigger(team, user, view.channel, view.id)
            payload = payloads.submission(the_team, person, view, trigger, self._urls(view))
            payload = json.loads(json.dumps(payload))
        try:
            answer = self.desk.bot.interact(payload).json()
        except BotFailedError:
            return {"notice": TROUBLE}
        with world.lock:
            return self._answered(the_team, view, answer)

    def _urls(self, view: View) -> list[dict[str, str]]:
        urls = []
        for block, element in elements(view.body["blocks"]):
            values = view.body["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {})
            channel = values.get("selected_conversation") or values.get("selected_channel")
            if element.get("response_url_enabled") and channel:
                grant = ResponseUrl(view.team, channel, view.user, self.desk.world.now())
                url = f"{self.desk.world.url}/app/{view.team}/{self.desk.grants.new_response(grant)}"
                names = {"block_id": block["block_id"], "action_id": element["action_id"]}
                urls.append({**names, "channel_id": channel, "response_url": url})
        return urls

    def _answered(self, team: Team, view: View, answer: Mapping[str, Any]) -> dict[str, Any]:
        world = self.desk.world
        stack = world.stacks.get((view.team, view.user), [])
        kind = answer.get("response_action")
        if kind == "errors":
            blocks = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
            errors = answer.get("errors") or {}
            if not errors or not set(errors) <= blocks:
                world.note(kind="refused", what="errors", outcome="unknown block_id", messages=sorted(errors))
                return {"notice": TROUBLE}
            return {"errors": errors}
        if kind in {"update", "push"}:
            sent = answer.get("view") or {}
            found = problems(sent, "modal") if isinstance(sent, dict) else []
            if found or not sent:
                world.note(
                    kind="refused", what=kind, outcome="invalid view", messages=[item.line("/view") for item in found]
                )
                return {"notice": TROUBLE}
            try:
                if kind == "push":
                    push_on(world, team, view.user, sent, view.channel)
                else:
                    replace(world, team, view, sent)
            except SlackError as error:
                world.note(kind="refused", what=kind, outcome=error.code, messages=list(error.messages))
                return {"notice": TROUBLE}
            return {}
        if kind == "clear":
            stack.clear()
        elif view in stack:
            stack.remove(view)
        world.touch(view.team)
        return {}

    def close(self, team: str, user: str, view_id: str, *, everything: bool = False) -> None:
        """Close the topmost modal, or all of them, and tell the bot of those that want it told.

        Raises:
            SlackError: the view is gone.
        """
        world = self.desk.world
        with world.lock:
            the_team, person, view = self._view(team, user, view_id)
            stack = world.stacks.get((team, user), [])
            cleared = everything or view.body["clear_on_close"]
            gone = list(stack) if cleared else [view]
            told = [
                json.loads(json.dumps(payloads.closed(the_team, person, one, cleared=cleared)))
                for one in reversed(gone)
                if one.body["notify_on_close"]
            ]
            world.stacks[team, user] = [one for one in stack if one not in gone]
            world.touch(team)
        for payload in told:
            self.desk.send(payload)


def refused_inputs(view: Mapping[str, Any]) -> dict[str, str]:
    """Return what Slack itself refuses before it asks the bot, by block_id."""
    errors = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = view["state"]["values"].get(block["block_id"], {}).get(element["action_id"], {"type": ""})
        if is_empty(state):
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
        elif wrong := _wrong(element, str(state.get("value") or "")):
            errors[block["block_id"]] = wrong
    return errors


def _wrong(element: Mapping[str, Any], value: str) -> str:
    match element["type"]:
        case "plain_text_input" if len(value) < element.get("min_length", 0):
            return f"Please enter at least {element['min_length']} characters."
        case "plain_text_input" if len(value) > element.get("max_length", 3000):
            return f"Please enter at most {element.get('max_length', 3000)} characters."
        case "email_text_input" if not _EMAIL.fullmatch(value):
            return "Please enter a valid email address."
        case "url_text_input" if not value.startswith(("http://", "https://")):
            return "Please enter a valid URL."
        case "number_input":
            return _wrong_number(element, value)
    return ""


def _wrong_number(element: Mapping[str, Any], value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    if number < float(element.get("min_value", "-inf")):
        return f"Please enter at least {element['min_value']}."
    if number > float(element.get("max_value", "inf")):
        return f"Please enter at most {element['max_value']}."
    return ""
