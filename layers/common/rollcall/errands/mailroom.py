"""What messages to Slack are sent with, each made when it is first needed."""

from __future__ import annotations

import os
import time
from functools import cached_property
from typing import TYPE_CHECKING, Self

from rollcall.desk import Desk
from rollcall.settings import Settings
from rollcall.slack.endings import Endings
from rollcall.slack.people import People
from rollcall.slack.sender import Sender
from rollcall.store import clients
from rollcall.store.copies import CopiesStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.presences import PresencesStore
from rollcall.store.queues import Queue
from rollcall.telling import assembly

if TYPE_CHECKING:
    from rollcall.telling.endings import TokenEndings
    from rollcall.telling.shared_channels import SharedChannels
    from rollcall.telling.strays import Strays
    from rollcall.telling.teller import Teller
    from rollcall.telling.workspaces import Workspaces


class Mailroom:
    """The tools of one execution environment.

    Args:
        settings: names of the tables, the bucket and the queues.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @classmethod
    def from_env(cls) -> Self:
        """The tools on the stack that the environment names."""
        return cls(Settings.from_env(os.environ))

    @cached_property
    def _installations(self) -> InstallationsStore:
        return InstallationsStore.from_settings(self._settings, mends=True)

    @cached_property
    def sender(self) -> Sender:
        """Speaks to Slack."""
        heard = Endings(Queue(clients.sqs(), self._settings.notices_queue_url))
        return Sender(self._installations.find, self._settings.slack_api_url, ended=heard.met)

    @cached_property
    def copies(self) -> CopiesStore:
        """Answers that were sent into somebody's DM."""
        return CopiesStore(self._settings.uploads_table)

    @cached_property
    def desk(self) -> Desk:
        """Answers questions."""
        return Desk.from_settings(self._settings)

    @cached_property
    def teller(self) -> Teller:
        """Tells notices."""
        return assembly.teller(self._settings, self.sender, s3=clients.s3(), sqs=clients.sqs(), clock=time.time)

    @cached_property
    def strays(self) -> Strays:
        """Looks after messages that nobody remembered."""
        return assembly.strays(self._settings, self.sender, sqs=clients.sqs(), clock=time.time)

    @cached_property
    def shared(self) -> SharedChannels:
        """Knows where another company reads along."""
        return assembly.shared_channels(self._settings, self.sender, sqs=clients.sqs(), clock=time.time)

    @cached_property
    def people(self) -> People:
        """Asks Slack about people."""
        return People.beside(self.sender)

    @cached_property
    def presences(self) -> PresencesStore:
        """What Slack said of them."""
        return PresencesStore(self._settings.accounts_table)

    @cached_property
    def endings(self) -> TokenEndings:
        """Ends installations whose token Slack does not know any more."""
        return assembly.endings(self._settings, self.sender, self._installations, sqs=clients.sqs(), clock=time.time)

    @cached_property
    def places(self) -> Workspaces:
        """What is done when a workspace goes or comes."""
        return assembly.workspaces(self._settings, sqs=clients.sqs(), clock=time.time)
