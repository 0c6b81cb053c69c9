"""A token that Slack took back without a word to us: found out at a call, it ends as by a farewell (rows B25, B26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.slack.endings import ENDED

if TYPE_CHECKING:
    from rollcall.slack.tokens import Tokens
    from rollcall.store.installations import InstallationsStore
    from rollcall.store.workspaces import WorkspacesStore
    from rollcall.telling.workspaces import Workspaces


class TokenEndings:
    """Ends installations whose token is no good.

    Args:
        tokens: asks Slack.
        workspaces: what operators know of them.
        installations: where the tokens are.
        places: has their companies told.
    """

    def __init__(
        self, tokens: Tokens, workspaces: WorkspacesStore, installations: InstallationsStore, places: Workspaces
    ) -> None:
        self._tokens = tokens
        self._workspaces = workspaces
        self._installations = installations
        self._places = places

    def look(self, team: str) -> tuple[str, ...]:
        """Asks Slack once more, and ends an installation that has no good token. May be done twice.

        One refusal proves nothing: Slack says ``account_inactive`` of a person's DM, too.

        Args:
            team: id of the workspace, or of the organisation whose installation speaks for it.

        Returns:
            The accounts that are told.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        installation = self._installations.find(team)
        place = installation.team if installation else team
        # Read before Slack is asked, so that what is installed meanwhile is another installation.
        workspace = self._workspaces.get(place)
        if workspace is None or workspace.left_at:
            return ()
        if workspace.trouble not in ENDED:
            code = self._tokens.ended(place)
            if not code or not self._workspaces.trouble(workspace, code):
                return ()
        # Whoever died after that finds the trouble and goes on from here.
        self._installations.silence(place, happened_at=workspace.installed_at)
        return self._places.silent(place)
