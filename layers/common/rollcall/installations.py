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
    """

    team: str
    bot_token: str = field(repr=False)
    bot_id: str
    bot_user: str
    name: str = ""
