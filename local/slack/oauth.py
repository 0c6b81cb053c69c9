"""OAuth v2, as Slack does it: the page that asks for rights, codes that are good once, tokens, and new tokens."""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from local.slack.faults import SlackError
from local.slack.world import APP_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.world import Team, World

#: Seconds for which a code is good, and a token where tokens end.
CODE_SECONDS: Final = 600
TOKEN_SECONDS: Final = 43_200
CLIENT_ID: Final = "1.1"
CLIENT_SECRET: Final = "local-client-secret"  # noqa: S105 - a dummy, and said to everybody
#: Beginning of a checkbox's name, before the scope that it stands for.
_OPTIONAL: Final = "optional "
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})


@dataclass(slots=True)
class Code:
    """What a code stands for; ``enterprise`` names an org-wide install, which has no team."""

    team: str
    user: str
    redirect_uri: str
    scope: str
    made: float
    enterprise: str = ""


@dataclass(slots=True)
class OAuth:
    """Asks people, hands out codes and tokens.

    Attributes:
        client_id: of the app.
        client_secret: likewise.
        redirects: how addresses begin that browsers may be sent to, beside any on this machine.
        rotates: tokens end, as with ``token_rotation_enabled``.
        seconds: when they do.
        optional: scopes that whoever installs may leave out.
    """

    world: World
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET
    redirects: tuple[str, ...] = ()
    rotates: bool = False
    seconds: int = TOKEN_SECONDS
    optional: tuple[str, ...] = ()
    codes: dict[str, Code] = field(default_factory=dict)
    refreshes: dict[str, str] = field(default_factory=dict)

    def page(self, asked: Mapping[str, str]) -> tuple[int, str]:
        """Return status and HTML of the page that asks for the rights."""
        wrong = self._wrong(asked)
        if wrong:
            return 400, _page("Something went wrong when authorizing this app", f"<p>{escape(wrong)}</p>")
        wanted = [scope for scope in asked.get("scope", "").split(",") if scope]
        required = [scope for scope in wanted if scope not in self.optional]
        kept = {name: asked.get(name, "") for name in ("client_id", "redirect_uri", "state")}
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in {**kept, "scope": ",".join(required)}.items()
        )
        with self.world.lock:
            teams = list(self.world.teams.values())
            people = {team.id: self._people(team) for team in teams}
        options = "".join(
            f'<option value="{escape(team.id)} {escape(user)}"{" selected" if team.id == asked.get("team") else ""}>'
            f"{escape(team.name)}: {escape(name)}</option>"
            for team in teams
            for user, name in people[team.id]
        )
        scopes = "".join(f"<li><code>{escape(scope)}</code></li>" for scope in required)
        scopes += "".join(
            f'<li><label><input type="checkbox" name="{_OPTIONAL}{escape(scope)}" checked> '
            f"<code>{escape(scope)}</code>, if you like</label></li>"
            for scope in wanted
            if scope in self.optional
        )
        return 200, _page(
            "Rollcall is requesting permission to access a workspace",
            f'<form method="post" action="/oauth/v2/authorize">{hidden}'
            f'<p><label>Workspace and person <select name="who">{options}</select></label></p>'
            f"<p>Rollcall will be able to:</p><ul>{scopes}</ul>"
            '<p><button name="answer" value="allow">Allow</button> '
            '<button name="answer" value="cancel">Cancel</button></p></form>',
        )

    def decide(self, sent: Mapping[str, str]) -> str:
        """Return the address that the browser is sent to after a person answered.

        Raises:
            SlackError: the form is not one of ours.
        """
        if self._wrong(sent):
            raise SlackError("bad_redirect_uri")
        back = {"state": sent.get("state", "")}
        if sent.get("answer") != "allow":
            return f"{sent['redirect_uri']}?{urlencode({'error': 'access_denied', **back})}"
        team, _, user = sent.get("who", "").partition(" ")
        with self.world.lock:
            if team not in self.world.teams and not any(one.enterprise == team for one in self.world.teams.values()):
                raise SlackError("team_not_found")
            code = f"{secrets.randbelow(10**10)}.{secrets.token_hex(20)}"
            granted = [name.removeprefix(_OPTIONAL) for name in sent if name.startswith(_OPTIONAL)]
            place = {"team": team} if team in self.world.teams else {"team": "", "enterprise": team}
            self.codes[code] = Code(
                **place,
                user=user,
                redirect_uri=sent["redirect_uri"],
                scope=",".join([sent.get("scope", ""), *granted]),
                made=self.world.now(),
            )
        return f"{sent['redirect_uri']}?{urlencode({'code': code, **back})}"

    def access(self, args: Mapping[str, Any], authorization: str) -> dict[str, Any]:
        """Answer ``oauth.v2.access``: a token for a code, or a new token for a refresh token.

        Raises:
            SlackError: Slack's code for what is wrong with it.
        """
        client, secret = _credentials(args, authorization)
        if client != self.client_id:
            raise SlackError("invalid_client_id")
        if secret != self.client_secret:
            raise SlackError("bad_client_secret")
        if args.get("grant_type") == "refresh_token":
            return self._refreshed(str(args.get("refresh_token", "")))
        code = self.codes.pop(str(args.get("code", "")), None)
        if code is None:
            raise SlackError("invalid_code")
        if self.world.now() - code.made > CODE_SECONDS:
            raise SlackError("code_expired")
        if str(args.get("redirect_uri", "")) != code.redirect_uri:
            raise SlackError("bad_redirect_uri")
        teams = self._teams(code.enterprise or code.team)
        if not all(team.installed for team in teams):
            token = f"xoxb-local-{code.enterprise or code.team}-{secrets.token_hex(6)}"
            for team in teams:
                team.token, team.installed, team.org_wide = token, True, bool(code.enterprise)
                team.emails = False
                self.world.touch(team.id)
        for team in teams:  # scopes are only ever added to those that there are
            team.emails = team.emails or "users:read.email" in code.scope.split(",")
        return self._answer(code, teams[0])

    def _answer(self, code: Code, team: Team) -> dict[str, Any]:
        enterprise = code.enterprise or team.enterprise
        return {
            "access_token": team.token,
            "token_type": "bot",
            "scope": code.scope,
            "bot_user_id": team.bot_user,
            "app_id": APP_ID,
            "team": None if code.enterprise else {"id": team.id, "name": team.name},
            "enterprise": {"id": enterprise, "name": enterprise} if enterprise else None,
            "authed_user": {"id": code.user},
            "is_enterprise_install": bool(code.enterprise),
            **(self._ends(code.enterprise or team.id) if self.rotates else {}),
        }

    def _refreshed(self, refresh: str) -> dict[str, Any]:
        place = self.refreshes.pop(refresh, "")
        teams = self._teams(place)
        if not teams or not teams[0].installed:
            raise SlackError("invalid_refresh_token")
        token = f"xoxe.xoxb-1-local-{place}-{secrets.token_hex(6)}"
        for team in teams:
            team.token = token
        return {"access_token": token, "token_type": "bot", "app_id": APP_ID, **self._ends(place)}

    def _ends(self, place: str) -> dict[str, Any]:
        refresh = f"xoxe-1-local-{secrets.token_hex(12)}"
        self.refreshes[refresh] = place
        return {"refresh_token": refresh, "expires_in": self.seconds}

    def _teams(self, place: str) -> list[Team]:
        return [team for team in self.world.teams.values() if place and place in {team.id, team.enterprise}]

    def _people(self, team: Team) -> list[tuple[str, str]]:
        return [(user, person.name) for (place, user), person in self.world.people.items() if place == team.id]

    def _wrong(self, asked: Mapping[str, str]) -> str:
        if asked.get("client_id") != self.client_id:
            return "Invalid client_id parameter"
        uri = asked.get("redirect_uri", "")
        if urlsplit(uri).hostname not in _LOOPBACK and not uri.startswith(self.redirects or ("\0",)):
            return "redirect_uri did not match any configured URIs"
        return ""


def _credentials(args: Mapping[str, Any], authorization: str) -> tuple[str, str]:
    """Client id and secret, among the arguments or as Basic authorization."""
    if authorization.startswith("Basic "):
        try:
            client, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        except (ValueError, binascii.Error):
            return "", ""
        return client, secret
    return str(args.get("client_id", "")), str(args.get("client_secret", ""))


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Slack, emulated</title></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
