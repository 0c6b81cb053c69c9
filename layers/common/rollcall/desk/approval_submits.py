"""Forms of decisions, as they are sent: what Slack is to do with each."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rollcall.account_errors import LinkUnknownError
from rollcall.accounts import Registration
from rollcall.approvals import Stale
from rollcall.decisions import DecisionKind
from rollcall.desk import typed_decisions
from rollcall.desk.sent_forms import again
from rollcall.views import approval_forms as forms
from rollcall.views import approval_parts as parts
from rollcall.views import decision_answers as answers
from rollcall.views import hints
from rollcall.views.message import Message
from rollcall.views.modals import modal
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.desk.approval_resellers import ResellerDesk
    from rollcall.desk.approvers import Seat
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding
    from rollcall.standing import Standing

    View = dict[str, Any]
    Value = Mapping[str, object]


class ApprovalSubmits:
    """Takes forms.

    Args:
        deciding: takes the decisions in them.
        resellers: has the messages follow that say how a reseller stands.
    """

    def __init__(self, deciding: Deciding, resellers: ResellerDesk) -> None:
        self._deciding = deciding
        self._resellers = resellers

    def submit(self, click: Click, view: Mapping[str, Any], kind: DecisionKind) -> View:  # noqa: PLR0911 - one answer for each way it can go
        """Takes a form; what Slack is to do with it."""
        value = metadata_of(view)
        reason = forms.choice(view, forms.REASON) if kind is DecisionKind.REJECT else ""
        say = self._deciding.approvers.say(click.person)
        if kind is DecisionKind.REJECT and (problem := forms.reason_problem(reason, say)):
            return {"response_action": "errors", "errors": {forms.REASON: problem}}
        if "id" in value:
            seat = self._deciding.for_device(click, value)
            if isinstance(seat, Message):
                return instead(seat)
            value["a"] = forms.choice(view, forms.APPROVAL)
            answer = self._deciding.one(seat, click, value, kind, reason=reason)
            if answer is None:
                return again(view, answers.late(seat.reader))
            return instead(self._deciding.shown(answer, seat, value))
        seat, standing = self._deciding.for_upload(click, value)
        if isinstance(seat, Message):
            return instead(seat)
        if standing is None:
            return instead(hints.not_there("upload", str(value.get("u", "")), seat.reader))
        if outdated := self._deciding.outdated(standing, value, seat):
            return self._once_more(seat, standing, view, kind) if standing.pending.total else instead(outdated)
        order, model = parts.selection_of(standing, forms.choice(view, parts.WHICH))
        part: Value = {**value, "o": order, "m": model}
        answer = self._deciding.all(seat, click, part, kind, reason=reason)
        if answer is None:
            return again(view, answers.late(seat.reader))
        if isinstance(answer, Stale) and answer.pending.total:  # changed between the look and the decision
            return self._once_more(seat, replace(standing, pending=answer.pending), view, kind)
        return instead(self._deciding.shown(answer, seat, part))

    def _once_more(self, seat: Seat, standing: Standing, view: Mapping[str, Any], kind: DecisionKind) -> View:
        """The form with fresh figures, and what was filled in."""
        form = forms.reject_form if kind is DecisionKind.REJECT else forms.accept_form
        until = self._deciding.until(standing.pending.total, seat.approver.account)
        return {"response_action": "update", "view": form(standing, seat.reader, until=until, sent=view)}

    def submit_registration(self, click: Click, view: Mapping[str, Any]) -> View:
        """Takes what shall happen about a reseller, and goes on with what was to be accepted (row P24)."""
        value = metadata_of(view)
        reseller, choice = str(value.get("r", "")), forms.choice(view, forms.WHAT)
        typed = typed_decisions.carried(value.get("q"))
        seat = (
            typed_decisions.enter(self._deciding, click, typed, name=COMMAND)
            if typed
            else self._deciding.for_reseller(click, reseller)
        )
        if isinstance(seat, Message):
            return instead(seat)
        if choice != forms.ONCE:
            state = Registration.BLOCKED if choice == forms.BLOCKED else Registration.REGISTERED
            try:
                self._deciding.approvals.register(seat.approver, reseller, state)
            except LinkUnknownError:
                return instead(hints.not_there("reseller", reseller, seat.reader))
            self._resellers.follow(reseller, seat.approver.account, click.once)
            if state is Registration.BLOCKED or not (typed or "u" in value):
                return instead(answers.registered(reseller, state.value, seat.reader))
        if typed:
            answer = typed_decisions.decide(self._deciding, seat, click, typed, only_this_time=choice == forms.ONCE)
            return instead(self._deciding.said(answer, seat))
        decide = self._deciding.one if "id" in value else self._deciding.all
        answer = decide(seat, click, value, DecisionKind.ACCEPT, only_this_time=choice == forms.ONCE)
        return instead(self._deciding.shown(answer, seat, value))


def metadata_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """What a form carries along: opaque ids, which give no rights."""
    try:
        value = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def instead(answer: Message | View) -> View:
    """An answer in place of the form that was sent."""
    return {"response_action": "update", "view": modal(answer) if isinstance(answer, Message) else answer}
