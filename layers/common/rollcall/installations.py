"""An installation: what lets Rollcall speak in one Slack workspace."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Installation:
    """Rollcall in one workspace, or in all of an organisation's.

    Attributes:
        team: workspace id, or the organisation's for an org-wide installation.
        bot_token: never logged, and not shown by ``repr``.
        bot_id: as messages name their sender.
        bot_user: user id of the bot.
        name: of the workspace.
        enterprise: id of the organisation that the workspace is part of; empty for none.
    """

    team: str
    bot_token: str = field(repr=False)
    bot_id: str
    bot_user: str
    name: str = ""
    enterprise: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What operators know of a workspace, also after Rollcall was removed from it. Holds no token.

    Attributes:
        id: workspace id, or the organisation's for an org-wide installation.
        name: of the workspace or organisation.
        enterprise: id of its organisation; empty for none.
        org_wide: Rollcall is in all workspaces of the organisation.
        installed_at: epoch seconds; 0 if that is not known.
        left_at: when Rollcall was removed, epoch seconds; 0 while it is installed.
        trouble: Slack's code of what keeps Rollcall from speaking there though it is installed; empty for nothing.
        expires_at: when the bot's token ends unless it is exchanged before, epoch seconds; 0 for never.
    """

    id: str
    name: str = ""
    enterprise: str = ""
    org_wide: bool = False
    installed_at: float = 0.0
    left_at: float = 0.0
    trouble: str = ""
    expires_at: int = 0

    @property
    def works(self) -> bool:
        """Rollcall can speak there."""
        return not self.left_at and not self.trouble
