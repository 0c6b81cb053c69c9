"""What a person does in messages: types a command or a text, drops files, clicks, opens a place."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from local.slack import payloads
from local.slack.answers import respond, whisper
from local.slack.bot import BotFailedError
from local.slack.faults import SlackError
from local.slack.grants import ResponseUrl
from local.slack.manifest import Manifest
from local.slack.methods_chat import add
from local.slack.objects import file_object
from local.slack.state import action, all_blocks, elements, find, initial_state, picked_state
from local.slack.texts import escaped, rich_text
from local.slack.world import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.bot import Answer, Bot
    from local.slack.directory import Person
    from local.slack.grants import Grants
    from local.slack.world import Channel, Team, World

TROUBLE: Final = "We had some trouble connecting. Try again?"


@dataclass(slots=True)
class Desk:
    """Carries out what people do; one for the whole workspace. Never holds the lock while it waits for the bot."""

    world: World
    grants: Grants
    bot: Bot
    manifest: Manifest = field(default_factory=Manifest)

    def who(self, team: str, user: str) -> tuple[Team, Person]:
        """Return a team and a person in it who can act.

        Raises:
            SlackError: ``team_not_found``, ``user_not_found`` or ``account_inactive``.
        """
        if team not in self.world.teams:
            raise SlackError("team_not_found")
        person = self.world.person(team, user)
        if (team, user) in self.world.deactivated:
            raise SlackError("account_inactive")
        return self.world.teams[team], person

    def say(
        self, team: str, user: str, channel: str, text: str, *, files: tuple[str, ...] = (), thread: str = ""
    ) -> None:
        """Post what a person typed, with files that were uploaded before; tell the bot in its direct message.

        Raises:
            SlackError: ``channel_not_found``, ``is_archived``, ``not_in_channel`` or ``no_text``.
        """
        with self.world.lock:
            the_team, person = self.who(team, user)
            place = self._place(team, user, channel)
            shared = [self.world.files[file] for file in files if file in self.world.files]
            if not text.strip() and not shared:
                raise SlackError("no_text")
            body: dict[str, Any] = {
                "type": "message",
                "user": user,
                "team": team,
                "client_msg_id": self.world.mint("m"),
                "text": escaped(text, self.world, team),
                "ts": self.world.mint_ts(),
            }
            if text.strip():
                body["blocks"] = [rich_text(text, self.world, team)]
            if thread:
                body["thread_ts"] = thread
            for file in shared:
                file.channels.append(place.id)
            if shared:
                body |= {"files": [file_object(self.world, file) for file in shared], "subtype": "file_share"}
                body |= {"upload": False, "display_as_bot": False}
            add(self.world, Message(place.home or team, place.id, body))
        self._tell(the_team, person, place, body)

    def _tell(self, team: Team, person: Person, place: Channel, body: Mapping[str, Any]) -> None:
        if not team.installed or team.bot_user not in place.members:
            return
        kind = "im" if place.kind == "im" else "channel"
        sent = {key: value for key, value in body.items() if key != "type"}
        event = {**sent, "channel": place.id, "channel_type": kind, "event_ts": body["ts"]}
        self.bot.emit(team, "message", event, "message.im" if kind == "im" else "message.channels")
        for file in body.get("files", ()):
            shared = {"file_id": file["id"], "user_id": person.id, "file": {"id": file["id"]}, "channel_id": place.id}
            self.bot.emit(team, "file_shared", shared)

    def _place(self, team: str, user: str, channel: str) -> Channel:
        place = self.world.channels.get((team, channel))
        if place is None or (place.kind == "im" and place.user != user):
            raise SlackError("channel_not_found")
        if place.archived:
            raise SlackError("is_archived")
        if user not in place.members:
            raise SlackError("not_in_channel")
        return place

    def command(self, team: str, user: str, channel: str, typed: str) -> None:
        """Send a slash command; whatever goes wrong is said to the person by Slackbot.

        Raises:
            SlackError: ``channel_not_found`` and the like; never for what the bot does.
        """
        name, _, rest = typed.strip().partition(" ")
        with self.world.lock:
            the_team, person = self.who(team, user)
            place = self._place(team, user, channel)
            known = self.manifest.command(name)
            if known is None or not the_team.installed:
                known_here = (
                    f"Known: {self.manifest.names()}" if the_team.installed else "The app is not installed here."
                )
                whisper(self.world, team, place.id, user, f"{name} is not a valid command. {known_here}")
                return
            text = escaped(rest.strip(), self.world, team) if known.should_escape else rest.strip()
            grant = ResponseUrl(team, place.id, user, self.world.now())
            url = f"{self.world.url}/commands/{team}/{self.grants.new_response(grant)}"
            rights = (url, self.grants.new_trigger(team, user, place.id))
            fields = payloads.command(the_team, person, place, (name, text), rights)
        try:
            answer = self.bot.command(fields)
        except BotFailedError as error:
            word = "operation_timeout" if error.reason == "http_timeout" else "dispatch_failed"
            self._slackbot(grant, f'{name} failed with the error "{word}"')
            return
        self._acknowledged(grant, name, answer)

    def _acknowledged(self, grant: ResponseUrl, name: str, answer: Answer) -> None:
        if not answer.body.strip():
            return
        try:
            sent = (
                answer.json() if answer.body.lstrip()[:1] == b"{" else {"text": answer.body.decode("utf-8", "replace")}
            )
            with self.world.lock:
                respond(self.world, grant, sent)
        except SlackError as error:
            self.world.note(kind="refused", what=name, outcome=error.code, messages=list(error.messages))
            self._slackbot(grant, f'{name} failed with the error "invalid_command_response"')

    def _slackbot(self, grant: ResponseUrl, text: str) -> None:
        with self.world.lock:
            whisper(self.world, grant.team, grant.channel, grant.user, text)

    def click(self, team: str, user: str, where: Mapping[str, str], picked: object, picks: Mapping[str, Any]) -> str:
        """Send a click in a message; return what the person is told, empty when all went well.

        Args:
            team: the team.
            user: who clicked.
            where: ``channel``, ``ts``, ``block_id`` and ``action_id``.
            picked: what was picked, see ``picked_state``.
            picks: what stands in the message's other inputs, by block_id and action_id.

        Raises:
            SlackError: there is no such message or element.
        """
        with self.world.lock:
            _, person = self.who(team, user)
            place = self.world.channel(team, where["channel"])
            message = self.world.message(team, place.id, where["ts"])
            if message.only_for not in {"", user}:
                raise SlackError("message_not_found")
            # A click of somebody from another company names the workspace of the app, and in the person their own.
            payload = payloads.on_message(self.world.teams[place.home or team], person, place, message)
            blocks = all_blocks(message.body)
            block, element = find(blocks, where)
            grant = ResponseUrl(team, place.id, user, self.world.now(), original=message.ts)
            grant.ephemeral, grant.thread = bool(message.only_for), str(message.body.get("thread_ts", ""))
            payload |= {
                "trigger_id": self.grants.new_trigger(team, user, place.id),
                "response_url": f"{self.world.url}/actions/{team}/{self.grants.new_response(grant)}",
                "state": {"values": self.state(blocks, picks)},
                "actions": [action(block, element, self.picked(element, picked), self.world.mint_ts())],
            }
            payload = json.loads(json.dumps(payload))
        return self.send(payload)

    def send(self, payload: Mapping[str, Any]) -> str:
        """Send an interaction; return what the person is told, empty when all went well."""
        try:
            self.bot.interact(payload)
        except BotFailedError:
            return TROUBLE
        return ""

    def picked(self, element: Mapping[str, Any], picked: object) -> dict[str, Any]:
        """Return the state of an element, empty for one that keeps none."""
        kind = element["type"]
        if kind in {"button", "workflow_button"}:
            return {"type": kind}
        return picked_state(element, picked, self._file)

    def _file(self, file: str) -> dict[str, Any] | None:
        found = self.world.files.get(file)
        return None if found is None else file_object(self.world, found)

    def state(self, blocks: list[dict[str, Any]], picks: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Return ``state.values`` of ``blocks`` with what the person picked over what stood there at first."""
        values = initial_state(blocks)
        for block, element in elements(blocks):
            at = picks.get(block["block_id"]) or {}
            if element["action_id"] in values.get(block["block_id"], {}) and element["action_id"] in at:
                values[block["block_id"]][element["action_id"]] = self.picked(element, at[element["action_id"]])
        return values

    def shortcut(self, team: str, user: str, callback_id: str) -> str:
        """Use a global shortcut; return what the person is told, empty when all went well.

        Raises:
            SlackError: there is no such team or person.
        """
        with self.world.lock:
            the_team, person = self.who(team, user)
            trigger = self.grants.new_trigger(team, user)
            payload = payloads.shortcut(the_team, person, callback_id, self.world.mint_ts(), trigger)
        return self.send(payload)

    def uninstall(self, team: str, user: str) -> None:
        """Remove the app from a team; its tokens end at once.

        Raises:
            SlackError: there is no such team or person.
        """
        with self.world.lock:
            the_team, _ = self.who(team, user)
            gone, the_team.installed = the_team.installed, False
            self.world.touch(team)
        if gone:
            self.uninstalled(the_team)

    def uninstalled(self, team: Team) -> None:
        """Tell the bot that it was removed, as Slack does: in two events whose order nobody knows."""
        self.bot.emit(team, "tokens_revoked", {"tokens": {"oauth": [], "bot": [team.bot_user]}})
        self.bot.emit(team, "app_uninstalled", {})

    def opened(self, team: str, user: str, tab: str) -> None:
        """Tell the bot that a person opened the Home tab (``home``) or the direct message (``messages``)."""
        with self.world.lock:
            the_team, person = self.who(team, user)
            direct = self.world.channel(team, person.id)
            event: dict[str, Any] = {"user": user, "channel": direct.id, "tab": tab}
            home = self.world.homes.get((team, user))
            if tab == "home" and home is not None:
                event["view"] = json.loads(json.dumps(home.body))
        if the_team.installed:
            self.bot.emit(the_team, "app_home_opened", event)
