"""Decides for a person: who may, which question comes first, and whether it is done at once or by a job."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.accounts import Registration
from rollcall.approvals.answers import Decided, Denied, NeedsRegistration, Stale, Taken
from rollcall.approvals.asking import AnsweredError, answered, deny, many_faults
from rollcall.approvals.starter import Starter
from rollcall.approvals.wishes import Wish, decision_of
from rollcall.decisions import DecisionKind, Windows, request_faults
from rollcall.errors import Fault
from rollcall.jobs import ANY_VERSION, JobKind
from rollcall.lists import of_targets
from rollcall.permissions import Act, allows
from rollcall.store.decisions import PartTakenError, StaleError
from rollcall.store.device_changes import LockedError, TooManyError
from rollcall.store.parts import whole_of
from rollcall.store.windows import windows_of
from rollcall.waiting import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rollcall.approvals.answers import Answer
    from rollcall.approvals.wishes import Approver
    from rollcall.decisions import Decision, Target
    from rollcall.lists import ListLine
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.parts import Part
    from rollcall.store.queues import Queue

_ALL: Final = Selection()


class Approvals:
    """Decides. Every method may run out of time (`OutOfTimeError`); the same call again goes on from there.

    Args:
        accounts: who is registered.
        decisions: the devices.
        jobs: what takes longer.
        queue: of jobs.
        uploads: name of the uploads table.
        windows: how long a decision can be undone.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        accounts: AccountsStore,
        decisions: DecisionsStore,
        jobs: JobsStore,
        queue: Queue,
        uploads: str,
        windows: Windows = Windows(),  # noqa: B008 - a frozen value
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._accounts = accounts
        self._decisions = decisions
        self._windows = windows
        self._now = now
        self._starter = Starter(jobs=jobs, parts=decisions.parts, queue=queue, uploads=uploads, now=now)

    def decide(self, approver: Approver, targets: Sequence[Target], wish: Wish) -> Answer:
        """Accepts or rejects one or several devices (rows P22, P23, P25).

        Args:
            approver: who.
            targets: which, each with the arrival that was shown if one was.
            wish: what.
        """
        return answered(self._decide, approver, targets, wish)

    def _decide(self, approver: Approver, targets: Sequence[Target], wish: Wish) -> Answer:
        decision = self._allowed(approver, wish, len(targets))
        found = self._decisions.changes.read(target.key for target in targets)
        own = {one.id: one for one in found.values() if one.generation.customer == approver.account}
        deny(request_faults(decision, own.values()))
        self._ask(approver, {one.generation.reseller for one in own.values()}, wish)
        try:
            outcome = self._decisions.decide(decision, targets, only_this_time=wish.only_this_time)
        except TooManyError:
            return self._starter.listed(of_targets(targets), decision, wish, JobKind.DECIDE_LIST)
        return Decided(decision, outcome)

    def decide_upload(
        self, approver: Approver, upload: str, version: int, wish: Wish, *, selection: Selection = _ALL
    ) -> Answer:
        """Accepts or rejects all that waits in an upload, or a part of it by order number or model (rows P22, B9).

        Args:
            approver: who.
            upload: upload id.
            version: of what was shown; see `DecisionsStore.pending_of`.
            wish: what; an approval ID is for single devices and not taken here.
            selection: which of the devices.
        """
        return answered(self._decide_upload, approver, upload, version, wish, selection)

    def _decide_upload(self, approver: Approver, upload: str, version: int, wish: Wish, selection: Selection) -> Answer:
        part = self._part(approver, upload)
        pending = self._decisions.parts.pending(part)
        decision = self._allowed(approver, wish, pending.total)
        deny(many_faults(decision))
        self._ask(approver, {part.reseller}, wish)
        try:
            outcome = self._decisions.decide_part(
                decision, part, version, selection=selection, only_this_time=wish.only_this_time
            )
        except StaleError as stale:
            fresh = self._decisions.parts.get(upload, approver.account)
            if fresh and fresh.whole and fresh.whole.id == decision.id:  # the same click, delivered twice at once
                return self._decide_upload(approver, upload, version, wish, selection)
            return Stale(stale.pending, fresh.whole if fresh else None)
        except PartTakenError as taken:
            return Taken(taken.by)
        except TooManyError:
            return self._starter.upload(part, decision, version, selection, wish, total=pending.total)
        return Decided(decision, outcome)

    def decide_all(self, approver: Approver, upload: str, wish: Wish) -> Answer:
        """Accepts or rejects by a job all that waits in an upload when the job begins, whatever was shown to whom.

        Args:
            approver: who.
            upload: upload id.
            wish: what; an approval ID is for single devices and not taken here.
        """
        return answered(self._decide_all, approver, upload, wish)

    def _decide_all(self, approver: Approver, upload: str, wish: Wish) -> Answer:
        part = self._part(approver, upload)
        pending = self._decisions.parts.pending(part)
        decision = self._allowed(approver, wish, pending.total)
        deny(many_faults(decision))
        self._ask(approver, {part.reseller}, wish)
        return self._starter.upload(part, decision, ANY_VERSION, _ALL, wish, total=pending.total)

    def decide_list(
        self, approver: Approver, lines: Sequence[ListLine], wish: Wish, *, kind: JobKind = JobKind.BULK_ACCEPT
    ) -> Answer:
        """Accepts the devices of a list by a job; it may mix resellers, each of which must be registered (row P26).

        Args:
            approver: who.
            lines: the list.
            wish: what.
            kind: ``DECIDE_LIST`` for one that is not reported in the bucket.
        """
        return answered(self._decide_list, approver, lines, wish, kind)

    def _decide_list(self, approver: Approver, lines: Sequence[ListLine], wish: Wish, kind: JobKind) -> Answer:
        decision = self._allowed(approver, wish, len(lines))
        deny(many_faults(decision))
        return self._starter.listed(lines, decision, wish, kind)

    def undo(self, approver: Approver, decision_id: str, *, once: str, reference: str = "") -> Answer:
        """Takes a decision back, as far as it still stands; any approver of the customer may (row B7).

        Args:
            approver: who.
            decision_id: of the decision.
            once: names the occasion, such as a click.
            reference: the id under which the logs tell more.
        """
        return answered(self._undo, approver, decision_id, Wish(once, DecisionKind.UNDO, reference=reference))

    def _undo(self, approver: Approver, decision_id: str, wish: Wish) -> Answer:
        undo = replace(self._allowed(approver, wish, 0), undoes=decision_id)
        record = self._decisions.get(decision_id)
        if record is None or record.decision.customer != approver.account:
            return Denied((Fault("NOT_FOUND", value=decision_id),))
        if record.undone and record.undone.id == undo.id:
            undo = replace(undo, at=record.undone.at)
        if record.decision.until <= undo.at:
            return Denied((Fault("UNDO_TOO_LATE", details={"until": record.decision.until}),))
        if record.job:
            return self._starter.undo(record, undo, wish)
        try:
            return Decided(undo, self._decisions.undo(undo, record))
        except LockedError as locked:
            return Taken(whole_of(locked.part))
        except TooManyError:
            return self._starter.undo(record, undo, wish)

    def register(self, approver: Approver, reseller: str, state: Registration) -> Denied | None:
        """Registers or blocks a reseller, or takes that back (row P24); None if it is stored now.

        Raises:
            LinkUnknownError: the reseller does not reach the customer.
            BusyError: others kept deciding.
        """
        if not allows(approver.role, Act.DECIDE):
            return Denied((Fault("DECISION_NOT_ALLOWED"),))
        self._accounts.set_registration(approver.account, reseller, state)
        return None

    def _allowed(self, approver: Approver, wish: Wish, devices: int) -> Decision:
        """The decision that is wished for; the same occasion again is the decision that was made then."""
        if not allows(approver.role, Act.DECIDE):
            raise AnsweredError(Denied((Fault("DECISION_NOT_ALLOWED"),)))
        decision = decision_of(
            wish,
            customer=approver.account,
            by=approver.by,
            devices=devices,
            at=self._now(),
            windows=windows_of(self._accounts, approver.account, self._windows),
        )
        known = self._decisions.get(decision.id)
        if known is None:
            return decision
        begun = self._starter.begun(decision) if known.job else None
        if begun:
            raise AnsweredError(begun)
        return known.decision

    def _part(self, approver: Approver, upload: str) -> Part:
        part = self._decisions.parts.get(upload, approver.account)
        if part is None:
            raise AnsweredError(Denied((Fault("NOT_FOUND", value=upload),)))
        if part.in_progress:
            raise AnsweredError(Denied((Fault("UPLOAD_IN_PROGRESS"),)))
        return part

    def _ask(self, approver: Approver, resellers: Iterable[str], wish: Wish) -> None:
        """Accepting from a reseller that is not registered asks first."""
        if wish.kind is not DecisionKind.ACCEPT or wish.only_this_time:
            return
        for reseller in sorted(resellers):
            link = self._accounts.link(reseller, approver.account)
            if link is None or not link.is_registered:
                registration = link.registered if link else Registration.UNREGISTERED
                raise AnsweredError(NeedsRegistration(reseller, registration))
