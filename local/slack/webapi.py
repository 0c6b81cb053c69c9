"""The Web API under ``/api/<method>``: whose token it is, ordered faults, rate limits, the method, the envelope."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from local.slack import methods_chat, methods_files, methods_history, methods_people, methods_views
from local.slack.calls import METHODS, Call, arguments
from local.slack.faults import RateLimitedError, SlackError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.bot import Bot
    from local.slack.grants import Grants
    from local.slack.oauth import OAuth
    from local.slack.world import Team, World

_REGISTERED: Final = (
    methods_chat,
    methods_files,
    methods_history,
    methods_people,
    methods_views,
)  # importing them registers them
#: Calls a minute for the methods that are not Tier 3 (50); Slack allows bursts above these.
_A_MINUTE: Final = {
    **dict.fromkeys(("users.list", "conversations.list"), 20),
    **dict.fromkeys(("users.info", "views.open", "views.push", "views.update", "views.publish", "auth.test"), 100),
    **dict.fromkeys(("files.getUploadURLExternal", "files.completeUploadExternal", "conversations.members"), 100),
}
_A_MINUTE_IN_CHANNEL: Final = 60
_DEFAULT_A_MINUTE: Final = 50


@dataclass(slots=True)
class Reply:
    """An answer to an HTTP request."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class WebApi:
    """Answers calls of the Web API.

    Attributes:
        oauth: hands out tokens.
        limited: whether Slack's rate limits hold.
    """

    world: World
    grants: Grants
    bot: Bot
    oauth: OAuth
    limited: bool = False
    _called: defaultdict[tuple[str, ...], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def call(self, name: str, authorization: str, body: bytes, content_type: str, query: str = "") -> Reply:
        """Answer one call.

        Args:
            name: the method, such as ``chat.postMessage``.
            authorization: the header, or empty; the token may stand among the arguments instead.
            body: as it came.
            content_type: of the body.
            query: of the address.
        """
        try:
            args = arguments(body, content_type, query)
            if name == "oauth.v2.access":
                self._meet_faults(name)
                with self.world.lock:
                    return Reply(200, {"ok": True, **self.oauth.access(args, authorization)})
            token = authorization.removeprefix("Bearer ").strip() or str(args.pop("token", ""))
            team = self._team(token)
            self._meet_faults(name)
            with self.world.lock:
                return Reply(200, {"ok": True, **self._answer(name, team, args)})
        except RateLimitedError as error:
            self.world.note(kind="refused", what=name, outcome="ratelimited")
            return Reply(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(error.seconds)})
        except BrokenError:
            return Reply(500, {"ok": False, "error": "internal_error"})
        except SlackError as error:
            self.world.note(kind="refused", what=name, outcome=error.code, messages=list(error.messages))
            answer: dict[str, Any] = {"ok": False, "error": error.code}
            if error.messages:
                answer["errors"] = [line.removeprefix("[ERROR] ") for line in error.messages]
                answer["response_metadata"] = {"messages": list(error.messages)}
            return Reply(200, answer)

    def _answer(self, name: str, team: Team, args: Mapping[str, Any]) -> dict[str, Any]:
        function = METHODS.get(name)
        if function is None:
            raise SlackError("unknown_method")
        if self.limited:
            self._count(name, team, str(args.get("channel", "")))

        def emit(kind: str, event: dict[str, Any]) -> None:
            self.bot.emit(team, kind, event)

        return function(Call(self.world, self.grants, team, args, emit))

    def _team(self, token: str) -> Team:
        if not token:
            raise SlackError("not_authed")
        for team in self.world.teams.values():
            if team.token == token:
                if not team.installed:
                    raise SlackError("account_inactive")
                return team
        raise SlackError("invalid_auth")

    def _meet_faults(self, name: str) -> None:
        for fault in list(self.world.faults):
            if fault.method not in {"*", name}:
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.world.faults.remove(fault)
            if fault.kind == "rate_limited":
                raise RateLimitedError(max(int(fault.seconds), 1))
            if fault.kind == "broken":
                raise BrokenError
            if fault.kind == "error":
                raise SlackError(fault.code)
            time.sleep(fault.seconds)

    def _count(self, name: str, team: Team, channel: str) -> None:
        keys: dict[tuple[str, ...], int] = {(team.id, name): _A_MINUTE.get(name, _DEFAULT_A_MINUTE)}
        if name == "chat.postMessage":
            keys = {(team.id, name, channel): _A_MINUTE_IN_CHANNEL}
        now = self.world.now()
        for key, high in keys.items():
            called = self._called[key]
            while called and now - called[0] > 60:  # noqa: PLR2004 - a minute
                called.popleft()
            if len(called) >= high:
                raise RateLimitedError(int(61 - (now - called[0])))
            called.append(now)


class BrokenError(Exception):
    """An ordered HTTP 500."""
