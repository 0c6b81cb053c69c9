"""A customer's rules as they stand at the moment at which they are asked about an upload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rollcall.decisions import decision_id
from rollcall.permissions import Act, allows
from rollcall.rules import Hindrance, Made, RuleStanding, concerned
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rollcall.decided import Record
    from rollcall.rules import Rule
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.parts import Part
    from rollcall.store.rules import RulesStore


@dataclass(frozen=True, slots=True)
class Bench:
    """The rules that are asked.

    Attributes:
        rules: in that order.
        records: rule id → what it has decided on the upload so far; None if nothing.
    """

    rules: tuple[RuleStanding, ...]
    records: Mapping[str, Record | None]

    @property
    def is_spent(self) -> bool:
        """Whether none of them takes anything more of this upload, so that nobody has to ask them again."""
        return all(one.is_spent for one in self.rules)


class Standings:
    """Reads how rules stand.

    Args:
        decisions: what they have decided.
        rules: as stored.
        accounts: who is registered, and who may set rules.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        decisions: DecisionsStore,
        rules: RulesStore,
        accounts: AccountsStore,
        now: Callable[[], datetime],
    ) -> None:
        self._decisions = decisions
        self._rules = rules
        self._accounts = accounts
        self._now = now

    def made(self, part: Part) -> list[Made]:
        """The decisions that there may be on a part: one of each rule that is on."""
        return [made_by(rule, part) for rule in self._concerned(part)]

    def of(self, part: Part, *, knows: bool) -> Bench:
        """The rules about a part.

        Args:
            part: it.
            knows: the customer knows its reseller.
        """
        rules = self._concerned(part)
        records = {rule.id: self._decisions.get(made_by(rule, part).decision) for rule in rules}
        link = self._accounts.link(part.reseller, part.customer)
        registered, today = bool(link and link.is_registered), utc(self._now())[:10]
        standings = []
        for rule in rules:
            record = records[rule.id]
            taken = record.devices if record else 0
            standings.append(
                RuleStanding(
                    rule,
                    rule.per_upload - taken,
                    rule.per_day - rule.taken_on(max(today, rule.day)),
                    self._stopped(rule, record, registered=registered, knows=knows),
                )
            )
        return Bench(tuple(standings), records)

    def _concerned(self, part: Part) -> list[Rule]:
        return concerned(self._rules.of_customer(part.customer), part.reseller)

    def _stopped(self, rule: Rule, record: Record | None, *, registered: bool, knows: bool) -> Hindrance | None:
        if record and record.undone:
            return Hindrance.TAKEN_BACK
        if record and record.decision.by != rule.actor:
            return Hindrance.CHANGED
        if not registered:
            return Hindrance.NOT_REGISTERED
        if not knows:
            return Hindrance.NEW_RESELLER
        maker = self._accounts.member(rule.customer, rule.maker)
        return None if maker and allows(maker.role, Act.SET_RULES) else Hindrance.MAKER_GONE


def made_by(rule: Rule, part: Part) -> Made:
    """The decision of a rule on a part, which is one, whatever happens on the way."""
    return Made(decision_id("rule", rule.id, part.upload, part.customer), rule.id)
