"""Starts and stops the workspace."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local.slack import directory, manifest, persist
from local.slack.bot import Bot
from local.slack.control import Control
from local.slack.desk import Desk
from local.slack.grants import Grants
from local.slack.modals import Modals
from local.slack.oauth import OAuth
from local.slack.people import People
from local.slack.server import Rooms, listen
from local.slack.webapi import WebApi
from local.slack.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.server import Server

MANIFEST: Final = Path(__file__).parents[2] / "bot" / "manifest.json"


@dataclass(slots=True)
class Workspace:
    """A running workspace.

    Attributes:
        desk: does what people do, for tests and the demo without a browser.
        modals: likewise, in views.
        control: what tests look at and change.
        oauth: what installs the app.
    """

    desk: Desk
    modals: Modals
    control: Control
    oauth: OAuth
    state: Path | None
    _server: Server
    _thread: threading.Thread

    @property
    def world(self) -> World:
        """Everything in the workspace."""
        return self.desk.world

    @property
    def url(self) -> str:
        """The address of the page, without a slash at the end."""
        return self.world.url

    @property
    def api_url(self) -> str:
        """The address of the Web API; ends in ``/api/``."""
        return f"{self.url}/api/"

    @property
    def tokens(self) -> Mapping[str, str]:
        """The bot token of each team."""
        return {team.id: team.token for team in self.world.teams.values()}

    @property
    def bot_url(self) -> str:
        """Where requests to the bot are posted; may be set once the bot is there."""
        return self.desk.bot.url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self.desk.bot.url = url

    def stop(self) -> None:
        """Stop serving and keep the state for the next start. Does nothing the second time."""
        if not self._thread.is_alive():
            return
        self._server.closing = True
        self.desk.bot.stop()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        if self.state is not None:
            persist.save(self.world, self.state)


def start(  # noqa: PLR0913 - each is a choice of its own
    directory_path: Path | str,
    *,
    bot_url: str = "",
    signing_secret: str,
    port: int = 0,
    state_dir: Path | str | None = None,
    manifest_path: Path | None = MANIFEST,
    ack_seconds: float = 3.0,
    newcomer: bool = False,
) -> Workspace:
    """Start a workspace on 127.0.0.1.

    Args:
        directory_path: the accounts file.
        bot_url: where requests to the bot are posted; may be set later.
        signing_secret: signs these requests.
        port: to listen on; 0 takes any free one.
        state_dir: where messages are kept over a restart; None keeps nothing.
        manifest_path: the app's manifest, for commands, shortcuts and events.
        ack_seconds: how long the bot may take to answer. Slack: 3.
        newcomer: also have a workspace that the app is not installed in.

    Raises:
        OSError: a file cannot be read, or the port is taken.
        ValueError: the accounts file or the manifest is not one.
    """
    world = World()
    world.settle(directory.read(Path(directory_path)))
    if newcomer:
        world.settle([directory.newcomer()])
        world.teams[directory.NEWCOMER].installed = False
    state = None if state_dir is None else Path(state_dir) / "slack.json"
    if state is not None:
        persist.load(world, state)
    known = manifest.read(manifest_path)
    grants = Grants(world)
    bot = Bot(world, bot_url, signing_secret, ack_seconds, events=known.events)
    desk = Desk(world, grants, bot, known)
    modals = Modals(desk)
    oauth = OAuth(world, optional=known.optional)
    api = WebApi(world, grants, bot, oauth)
    control = Control(desk, modals, api)
    server = listen(Rooms(world, grants, api, People(desk, modals), control, oauth), port)
    world.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True, name="slack")
    thread.start()
    return Workspace(desk, modals, control, oauth, state, server, thread)
