"""slack_bolt's own flow of an install, held to what ours has to keep: invitations, silence about codes, cookies."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Final

from slack_bolt.oauth import OAuthFlow
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth import OAuthStateUtils

from rollcall.store.oauth_states import OAuthStates
from rollcall.webpage.install_failures import Failure
from rollcall.webpage.install_pages import install_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import BoltRequest
    from slack_sdk.oauth.installation_store import Installation, InstallationStore
    from slack_sdk.web import SlackResponse

    from rollcall.accounts import Person
    from rollcall.invitations import Entry

_TEAM: Final = re.compile(r"[TE][A-Z0-9]{1,20}")


class RefusedError(Exception):
    """Slack would not exchange the code for a token.

    Attributes:
        code: Slack's code.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"Slack refuses: {code}")


class Flow(OAuthFlow):
    """slack_bolt's flow with our page before it, and what came of it.

    Attributes:
        reference: under which the logs tell more of this request.
        failure: why it came to nothing.
        place: where Rollcall is now.
        invitation: id of the one that somebody comes by; empty for none.
        entry: what became of it.
        trouble: what kept it from being redeemed; None for nothing.
        page: the page that leads to Slack's, from the address of that.
    """

    reference: str = ""
    failure: Failure | None = None
    place: str = ""
    invitation: str = ""
    entry: Entry | None = None
    trouble: Exception | None = None
    page: Callable[[str], str] = staticmethod(install_page)

    def issue_new_state(self, request: BoltRequest) -> str:  # noqa: ARG002 - as slack_bolt declares it
        """A state that remembers the invitation that somebody comes by."""
        store = self.settings.state_store
        return store.issue_for(self.invitation) if isinstance(store, OAuthStates) else store.issue()

    def build_authorize_url(self, state: str, request: BoltRequest) -> str:
        """Slack's address, with the workspace that somebody wants where that is one."""
        # slack_bolt would put whatever stands there into the address.
        team = (request.query.get("team") or [""])[0]
        return self.settings.authorize_url_generator.generate(state=state, team=team if _TEAM.fullmatch(team) else None)

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:  # noqa: ARG002 - as slack_bolt declares it
        """Our page before Slack's."""
        return self.page(url)

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Stores an installation that has a bot.

        Raises:
            RefusedError: it has none.
        """
        if not installation.bot_token:
            raise RefusedError(Failure.NO_BOT)
        super().store_installation(request, installation)


class Announcing:
    """Says that a workspace comes before it is stored: word of it must not get lost between the two."""

    def __init__(self, installations: InstallationStore, arrived: Callable[[str], None]) -> None:
        self._installations = installations
        self._arrived = arrived

    def save(self, installation: Installation) -> None:
        """Says so, and saves."""
        org_wide = installation.is_enterprise_install
        self._arrived(str((installation.enterprise_id if org_wide else installation.team_id) or ""))
        self._installations.save(installation)


class Client(WebClient):
    """slack_bolt writes a code that Slack refuses into the log, and forgets why Slack did; this one tells us alone."""

    def oauth_v2_access(self, **asked: Any) -> SlackResponse:  # noqa: ANN401 - what the method takes
        """Exchanges the code.

        Raises:
            RefusedError: Slack would not.
        """
        try:
            return super().oauth_v2_access(**asked)
        except SlackApiError as error:
            raise RefusedError(str(error.response.get("error") or "unknown")) from None

    def auth_test(self, **asked: Any) -> SlackResponse:  # noqa: ANN401 - likewise
        """Asks whose token it is.

        Raises:
            RefusedError: Slack would not say.
        """
        try:
            return super().auth_test(**asked)
        except SlackApiError as error:
            raise RefusedError(str(error.response.get("error") or "unknown")) from None

    def name_of(self, person: Person) -> str:
        """What somebody is called in Slack, as slash commands say it; empty where Slack does not tell."""
        try:
            return str((self.users_info(user=person.user).get("user") or {}).get("name") or "")
        except (SlackClientError, OSError):
            return ""


class Cookies(OAuthStateUtils):
    """The cookie comes back with Slack's redirect and with no request that another site makes."""

    def build_set_cookie_for_new_state(self, state: str) -> str:
        """The cookie of a state."""
        return f"{super().build_set_cookie_for_new_state(state)}; SameSite=Lax"

    def build_set_cookie_for_deletion(self) -> str:
        """What takes it away."""
        return f"{super().build_set_cookie_for_deletion()}; SameSite=Lax"


def quiet() -> logging.Logger:
    """slack_bolt's own log from errors up: below that it writes codes."""
    logger = logging.getLogger("bolt.oauth")
    logger.setLevel(logging.ERROR)
    return logger
