"""The install: from our page to Slack's and back, by slack_bolt's own flow, with our stores and our pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_bolt.response import BoltResponse

from rollcall.accounts import Person
from rollcall.installing.slack_flow import Announcing, Client, Cookies, Flow, RefusedError, quiet
from rollcall.invitations import Entry, Refusal
from rollcall.slack.scopes import BOT_SCOPES
from rollcall.store.oauth_states import SECONDS, Fate
from rollcall.store.secrets import CLIENT_ID, CLIENT_SECRET
from rollcall.webpage.install_failures import Failure, status
from rollcall.webpage.install_pages import failed_page, installed_page, invited_page, refused_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import BoltRequest
    from slack_bolt.oauth.callback_options import FailureArgs, SuccessArgs
    from slack_sdk.oauth.installation_store import Installation, InstallationStore

    from rollcall.installing.guests import Guests
    from rollcall.store.oauth_states import OAuthStates
    from rollcall.store.secrets import Secrets

INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"
#: Seconds for one call; a person waits, but not for a slash command.
_TIMEOUT: Final = 8
_CODE: Final = re.compile(r"[a-z0-9_]{1,60}")
_HTML: Final = "text/html; charset=utf-8"
#: Where people find Slack in a browser, which leads on to the app; the local workspace has a page of its own.
_SLACK: Final = "https://slack.com"
_SLACK_CLIENT: Final = "https://app.slack.com/client"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request of a browser's came to.

    Attributes:
        status: of HTTP.
        headers: each with its one value, but for cookies.
        cookies: whole ``Set-Cookie`` values.
        body: HTML.
        failure: why it came to nothing; None for a page that leads on.
        code: Slack's code of a refusal.
        place: id of the workspace or organisation that Rollcall is in now; empty for none.
        refusal: why the invitation that somebody came by lets nobody in; None if it does, or there is none.
        entry: what became of that invitation; None if there is none, or it is not over.
        trouble: what kept it from being redeemed, though the install is done; None for nothing.
    """

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: str
    failure: Failure | None = None
    code: str = ""
    place: str = ""
    refusal: Refusal | None = None
    entry: Entry | None = None
    trouble: Exception | None = None


class Installer:
    """Answers the two requests of an install.

    Args:
        secrets: the app's client id and secret.
        states: of installs that are under way.
        installations: where tokens go.
        guests: knows invitations.
        public_url: where these pages are, without a slash at the end.
        api_url: Slack's Web API, ending in ``/api/``.
        arrived: is told of a workspace just before its installation is stored.
    """

    def __init__(
        self,
        *,
        secrets: Secrets,
        states: OAuthStates,
        installations: InstallationStore,
        guests: Guests,
        public_url: str,
        api_url: str,
        arrived: Callable[[str], None],
    ) -> None:
        self._secrets = secrets
        self._states = states
        self._installations = installations
        self._guests = guests
        self._public_url = public_url
        self._api_url = api_url
        self._arrived = arrived

    def begin(self, request: BoltRequest, *, reference: str) -> Outcome:
        """The page that leads to Slack's, and the state that this browser has to come back with.

        With the code of an invitation, that state knows the invitation; nothing of it is used up before the install is
        done. A code that lets nobody in has a page that says so, and no state.
        """
        flow = self._flow()
        if flow is None:
            return self._failed(Failure.NOT_READY, reference=reference)
        typed = (request.query.get("join") or [""])[0]
        if typed:
            found = self._guests.look(typed)
            if isinstance(found, Refusal):
                page, number = refused_page(found, install=f"{self._public_url}{INSTALL_PATH}")
                return Outcome(number, {"Content-Type": _HTML}, (), page, refusal=found)
            invitation, code = found
            flow.invitation = invitation.id
            flow.page = lambda url: invited_page(url, code=code, slack=self._slack_url(), kind=invitation.kind)
        answer = flow.handle_installation(request)
        return _outcome(answer)

    def _slack_url(self) -> str:
        base = self._api_url.removesuffix("/api/")
        return _SLACK_CLIENT if base == _SLACK else f"{base}/"

    def finish(self, request: BoltRequest, *, reference: str) -> Outcome:
        """What comes back from Slack: a code to be exchanged for a token, or word that somebody said no."""
        flow = self._flow()
        if flow is None:
            return self._failed(Failure.NOT_READY, reference=reference)
        flow.reference = reference
        try:
            answer = flow.handle_callback(request)
        except RefusedError as refused:
            if refused.code == Failure.NO_BOT:
                return self._failed(Failure.NO_BOT, reference=reference)
            return self._failed(Failure.REFUSED, code=refused.code, reference=reference)
        except OSError:
            return self._failed(Failure.SILENT, reference=reference)
        return replace(_outcome(answer, flow.failure, flow.place), entry=flow.entry, trouble=flow.trouble)

    def broken(self, *, reference: str) -> Outcome:
        """The page for a fault of ours."""
        return self._failed(Failure.BROKEN, reference=reference)

    def _failed(self, failure: Failure, *, code: str = "", reference: str = "") -> Outcome:
        shown = code if _CODE.fullmatch(code) else ""
        page = failed_page(failure, again=f"{self._public_url}{INSTALL_PATH}", code=shown, reference=reference)
        return Outcome(status(failure), {"Content-Type": _HTML}, (), page, failure, shown)

    def _flow(self) -> Flow | None:
        """The flow with the secrets of now; None if there are none."""
        client_id, client_secret = self._secrets.get(CLIENT_ID), self._secrets.get(CLIENT_SECRET)
        if not (client_id and client_secret):
            return None
        flow = Flow(
            client=Client(base_url=self._api_url, timeout=_TIMEOUT),
            logger=quiet(),
            settings=OAuthSettings(
                client_id=client_id,
                client_secret=client_secret,
                scopes=BOT_SCOPES,
                # Named, or slack_bolt would take some out of the environment.
                user_scopes=[],
                redirect_uri=f"{self._public_url}{REDIRECT_PATH}",
                authorization_url=f"{self._api_url.removesuffix('/api/')}/oauth/v2/authorize",
                installation_store=Announcing(self._installations, self._arrived),  # type: ignore[arg-type] # the flow only saves
                state_store=self._states,
                state_expiration_seconds=SECONDS,
            ),
        )
        flow.settings.state_utils = Cookies(expiration_seconds=SECONDS)
        flow.failure_handler, flow.success_handler = self._on_failure(flow), self._on_success(flow)
        return flow

    def _on_failure(self, flow: Flow) -> Callable[[FailureArgs], BoltResponse]:
        def handle(args: FailureArgs) -> BoltResponse:
            failure, code = self._why(args)
            flow.failure = failure
            page = self._failed(failure, code=code, reference=flow.reference)
            return BoltResponse(status=page.status, body=page.body, headers={"Content-Type": _HTML})

        return handle

    def _on_success(self, flow: Flow) -> Callable[[SuccessArgs], BoltResponse]:
        def handle(args: SuccessArgs) -> BoltResponse:
            installation = args.installation
            org_wide = installation.is_enterprise_install
            flow.place = str((installation.enterprise_id if org_wide else installation.team_id) or "")
            name = (installation.enterprise_name if org_wide else installation.team_name) or ""
            invitation = self._states.invitation((args.request.query.get("state") or [""])[0])
            flow.entry = self._let_in(flow, invitation, installation) if invitation else None
            return BoltResponse(
                status=200,
                body=installed_page(name, org_wide=org_wide, entry=flow.entry),
                headers={
                    "Content-Type": _HTML,
                    "Set-Cookie": args.settings.state_utils.build_set_cookie_for_deletion(),
                },
            )

        return handle

    def _let_in(self, flow: Flow, invitation: str, installation: Installation) -> Entry:
        """Redeems the invitation for whoever has just installed; the install stands whatever becomes of it."""
        if installation.is_enterprise_install or not (installation.team_id and installation.user_id):
            return Entry.BY_COMMAND  # in which of the organisation's workspaces they are at home is not said
        person = Person(installation.team_id, installation.user_id)
        client = Client(token=installation.bot_token, base_url=self._api_url, timeout=_TIMEOUT)
        try:
            return self._guests.let_in(invitation, person, client.name_of(person))
        except Exception as error:  # noqa: BLE001 - the install stands, and the command redeems it as well
            flow.trouble = error
            return Entry.BY_COMMAND

    def _why(self, args: FailureArgs) -> tuple[Failure, str]:
        """Slack's or slack_bolt's reason as one of ours, and Slack's code if it gave one."""
        match args.reason:
            case "access_denied":
                return Failure.DENIED, ""
            case "invalid_browser" | "invalid_state":
                return self._state_trouble(args.request), ""
            case "missing_code":
                return Failure.NO_CODE, ""
            case other:
                return Failure.REFUSED, other

    def _state_trouble(self, request: BoltRequest) -> Failure:
        """Why a state is not taken: it is looked up, as slack_bolt knows only that it is not."""
        states = request.query.get("state") or [""]
        return {
            Fate.UNKNOWN: Failure.FORGED,
            Fate.USED: Failure.USED,
            Fate.EXPIRED: Failure.EXPIRED,
            Fate.WAITING: Failure.OTHER_BROWSER,
        }[self._states.fate(states[0])]


def _outcome(answer: BoltResponse, failure: Failure | None = None, place: str = "") -> Outcome:
    headers = {name.title(): values[0] for name, values in answer.headers.items() if name.lower() != "set-cookie"}
    cookies = tuple(
        value for name, values in answer.headers.items() if name.lower() == "set-cookie" for value in values
    )
    return Outcome(answer.status, headers, cookies, answer.body or "", failure, place=place)
