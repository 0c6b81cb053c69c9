"""Decisions at the desk: what waits, and what becomes of a click, a command or a form (rows P21 to P25, B6, B7, B9)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Self

from rollcall.account_errors import LinkUnknownError
from rollcall.accounts import Registration
from rollcall.approvals import NeedsRegistration, Wish
from rollcall.commands import Command, render
from rollcall.cursors import CursorError
from rollcall.decided import Outcome, Settled
from rollcall.decisions import Decision, DecisionKind, Target, Verdict, judge
from rollcall.desk.deciding import Deciding, target_of
from rollcall.desk.turns import start_of
from rollcall.desk.uploads import uploads_of
from rollcall.desk.visits import scope_of
from rollcall.identifiers import candidates
from rollcall.queries import DeviceQuery, Page
from rollcall.store.upload_lists import UploadLists
from rollcall.telling.decisions import uploads_of as uploads_decided
from rollcall.transitions import Status
from rollcall.views import approval_forms as forms
from rollcall.views import approvals as views
from rollcall.views import decision_answers as answers
from rollcall.views import hints
from rollcall.views.message import Message
from rollcall.views.modals import modal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.desk.clicks import Click
    from rollcall.desk.turns import Turn
    from rollcall.settings import Settings
    from rollcall.views.reader import Reader

    View = dict[str, Any]
    Value = Mapping[str, object]

#: Uploads that a page of what waits looks through.
PAGE: Final = 10
_KINDS: Final = {"accept": DecisionKind.ACCEPT, "reject": DecisionKind.REJECT}


class ApprovalDesk:
    """Answers what has to do with decisions.

    Args:
        deciding: takes them.
        lists: a customer's uploads.
    """

    def __init__(self, deciding: Deciding, lists: UploadLists) -> None:
        self._deciding = deciding
        self._lists = lists

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables and queues."""
        return cls(Deciding.from_settings(settings), UploadLists(settings.uploads_table))

    # -- questions ---------------------------------------------------------------------------------------------------

    def listing(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """What waits, by reseller and upload (row P21)."""
        if reader.is_reseller:
            return views.only_customers(reader)
        question, now = render(command), self._deciding.moment()
        try:
            page = uploads_of(self._lists, scope_of(reader), size=PAGE, cursor=turn.cursor, backwards=turn.backwards)
        except CursorError:
            return hints.expired(question, reader.command)
        lines = [line for line in page.items if line.stored and not line.check_only]
        found = [self._deciding.standings.of(line.id, reader.acting.account) for line in lines]
        shown = tuple(one for one in found if one and (one.pending.total or one.is_open(now)))
        waiting = Page(shown, first=1 if shown else 0, before=page.before, after=page.after)
        colleague = self._deciding.approvers.among_colleagues(reader)
        return views.pending_list(waiting, question, colleague, now=now, cursor=start_of(page))

    @staticmethod
    def elsewhere(reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG004 - every answer is asked for alike
        """A decision that was typed where none is taken, such as in a message."""
        return views.typed_elsewhere(reader, render(command))

    @staticmethod
    def review(value: Value) -> str:
        """The question that lists what waits of an upload, one device after the other."""
        query = DeviceQuery(upload=str(value.get("u", "")), status=Status.PENDING)
        return render(Command("devices", "list", query=query))

    # -- clicks ------------------------------------------------------------------------------------------------------

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
        seat = self._deciding.for_device(click, value)
        if isinstance(seat, Message):
            return seat
        target, now = target_of(value, seat), self._deciding.moment()
        device = self._deciding.decisions.changes.read([target.key]).get(target.key)
        would = Decision("-", DecisionKind.REJECT, seat.approver.account, seat.approver.by, now)
        judgement = judge(device, would, target.generation)
        if device is None or judgement.verdict is not Verdict.APPLY:
            self._deciding.freshen(str(value.get("u", "")), seat)
            refused = Settled(target, fault=judgement.fault, entry=judgement.entry)
            return answers.decided(would, Outcome((refused,)), seat.reader, now=now)
        shown = {name: value[name] for name in ("id", "r", "u", "l")}
        return forms.reject_device_form(
            device, shown, seat.reader, until=self._deciding.until(1, seat.approver.account)
        )

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
        for upload, _ in uploads_decided(record) if record else ():
            self._deciding.freshen(upload, seat)
        return self._deciding.said(answer, seat)

    def register(self, click: Click, value: Value) -> Message | View:
        """Opens the form that asks what to do about a reseller (row P24)."""
        reseller = str(value.get("r", ""))
        seat = self._deciding.for_reseller(click, reseller)
        return seat if isinstance(seat, Message) else forms.register_form(reseller, {}, seat.reader)

    # -- commands ----------------------------------------------------------------------------------------------------

    def typed(self, click: Click, command: Command, *, name: str) -> Message:
        """Accepts or rejects devices that were typed (rows P22, P23, P25, B9).

        Args:
            click: who typed, and once.
            command: what.
            name: the real name of the slash command.
        """
        self._deciding.begin()
        approvers = self._deciding.approvers
        reader = approvers.read(click.person, named=command.as_account, question="approvals list", command=name)
        seat = reader if isinstance(reader, Message) else approvers.admit(reader)
        if isinstance(seat, Message):
            return seat
        kind, reason = _KINDS[command.word], command.options.get("reason", "")
        problem = forms.reason_problem(reason) if kind is DecisionKind.REJECT else ""
        if problem:
            example = Command("approvals", "reject", ids=command.ids[:1], options={"reason": "not ordered"})
            return answers.needs_reason(problem, render(example), seat.reader)
        approval_id = command.options.get("approval", "")
        wish = Wish(click.once, kind, reason=reason, approval_id=approval_id, reference=click.reference)
        answer = self._deciding.tried(
            lambda: self._deciding.approvals.decide(seat.approver, self._targets(command.ids), wish)
        )
        if isinstance(answer, NeedsRegistration):
            return answers.unregistered(answer.reseller, seat.reader)
        return self._deciding.said(answer, seat)

    def _targets(self, ids: Sequence[str]) -> list[Target]:
        """The devices that identifiers as typed mean; one that means none is asked for as it stands."""
        keys = {text: [one.key for one in candidates(text)] or [f"?#{text}"] for text in ids}
        found = self._deciding.decisions.changes.read(key for some in keys.values() for key in some)
        return [Target(next((key for key in some if key in found), some[0])) for some in keys.values()]

    # -- forms -------------------------------------------------------------------------------------------------------

    def submit(self, click: Click, view: Mapping[str, Any], kind: DecisionKind) -> View:  # noqa: PLR0911 - one answer for each way it can go
        """Takes a form; what Slack is to do with it."""
        value = _metadata(view)
        reason = forms.choice(view, forms.REASON) if kind is DecisionKind.REJECT else ""
        if kind is DecisionKind.REJECT and (problem := forms.reason_problem(reason)):
            return {"response_action": "errors", "errors": {forms.REASON: problem}}
        if "id" in value:
            seat = self._deciding.for_device(click, value)
            if isinstance(seat, Message):
                return _instead(seat)
            answer = self._deciding.one(seat, click, value, kind, reason=reason)
            return _instead(self._deciding.shown(answer, seat, value))
        seat, standing = self._deciding.for_upload(click, value)
        if isinstance(seat, Message):
            return _instead(seat)
        if standing is None:
            return _instead(hints.not_there("upload", str(value.get("u", "")), seat.reader))
        if outdated := self._deciding.outdated(standing, value, seat):
            return _instead(outdated)
        order, model = forms.selection_of(standing, forms.choice(view, forms.WHICH))
        part: Value = {**value, "o": order, "m": model}
        answer = self._deciding.all(seat, click, part, kind, reason=reason)
        return _instead(self._deciding.shown(answer, seat, part))

    def submit_registration(self, click: Click, view: Mapping[str, Any]) -> View:
        """Takes what shall happen about a reseller, and goes on with what was to be accepted (row P24)."""
        value = _metadata(view)
        reseller, choice = str(value.get("r", "")), forms.choice(view, forms.WHAT)
        seat = self._deciding.for_reseller(click, reseller)
        if isinstance(seat, Message):
            return _instead(seat)
        if choice != forms.ONCE:
            state = Registration.BLOCKED if choice == forms.BLOCKED else Registration.REGISTERED
            try:
                self._deciding.approvals.register(seat.approver, reseller, state)
            except LinkUnknownError:
                return _instead(hints.not_there("reseller", reseller, seat.reader))
            self._deciding.freshen(str(value["u"]), seat) if "u" in value else None
            if state is Registration.BLOCKED or "u" not in value:
                return _instead(answers.registered(reseller, state.value, seat.reader))
        decide = self._deciding.one if "id" in value else self._deciding.all
        answer = decide(seat, click, value, DecisionKind.ACCEPT, only_this_time=choice == forms.ONCE)
        return _instead(self._deciding.shown(answer, seat, value))


def _metadata(view: Mapping[str, Any]) -> dict[str, Any]:
    try:
        value = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _instead(answer: Message | View) -> View:
    """An answer in place of the form that was sent."""
    return {"response_action": "update", "view": modal(answer) if isinstance(answer, Message) else answer}
