"""New tokens for old ones, where Slack's end after twelve hours. The clock alone does it, one worker at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.token_rotation import TokenRotator

from rollcall.store.secrets import CLIENT_ID, CLIENT_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk.oauth.installation_store import Bot

    from rollcall.installations import Workspace
    from rollcall.store.installation_store import DynamoInstallationStore
    from rollcall.store.queues import Queue
    from rollcall.store.secrets import Secrets
    from rollcall.store.workspaces import WorkspacesStore

#: Minutes before its end from which a token is exchanged: some hundred tries, if Slack has trouble.
AHEAD: Final = 120
#: Tokens exchanged in one sweep, soonest end first; the rest are a minute later.
_MOST: Final = 20
#: Seconds for which one worker has a token to itself: a call of Slack's and two writes, with room.
_LEASE: Final = 60
_TIMEOUT: Final = 5
#: Seconds until word of a lost workspace is heard: by then it is remembered.
_SETTLED: Final = 5
#: Slack's word that this installation gets no new token, now or later.
_OVER: Final = frozenset(
    {"account_inactive", "invalid_auth", "invalid_grant", "invalid_refresh_token", "token_expired", "token_revoked"}
)


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a sweep came to.

    Attributes:
        exchanged: workspaces with a new token.
        refused: workspaces that get none any more, each with Slack's code.
        put_off: workspaces for which it is tried again in a minute, likewise.
    """

    exchanged: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    put_off: tuple[tuple[str, str], ...] = ()


class Rotation:
    """Exchanges tokens that are about to end.

    A refresh token is good once, and Slack gives no second answer for it: a worker that dies between that answer and
    our writing of it loses the installation, which then has to be made anew. So the two are next to each other, and
    nobody else has the row meanwhile.

    Args:
        workspaces: says which tokens end when.
        installations: where they are.
        secrets: the app's client id and secret.
        notices: queue; hears of workspaces that are lost, or that were late.
        api_url: Slack's Web API, ending in ``/api/``.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        workspaces: WorkspacesStore,
        installations: DynamoInstallationStore,
        secrets: Secrets,
        notices: Queue,
        api_url: str,
        clock: Callable[[], float],
    ) -> None:
        self._workspaces = workspaces
        self._installations = installations
        self._secrets = secrets
        self._notices = notices
        self._api_url = api_url
        self._clock = clock

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> Rotated:
        """Exchanges what ends within two hours; safe to repeat, and to run twice at once.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        soon = self._clock() + AHEAD * 60
        due = [one for one in self._workspaces.all() if one.works and one.expires_at and one.expires_at <= soon]
        exchanged, refused, put_off = [], [], []
        for workspace in sorted(due, key=lambda one: one.expires_at)[:_MOST]:
            if enough():
                break
            worker_until = self._clock() + _LEASE
            if not self._installations.lease(workspace.id, now=self._clock(), until=worker_until):
                continue  # another worker is at it, or the installation is gone
            try:
                if self._exchange(workspace):
                    exchanged.append(workspace.id)
            except SlackTokenRotationError as error:
                code = str(error.api_error.response.get("error") or "unknown")
                if code in _OVER:
                    self._give_up(workspace, code)
                    refused.append((workspace.id, code))
                else:
                    put_off.append((workspace.id, code))
            except OSError as error:
                put_off.append((workspace.id, type(error).__name__))
        return Rotated(tuple(exchanged), tuple(refused), tuple(put_off))

    def _exchange(self, workspace: Workspace) -> bool:
        bot = self._bot(workspace)
        if bot is None:
            return False
        rotator = TokenRotator(
            client_id=self._secrets.get(CLIENT_ID),
            client_secret=self._secrets.get(CLIENT_SECRET),
            # No retries below us: the first may have used the refresh token up.
            client=WebClient(base_url=self._api_url, timeout=_TIMEOUT, retry_handlers=[]),
        )
        was_late = bool(bot.bot_token_expires_at and bot.bot_token_expires_at <= self._clock())
        fresh = rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=AHEAD)
        # None: it was exchanged by a worker that died before it wrote down until when it is good.
        self._installations.exchange(workspace.id, fresh or bot)
        if was_late and fresh:
            self._notices.send([{"kind": "arrival", "id": workspace.id, "team": workspace.id}])
        return fresh is not None

    def _bot(self, workspace: Workspace) -> Bot | None:
        return self._installations.find_bot(
            enterprise_id=workspace.enterprise or None,
            team_id=None if workspace.org_wide else workspace.id,
            is_enterprise_install=workspace.org_wide,
        )

    def _give_up(self, workspace: Workspace, code: str) -> None:
        """Has people told before it is remembered: told twice is better than not at all."""
        self._notices.send([{"kind": "silence", "id": workspace.id, "team": workspace.id}], delay=_SETTLED)
        self._workspaces.trouble(workspace, code)
