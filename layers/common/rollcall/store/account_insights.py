"""Insights: operators who may read what a company has. Begun, and used, in the transaction that writes it down."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from rollcall.account_changes import INSIGHTS, Change, What
from rollcall.account_errors import AccountUnknownError, NotOperatorError
from rollcall.insights import Insight
from rollcall.store.account_audit import PREFIX, Audit, change_of
from rollcall.store.account_items import ChangeItem, InsightItem, Item, PersonItem
from rollcall.store.account_places import OPERATORS, PRESENCE, PROFILE, account_pk, insight_sk, member_sk, person_pk
from rollcall.store.accounts_table import ConditionFailedError, get
from rollcall.upload_ids import crockford

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pynamodb.transactions import TransactWrite

    from rollcall.accounts import Person

#: Seconds for which an insight that is over stays, so that its form, sent again, does not begin another.
_KEPT: Final = 24 * 3600
_DIGEST: Final = 8


class Insights(Audit):
    """Reads and writes insights."""

    def insight(self, operator: Person, account: str) -> Insight | None:
        """What leave an operator has, or had lately, to read what a company has; None if none."""
        item = get(self._table.insights, person_pk(operator), insight_sk(account))
        return _insight(item, operator) if item else None

    def insights_of(self, operator: Person) -> tuple[Insight, ...]:
        """All of an operator's, those that are over included, by company."""
        prefix = insight_sk("")
        items = self._table.insights.query(
            person_pk(operator), InsightItem.sk.startswith(prefix), consistent_read=True, limit=100
        )
        return tuple(_insight(item, operator) for item in items)

    def begin_insight(self, insight: Insight, *, also: Callable[[TransactWrite], None]) -> Insight:
        """Begins an insight, and writes it into the company's audit. Of one form, the first time counts.

        Args:
            insight: as it is asked for now.
            also: what is to be true with it.

        Returns:
            The insight as it is stored.

        Raises:
            NotOperatorError: who asks is no operator any more.
            AccountUnknownError: there is no such company.
        """
        opened = Change(
            insight.account,
            insight.operator,
            insight.at,
            What.CONTENT_OPENED,
            about=insight.reason,
            by_name=insight.name,
            operator=True,
        )

        def fill(transaction: TransactWrite) -> None:
            self._fill_operator(transaction, insight.operator)
            transaction.condition_check(
                self._table.profiles, account_pk(insight.account), PROFILE, condition=Item.pk.exists()
            )
            is_new = Item.pk.does_not_exist() | (InsightItem.insight != insight.id)
            transaction.save(self._insight_item(insight), is_new)
            transaction.save(self._written(opened, insight.subject), Item.pk.does_not_exist())
            also(transaction)

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            stored = self.insight(insight.operator, insight.account)
            if stored and stored.id == insight.id:
                return stored
            if get(self._table.profiles, account_pk(insight.account), PROFILE) is None:
                raise AccountUnknownError(insight.account) from None
            raise NotOperatorError(insight.operator) from None
        return insight

    def note_look(self, insight: Insight, what: str, *, at: str, now: float) -> bool:
        """Writes into the company's audit what an operator is about to be shown.

        Args:
            insight: under which it is shown.
            what: the question.
            at: now, UTC. The same question within one second is one look.
            now: the same, epoch seconds.

        Returns:
            False if the insight is over, or its holder is no operator any more: then nothing may be shown.
        """
        seen = Change(
            insight.account,
            insight.operator,
            at,
            What.CONTENT_SEEN,
            about=what,
            after=insight.reason,
            by_name=insight.name,
            operator=True,
        )
        digest = crockford(hashlib.sha256(what.encode()).digest(), _DIGEST)
        item = self._written(seen, f"{at}#{insight.id}#{digest}")
        may = (InsightItem.insight == insight.id) & (InsightItem.until > now)

        def fill(transaction: TransactWrite) -> None:
            self._fill_operator(transaction, insight.operator)
            pk, sk = person_pk(insight.operator), insight_sk(insight.account)
            transaction.condition_check(self._table.insights, pk, sk, condition=may)
            transaction.save(item, Item.pk.does_not_exist() | (ChangeItem.about == what))

        try:
            self._table.transact(fill)
        except ConditionFailedError:
            return False
        return True

    def insight_begun(self, subject: str, account: str) -> Change | None:
        """What a company's audit says of an insight that began; None if there is none of that name."""
        item = get(self._table.changes, account_pk(account), _sort_key(subject))
        return change_of(item) if item else None

    def looks_at(self, account: str) -> Iterator[Change]:
        """Every insight into a company and every look under it, the newest first."""
        items = self._table.changes.query(
            account_pk(account),
            ChangeItem.sk.startswith(PREFIX),
            filter_condition=ChangeItem.what.is_in(*(what.value for what in INSIGHTS)),
            consistent_read=True,
            scan_index_forward=False,
        )
        return (change_of(item) for item in items)

    def _fill_operator(self, transaction: TransactWrite, operator: Person) -> None:
        """Whoever is none at this moment, or is gone from Slack, neither begins nor sees anything."""
        transaction.condition_check(self._table.members, OPERATORS, member_sk(operator), condition=Item.pk.exists())
        here = PersonItem.left.does_not_exist() | (PersonItem.left == False)  # noqa: E712 - an expression of pynamodb's
        transaction.condition_check(self._table.people, person_pk(operator), PRESENCE, condition=here)

    def _insight_item(self, insight: Insight) -> InsightItem:
        return self._table.insights(
            person_pk(insight.operator),
            insight_sk(insight.account),
            account=insight.account,
            insight=insight.id,
            name=insight.name,
            reason=insight.reason,
            at=insight.at,
            until=insight.until,
            expires=int(insight.until) + _KEPT,
        )

    def _written(self, change: Change, subject: str) -> ChangeItem:
        """A line of the audit under a name of its own, so that writing it twice leaves one."""
        item = self._change_item(change)
        item.sk = _sort_key(subject)
        return item


def _sort_key(subject: str) -> str:
    at, _, rest = subject.partition("#")
    return f"{PREFIX}{at}#insight#{rest}"


def _insight(item: InsightItem, operator: Person) -> Insight:
    return Insight(
        id=item.insight,
        account=item.account,
        operator=operator,
        name=item.name,
        reason=item.reason,
        at=item.at,
        until=float(item.until),
    )
