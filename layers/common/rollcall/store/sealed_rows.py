"""Installations as rows of the accounts table, their tokens under lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.store.installation_rows import installer_sk, workspace_pk

if TYPE_CHECKING:
    from slack_sdk.oauth.installation_store import Bot, Installation

    from rollcall.store.installation_rows import InstallationItem, InstallerItem, WorkspaceItem
    from rollcall.store.sealing import Seal

#: What is a secret of a bot, and of an installation: a webhook's address is the right to post to it.
_OF_BOT: Final = ("bot_token", "bot_refresh_token")
_OF_INSTALLER: Final = ("user_token", "user_refresh_token", "incoming_webhook_url")
#: What an installation has from the bot's row, where it stands once: it is new tokens that must not meet old ones.
FROM_BOT: Final = (
    "bot_id",
    "bot_user_id",
    "bot_token",
    "bot_scopes",
    "bot_refresh_token",
    "bot_token_expires_at",
)


class SealedRows:
    """Makes rows, which somebody else writes.

    Args:
        bots: model of a bot's row, tied to the table.
        installers: the same of who installed.
        workspaces: the same of the line that operators see.
        seal: closes tokens.
    """

    def __init__(
        self,
        bots: type[InstallationItem],
        installers: type[InstallerItem],
        workspaces: type[WorkspaceItem],
        seal: Seal,
    ) -> None:
        self._bots, self._installers, self._workspaces, self._seal = bots, installers, workspaces, seal

    def bot(self, place: str, bot: Bot) -> InstallationItem:
        """The row of a bot."""
        values, secrets = _apart(bot, _OF_BOT)
        return self._bots(
            pk=workspace_pk(place),
            tokens=self._seal.close(secrets, workspace=place),
            bot_id=bot.bot_id,
            bot_user=bot.bot_user_id,
            name=_name(bot) or None,
            enterprise=bot.enterprise_id or None,
            installed_at=bot.installed_at,
            details=values,
        )

    def installers(self, place: str, installation: Installation) -> list[InstallerItem]:
        """The rows of who installed it: their own, and that of whoever did so last."""
        values, secrets = _apart(installation, _OF_INSTALLER)
        tokens = self._seal.close(secrets, workspace=place) if secrets else None
        details = {name: value for name, value in values.items() if name not in FROM_BOT}
        return [
            self._installers(
                pk=workspace_pk(place),
                sk=installer_sk(user),
                user=installation.user_id or "",
                enterprise=installation.enterprise_id or None,
                tokens=tokens,
                installed_at=installation.installed_at,
                details=details,
            )
            for user in sorted({installation.user_id or "", ""})
        ]

    def workspace(self, place: str, bot: Bot) -> WorkspaceItem:
        """The line that operators see."""
        return self._workspaces(
            sk=place,
            name=_name(bot) or None,
            enterprise=bot.enterprise_id or None,
            org_wide=bot.is_enterprise_install or None,
            installed_at=bot.installed_at,
            expires_at=bot.bot_token_expires_at,
        )


def _name(bot: Bot) -> str:
    return (bot.enterprise_name if bot.is_enterprise_install else bot.team_name) or ""


def _apart(value: Bot | Installation, names: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, str]]:
    """What may be read by anybody who may read the table, and what is put under lock."""
    whole = vars(value)
    open_values = {name: one for name, one in whole.items() if name not in names and one is not None}
    return open_values, {name: whole[name] for name in names if whole.get(name)}
