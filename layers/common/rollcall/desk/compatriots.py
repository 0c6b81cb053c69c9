"""Who somebody is in another workspace of their organisation: one person, known under the workspace they joined in.

In an organisation (Enterprise Grid) a user has one id in all its workspaces. Which these are is Slack's word alone,
asked with the token of the workspace in which they act: a request names the organisation that Rollcall was asked in,
which in a channel shared between companies is another one than the clicker's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.accounts import Person
from rollcall.slack.refusals import RetryLaterError, SlackDownError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.slack.people import People
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.homes import HomesStore

#: Seconds for which Slack's word is taken: a workspace seldom leaves its organisation.
BELIEVED: Final = 86_400
#: Seconds until somebody is looked for again: they may have joined meanwhile, or left.
_LATER: Final = 60
#: Workspaces of one person that are looked at; each costs a read.
_MOST: Final = 40
#: People of whom an execution environment remembers who they are.
_REMEMBERED: Final = 10_000


class Compatriots:
    """Recognises people in workspaces other than the one in which they joined.

    Args:
        accounts: who is a member of what.
        homes: what was found before.
        people: asks Slack, and does not wait long.
        clock: epoch seconds.
    """

    def __init__(self, accounts: AccountsStore, homes: HomesStore, people: People, clock: Callable[[], float]) -> None:
        self._accounts = accounts
        self._homes = homes
        self._people = people
        self._clock = clock
        self._known: dict[Person, tuple[Person, float]] = {}

    def recognise(self, person: Person, enterprise: str) -> Person:
        """The person under the workspace in which they are known; as they act where they are known nowhere else.

        Args:
            person: as they act.
            enterprise: id of the organisation that the request names; empty for none.
        """
        if not (enterprise and person.team and person.user):
            return person
        now = self._clock()
        known, until = self._known.get(person, (person, 0.0))
        if until > now:
            return known
        found = self._look(person, enterprise, now)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[person] = found, now + _LATER
        return found

    def _look(self, person: Person, enterprise: str, now: float) -> Person:
        if self._is_known(person):
            return person
        home = self._homes.get(person)
        if home and home.seen_at > now - BELIEVED:
            return Person(home.team, person.user)
        try:
            teams = self._people.workspaces(person, enterprise)
        except (RetryLaterError, SlackDownError):
            teams = None
        if teams is None:
            # Slack does not say: what it said before stands.
            return Person(home.team, person.user) if home else person
        others = (Person(team, person.user) for team in teams[:_MOST] if team != person.team)
        found = next((other for other in others if self._is_known(other)), None)
        if found is None:
            if home:
                self._homes.forget(person)
            return person
        self._homes.put(person, found.team, now=now)
        return found

    def _is_known(self, person: Person) -> bool:
        return bool(self._accounts.memberships(person)) or self._accounts.operator(person) is not None
