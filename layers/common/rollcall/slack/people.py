"""Asks Slack about people: whether their accounts are still there, and in which workspaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.slack.calls import Calls
from rollcall.slack.refusals import RetryLaterError, SlackDownError, UndeliverableError

if TYPE_CHECKING:
    from rollcall.accounts import Person

#: Slack knows nobody of that id in that workspace.
_NOBODY: Final = frozenset({"user_not_found"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A person as Slack has them.

    Attributes:
        left: their account is deactivated, or there is none.
        email: their address; empty where the workspace did not grant the scope ``users:read.email``: Slack then leaves
            the field out.
    """

    left: bool
    email: str = ""


class People(Calls):
    """Looks people up in their own workspaces."""

    def has_left(self, person: Person) -> bool | None:
        """Whether somebody's Slack account is deactivated; None where Slack does not let us know.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        seen = self.look(person)
        return None if seen is None else seen.left

    def look(self, person: Person) -> Seen | None:
        """What Slack says of somebody now; None where it does not let us know.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        try:
            answer = self._call(self._client(person.team).users_info, user=person.user)
        except UndeliverableError as error:
            return Seen(left=True) if error.code in _NOBODY else None
        user = answer.get("user") or {}
        return Seen(left=bool(user.get("deleted")), email=str((user.get("profile") or {}).get("email") or ""))

    def email(self, person: Person) -> str:
        """Somebody's address; empty where Slack does not say, for whatever reason."""
        try:
            seen = self.look(person)
        except (RetryLaterError, SlackDownError):
            return ""
        return seen.email if seen else ""

    def workspaces(self, person: Person, enterprise: str) -> tuple[str, ...] | None:
        """The organisation and its workspaces that somebody has one user id in; None where Slack does not let us know.

        Args:
            person: as they act.
            enterprise: id of the organisation. Somebody of another one, or of none, has none of its workspaces, nor has
                somebody whose id here is one of before the workspace became a part of it.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        try:
            answer = self._call(self._client(person.team).users_info, user=person.user)
        except UndeliverableError:
            return None
        known = (answer.get("user") or {}).get("enterprise_user") or {}
        teams = tuple(str(team) for team in known.get("teams") or ())
        is_one = known.get("enterprise_id") == enterprise and known.get("id") == person.user
        return (enterprise, *teams) if is_one and person.team in (enterprise, *teams) else ()
