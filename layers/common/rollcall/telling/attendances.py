"""Whether companies can do their daily work: the clock looks at some of them each time, and who is still in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.operations import attendance

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.store.accounts import AccountsStore
    from rollcall.store.companies import CompaniesStore
    from rollcall.store.presences import PresencesStore
    from rollcall.store.queues import Queue

#: Seconds after which a company is looked at again.
_OFTEN: Final = 1_800
#: Companies of one look: with a look each minute, every one of six hundred twice an hour.
_MOST: Final = 20
#: Seconds after which Slack is asked about somebody who did nothing meanwhile; it tells most changes by itself.
_OLD: Final = 24 * 3_600


class AttendanceSweep:
    """Looks at companies.

    Args:
        companies: all of them, with what was found.
        accounts: their people.
        presences: who of them is gone from Slack.
        notices: queue that Slack is asked through, at the pace that Slack allows.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        companies: CompaniesStore,
        accounts: AccountsStore,
        presences: PresencesStore,
        notices: Queue,
        clock: Callable[[], float],
    ) -> None:
        self._companies = companies
        self._accounts = accounts
        self._presences = presences
        self._notices = notices
        self._clock = clock

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        """The companies that lack somebody, of those that were looked at now; safe to repeat at any point.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        now = self._clock()
        stale = [company for company in self._companies.all() if company.looked_at < now - _OFTEN]
        stale.sort(key=lambda company: company.looked_at)
        flagged = []
        for company in stale[:_MOST]:
            if enough():
                break
            flags = self._look(company.account, now)
            self._companies.looked(company.account, flags, now=now)
            if flags:
                flagged.append(company.account)
        return tuple(flagged)

    def _look(self, account: str, now: float) -> tuple[str, ...]:
        members = self._accounts.members_of(account)
        known = self._presences.of(member.person for member in members)
        unsure = [
            member.person
            for member in members
            if member.person not in known or known[member.person].seen_at < now - _OLD
        ]
        self._notices.send({"kind": "presence", "team": person.team, "user": person.user} for person in unsure)
        return attendance(members, {person for person, presence in known.items() if presence.left}).flags
