"""Whether somebody who acts is still in Slack: what Slack said within the last hour counts, else it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.slack.refusals import RetryLaterError, SlackDownError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.accounts import Person
    from rollcall.slack.people import People
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.presences import PresencesStore

#: Seconds for which Slack's word is taken.
BELIEVED: Final = 3_600
#: Seconds after which Slack is asked again that did not answer. It must not cost every click a second.
_LATER: Final = 60
#: People of whom an execution environment remembers when it asked.
_MOST: Final = 10_000


class Leavers:
    """Keeps what is known of people fresh; who is gone is read with their rights, by every function.

    Args:
        presences: what Slack said.
        accounts: their places, which take the address that Slack has where none is known.
        people: asks Slack, and does not wait long.
        clock: epoch seconds.
    """

    def __init__(
        self, presences: PresencesStore, accounts: AccountsStore, people: People, clock: Callable[[], float]
    ) -> None:
        self._presences = presences
        self._accounts = accounts
        self._people = people
        self._clock = clock
        self._asked: dict[Person, float] = {}

    def look(self, person: Person) -> None:
        """Has what is known of a person not be older than an hour; where Slack does not say, it stays as it was."""
        now = self._clock()
        if not person.user or self._asked.get(person, 0.0) > now:
            return
        known = self._presences.get(person)
        if known is None or known.seen_at <= now - BELIEVED:
            seen_at = now if self._ask(person, now) else now - BELIEVED + _LATER
        else:
            seen_at = known.seen_at
        if len(self._asked) >= _MOST:
            self._asked.clear()
        self._asked[person] = seen_at + BELIEVED

    def _ask(self, person: Person, now: float) -> bool:
        """Asks Slack; whether it said."""
        try:
            seen = self._people.look(person)
        except (RetryLaterError, SlackDownError):
            return False
        if seen is None:
            return False
        self._presences.put(person, left=seen.left, now=now)
        if seen.email and not seen.left:
            self._accounts.learn_email(person, seen.email)
        return True
