"""Clicks and commands that decide: at once where that is possible, else by the form that they open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.approvals import NeedsRegistration
from rollcall.commands import Command, render
from rollcall.decided import Outcome, Settled
from rollcall.decisions import Decision, DecisionKind, Verdict, judge
from rollcall.desk import typed_decisions
from rollcall.desk.deciding import target_of
from rollcall.telling.decisions import uploads_of
from rollcall.views import approval_forms as forms
from rollcall.views import approvals as views
from rollcall.views import decision_answers as answers
from rollcall.views import hints
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding

    View = dict[str, Any]
    Value = Mapping[str, object]

#: Of the 4.5 seconds that a click has: Slack shows a warning sign after three, whatever follows.
_TO_DRAW: Final = 2.5


class ApprovalClicks:
    """Takes decisions that are clicked or typed.

    Args:
        deciding: takes them.
    """

    def __init__(self, deciding: Deciding) -> None:
        self._deciding = deciding

    def has_time(self) -> bool:
        """Whether there is time left to draw anew what was clicked in; a list takes about a second."""
        return self._deciding.seconds_left() > _TO_DRAW

    def accept_all(self, click: Click, value: Value) -> Message | View:
        """Accepts all that was shown of an upload; asks first where it is much, or the reseller is not registered."""
        seat, standing = self._deciding.for_upload(click, value)
        if isinstance(seat, Message):
            return seat
        if standing is None:
            return hints.not_there("upload", str(value.get("u", "")), seat.reader)
        if outdated := self._deciding.outdated(standing, value, seat):
            return outdated
        if standing.registered and standing.pending.total > views.AT_THE_CLICK:
            return forms.accept_form(
                standing, seat.reader, until=self._deciding.until(standing.pending.total, seat.approver.account)
            )
        answer = self._deciding.all(seat, click, value, DecisionKind.ACCEPT)
        return self._deciding.shown(answer, seat, value)

    def more(self, click: Click, value: Value) -> Message | View:
        """Opens the form that the menu of an upload names: reject, or accept a part."""
        seat, standing = self._deciding.for_upload(click, value)
        if isinstance(seat, Message):
            return seat
        if standing is None:
            return hints.not_there("upload", str(value.get("u", "")), seat.reader)
        if outdated := self._deciding.outdated(standing, value, seat):
            return outdated
        form = forms.accept_form if value.get("k") == views.PART else forms.reject_form
        return form(standing, seat.reader, until=self._deciding.until(standing.pending.total, seat.approver.account))

    def accept(self, click: Click, value: Value) -> Message | View:
        """Accepts one device."""
        seat = self._deciding.for_device(click, value)
        if isinstance(seat, Message):
            return seat
        return self._deciding.shown(self._deciding.one(seat, click, value, DecisionKind.ACCEPT), seat, value)

    def reject(self, click: Click, value: Value) -> Message | View:
        """Opens the form that asks why one device is rejected; says so at once where it cannot be."""
        return self._open(click, value, DecisionKind.REJECT, forms.reject_device_form)

    def with_approval_id(self, click: Click, value: Value) -> Message | View:
        """Opens the form that accepts one device with an approval ID (row P23)."""
        return self._open(click, value, DecisionKind.ACCEPT, forms.approval_id_form)

    def _open(self, click: Click, value: Value, kind: DecisionKind, form: Callable[..., View]) -> Message | View:
        seat = self._deciding.for_device(click, value)
        if isinstance(seat, Message):
            return seat
        target, now = target_of(value, seat), self._deciding.moment()
        device = self._deciding.decisions.changes.read([target.key]).get(target.key)
        would = Decision("-", kind, seat.approver.account, seat.approver.by, now)
        judgement = judge(device, would, target.generation)
        if device is None or judgement.verdict is not Verdict.APPLY:
            self._deciding.freshen(str(value.get("u", "")), seat)
            refused = Settled(target, fault=judgement.fault, entry=judgement.entry)
            return answers.decided(would, Outcome((refused,)), seat.reader, now=now)
        shown = {name: value[name] for name in ("id", "r", "u", "l")}
        return form(device, shown, seat.reader, until=self._deciding.until(1, seat.approver.account))

    def undo(self, click: Click, value: Value) -> Message:
        """Takes a decision back (row B7)."""
        self._deciding.begin()
        asked = str(value.get("d", ""))
        record = self._deciding.decisions.get(asked) if asked else None
        customer = record.decision.customer if record else ""
        seat = self._deciding.approvers.enter(
            click.person, lambda account: account == customer, what="decision", asked=asked
        )
        if isinstance(seat, Message):
            return seat
        answer = self._deciding.tried(
            lambda: self._deciding.approvals.undo(seat.approver, asked, once=click.once, reference=click.reference)
        )
        for upload, _ in uploads_of(record) if record else ():
            self._deciding.freshen(upload, seat)
        return self._deciding.said(answer, seat)

    def register(self, click: Click, value: Value) -> Message | View:
        """Opens the form that asks what to do about a reseller (row P24)."""
        reseller = str(value.get("r", ""))
        seat = self._deciding.for_reseller(click, reseller)
        typed = {"q": value["q"]} if typed_decisions.carried(value.get("q")) else {}
        return seat if isinstance(seat, Message) else forms.register_form(reseller, typed, seat.reader)

    def typed(self, click: Click, command: Command, *, name: str) -> Message:
        """Accepts or rejects devices that were typed (rows P22, P23, P25, B9).

        Args:
            click: who typed, and once.
            command: what.
            name: the real name of the slash command.
        """
        seat = typed_decisions.enter(self._deciding, click, command, name=name)
        if isinstance(seat, Message):
            return seat
        kind, reason = typed_decisions.kind_of(command), command.options.get("reason", "")
        problem = forms.reason_problem(reason, seat.reader.say) if kind is DecisionKind.REJECT else ""
        if problem:
            example = Command("approvals", "reject", ids=command.ids[:1], options={"reason": "not ordered"})
            return answers.needs_reason(problem, render(example), seat.reader)
        answer = typed_decisions.decide(self._deciding, seat, click, command)
        if isinstance(answer, NeedsRegistration):
            question = render(replace(command, as_account=seat.approver.account))
            return answers.unregistered(answer.reseller, seat.reader, question=question)
        return self._deciding.said(answer, seat)
