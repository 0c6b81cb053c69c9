"""Asks Slack about people: whether their accounts are still there, and in which workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.slack.calls import Calls
from rollcall.slack.refusals import UndeliverableError

if TYPE_CHECKING:
    from rollcall.accounts import Person

#: Slack knows nobody of that id in that workspace.
_NOBODY: Final = frozenset({"user_not_found"})


class People(Calls):
    """Looks people up in their own workspaces."""

    def has_left(self, person: Person) -> bool | None:
        """Whether somebody's Slack account is deactivated; None where Slack does not let us know.

        Raises:
            RetryLaterError: Slack limits the rate.
            SlackDownError: Slack has trouble.
        """
        try:
            answer = self._call(self._client(person.team).users_info, user=person.user)
        except UndeliverableError as error:
            return True if error.code in _NOBODY else None
        return bool((answer.get("user") or {}).get("deleted"))

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
