"""One step of a rule: the devices that it takes, in one transaction with all that lets it take them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall.decided import Record
from rollcall.decisions import Decision, DecisionKind, Target
from rollcall.jobs import job_id
from rollcall.ruling.standings import made_by
from rollcall.store.decision_items import grow_record, put_record
from rollcall.store.rules import maker_action
from rollcall.store.windows import windows_of
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rollcall.decisions import Windows
    from rollcall.life import Change
    from rollcall.rules import Candidate, Rule
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.change_actions import Action
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.parts import Part
    from rollcall.store.rules import RulesStore

#: Single devices that a decision's record names, so that it can be taken back at the click; of more a job does.
NAMED: Final = 90


class Taking:
    """Accepts devices in a rule's name.

    Args:
        decisions: the devices.
        rules: count what they take.
        accounts: how long the customer can take a decision back.
        accounts_table: name of their table.
        uploads_table: name of the uploads table.
        windows: how long a decision can be undone.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        decisions: DecisionsStore,
        rules: RulesStore,
        accounts: AccountsStore,
        accounts_table: str,
        uploads_table: str,
        windows: Windows,
        now: Callable[[], datetime],
    ) -> None:
        self._decisions = decisions
        self._rules = rules
        self._accounts = accounts
        self._accounts_table = accounts_table
        self._uploads_table = uploads_table
        self._windows = windows
        self._now = now

    def take(
        self, rule: Rule, taken: Sequence[Candidate], record: Record | None, part: Part, *, reference: str
    ) -> None:
        """Accepts devices by a rule.

        Args:
            rule: as read.
            taken: devices that wait.
            record: what it has decided on the upload so far, as read; None if nothing.
            part: the customer's part of the upload.
            reference: the id under which the logs tell more.

        Raises:
            ExtraError: the rule, its maker's place or its decision is not what it was; nothing was decided.
            OutOfTimeError: the worker's time is up.
        """
        now, decision = self._now(), record.decision if record else self._decision(rule, part, reference)

        def extra(changes: Sequence[Change]) -> list[Action]:
            targets = tuple(Target(one.before.id, one.before.generation) for one in changes)
            grown = _grown(record, decision, targets, part)
            return [
                grow_record(record, grown, self._uploads_table)
                if record
                else put_record(grown, self._uploads_table, now=now.timestamp()),
                self._rules.take_action(rule, len(changes), utc(now)[:10]),
                maker_action(rule, self._accounts_table),
            ]

        wanted = [Target(one.device.id, one.device.generation) for one in taken]
        self._decisions.settle(decision, wanted, extra=extra)

    def _decision(self, rule: Rule, part: Part, reference: str) -> Decision:
        now = self._now()
        windows = windows_of(self._accounts, part.customer, self._windows)
        return Decision(
            id=made_by(rule, part).decision,
            kind=DecisionKind.ACCEPT,
            customer=part.customer,
            by=rule.actor,
            at=utc(now),
            until=windows.until(now, min(part.stored, rule.per_upload)),
            rule=rule.name,
            rule_by=rule.by,
            rule_at=rule.at,
            reference=reference,
        )


def _grown(record: Record | None, decision: Decision, targets: tuple[Target, ...], part: Part) -> Record:
    """The record of a decision with more devices; of a few it names each, of many the upload and a job to come."""
    if record is None:
        record = Record(decision=decision, resellers=(part.reseller,))
    devices = record.devices + len(targets)
    if record.job or devices > NAMED:
        return replace(record, devices=devices, targets=(), upload=part.upload, job=job_id(decision.id))
    return replace(record, devices=devices, targets=(*record.targets, *targets))
