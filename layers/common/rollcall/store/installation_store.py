"""Installations behind slack_sdk's own interface, for the install flow, the end of an installation, and new tokens."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore

from rollcall.store.binding import bind, transact
from rollcall.store.conditional_writes import deleted, updated
from rollcall.store.installation_rows import (
    INSTALLATION,
    INSTALLER,
    InstallationItem,
    InstallerItem,
    WorkspaceItem,
    installer_sk,
    place_of,
    workspace_pk,
)
from rollcall.store.sealed_rows import FROM_BOT, SealedRows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pynamodb.transactions import TransactWrite

    from rollcall.store.sealing import Seal


class DynamoInstallationStore(InstallationStore):
    """Keeps installations in the accounts table, their tokens under lock.

    As in slack_sdk's stores an installation is found only under the organisation and the workspace it was saved with;
    `InstallationsStore.find` is the one that looks from a workspace to its organisation.

    Args:
        table: name of the accounts table.
        seal: closes and opens tokens.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, seal: Seal, region: str | None = None, host: str | None = None) -> None:
        self._bots = bind(InstallationItem, table, region=region, host=host)
        self._installers = bind(InstallerItem, table, region=region, host=host)
        self._workspaces = bind(WorkspaceItem, table, region=region, host=host)
        self._rows = SealedRows(self._bots, self._installers, self._workspaces, seal)
        self._seal = seal

    @property
    def logger(self) -> logging.Logger:
        """slack_sdk asks for it; nothing is logged here."""
        return logging.getLogger(__name__)

    def save(self, installation: Installation) -> None:
        """Saves what an install brought: the bot, who installed it, and the line that operators see; all or nothing.

        Without a bot token the bot that is there stays as it is.
        """
        place = place_of(installation.enterprise_id, installation.team_id, installation.is_enterprise_install)
        bot = self._rows.bot(place, installation.to_bot()) if installation.bot_token else None
        installers = self._rows.installers(place, installation)

        def fill(transaction: TransactWrite) -> None:
            for item in installers:
                transaction.save(item)
            if bot is not None:
                transaction.save(bot)
                transaction.save(self._rows.workspace(place, installation.to_bot()))

        transact(self._bots, fill)

    def save_bot(self, bot: Bot) -> None:
        """Saves a bot alone."""
        place = place_of(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        item, row = self._rows.bot(place, bot), self._rows.workspace(place, bot)

        def fill(transaction: TransactWrite) -> None:
            transaction.save(item)
            transaction.save(row)

        transact(self._bots, fill)

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace, or of an organisation where ``team_id`` is None or the install is org-wide."""
        place = place_of(enterprise_id, team_id, is_enterprise_install)
        try:
            item = self._bots.get(workspace_pk(place), INSTALLATION, consistent_read=True)
        except self._bots.DoesNotExist:
            return None
        if item.through or not item.details or not item.tokens or not _same(item.enterprise, enterprise_id):
            return None
        return Bot(**{**item.details, **self._seal.open(item.tokens, workspace=place)})

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """What a person installed, or whoever did so last, always with the bot's latest token."""
        place = place_of(enterprise_id, team_id, is_enterprise_install)
        try:
            item = self._installers.get(workspace_pk(place), installer_sk(user_id or ""), consistent_read=True)
        except self._installers.DoesNotExist:
            return None
        if not _same(item.enterprise, enterprise_id):
            return None
        secrets = self._seal.open(item.tokens, workspace=place) if item.tokens else {}
        found = Installation(**{**item.details, **secrets})
        bot = self.find_bot(enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install)
        for name in FROM_BOT if bot else ():
            setattr(found, name, getattr(bot, name))
        return found

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Deletes a bot with its tokens; nothing where there is none."""
        self._delete(self._bots(pk=workspace_pk(place_of(enterprise_id, team_id))), enterprise_id)

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Deletes what a person installed, or what everybody did; the bot stays."""
        place = place_of(enterprise_id, team_id)
        left = [item for item in self._all(place) if _same(item.enterprise, enterprise_id)]
        gone = [item for item in left if not user_id or item.user == user_id]
        for item in gone:
            self._delete(self._installers(pk=item.pk, sk=item.sk), enterprise_id)
        people = [item for item in left if item.sk != INSTALLER and item not in gone]
        if people and any(item.sk == INSTALLER for item in gone):
            last = max(people, key=lambda item: float(item.installed_at))
            self._installers(**{**last.attribute_values, "sk": INSTALLER}).save()

    def lease(self, place: str, *, now: float, until: float) -> bool:
        """Takes a bot's tokens for one worker; False if another has them, or there are none.

        Args:
            place: id of the workspace or organisation.
            now: epoch seconds.
            until: when the worker has lost them again, likewise.
        """
        free = InstallationItem.exchanging_until.does_not_exist() | (InstallationItem.exchanging_until <= now)
        return updated(
            self._bots(pk=workspace_pk(place)),
            [InstallationItem.exchanging_until.set(until)],
            InstallationItem.tokens.exists() & free,
        )

    def exchange(self, place: str, bot: Bot) -> None:
        """Stores a bot's new tokens, unless it was removed or installed anew meanwhile, and ends the lease.

        Args:
            place: id of the workspace or organisation.
            bot: with the new tokens.
        """
        item = self._rows.bot(place, bot)
        stored = updated(
            self._bots(pk=workspace_pk(place)),
            [
                InstallationItem.tokens.set(item.tokens),
                InstallationItem.details.set(item.details),
                InstallationItem.exchanging_until.remove(),
            ],
            InstallationItem.tokens.exists() & (InstallationItem.installed_at == item.installed_at),
        )
        if stored:
            updated(
                self._workspaces(sk=place),
                [WorkspaceItem.expires_at.set(bot.bot_token_expires_at or 0)],
                WorkspaceItem.installed_at == item.installed_at,
            )

    def leave(self, place: str, *, happened_at: float, now: float) -> bool:
        """Ends an installation: every token of it goes; the line that operators see stays and says so.

        Slack's word of it may come late or twice. An installation that is newer than what it speaks of stays.

        Args:
            place: id of the workspace, or of the organisation of an org-wide installation.
            happened_at: when it ended, by Slack's clock, epoch seconds.
            now: epoch seconds.

        Returns:
            Whether the workspace is without Rollcall now.
        """
        older = InstallationItem.installed_at.does_not_exist() | (InstallationItem.installed_at <= happened_at)
        if not deleted(self._bots(pk=workspace_pk(place)), older):
            return False
        for item in self._all(place):
            deleted(item, InstallerItem.installed_at <= happened_at)
        before = WorkspaceItem.installed_at.does_not_exist() | (WorkspaceItem.installed_at <= happened_at)
        return updated(
            self._workspaces(sk=place), [WorkspaceItem.left_at.set(now), WorkspaceItem.expires_at.remove()], before
        )

    def forget_people(self, place: str, users: Collection[str], *, happened_at: float) -> None:
        """Takes back what people gave of their own; the bot stays.

        Args:
            place: id of the workspace or organisation.
            users: their user ids.
            happened_at: when they took it back, epoch seconds. What they gave since then stays.
        """
        for item in list(self._all(place)):
            if item.user in users:
                deleted(item, InstallerItem.installed_at <= happened_at)

    def _all(self, place: str) -> Iterator[InstallerItem]:
        yield from self._installers.query(
            workspace_pk(place), InstallerItem.sk.startswith(INSTALLER), consistent_read=True
        )

    @staticmethod
    def _delete(item: InstallationItem | InstallerItem, enterprise: str | None) -> None:
        kind = type(item)
        deleted(item, kind.enterprise == enterprise if enterprise else kind.enterprise.does_not_exist())


def _same(stored: str | None, asked: str | None) -> bool:
    return (stored or "") == (asked or "")
