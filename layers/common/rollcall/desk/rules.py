"""A customer's rules at the desk: shown, set, switched, tried, deleted (row B16)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from rollcall.commands import Command, render
from rollcall.desk.deciding import version_of
from rollcall.desk.pages import page_of
from rollcall.desk.people import fields_of
from rollcall.desk.rule_fields import rule_of
from rollcall.desk.rule_overtaken import as_new, over_that
from rollcall.desk.sent_forms import FieldError, again, instead, metadata_of
from rollcall.permissions import Act, allows
from rollcall.references import reference
from rollcall.rules import MOST_RULES, rule_id
from rollcall.ruling.messages import TRY_RULE
from rollcall.store.transactions import OutOfTimeError
from rollcall.views import approvals
from rollcall.views import rule_forms as forms
from rollcall.views import rules as views
from rollcall.views.message import Message
from rollcall.views.reseller_menus import in_order, reseller_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.desk.approvers import Seat
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding
    from rollcall.desk.turns import Turn
    from rollcall.rules import Rule
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.known_resellers import KnownResellers
    from rollcall.store.queues import Queue
    from rollcall.views.reader import Reader

    View = dict[str, Any]
    Value = Mapping[str, object]

PAGE: Final = 5
QUESTION: Final = render(Command("approvals", "rules"))
_TITLE: Final = "Rule"
_GONE: Final = "This rule is not there, or not any more. Nothing was changed."
_CHANGED: Final = "Somebody changed this rule, or deleted it, since it was shown. Nothing was changed; look again."
_LATE: Final = "This took longer than Slack waits, so it was given up. Do it again: nothing is done twice."


class RuleDesk:
    """Answers what has to do with rules. Rights are those of the moment of the act, whatever a button carries.

    Args:
        deciding: who may, and where rules are kept.
        accounts: registered resellers and colleagues.
        known: which resellers the customer knows.
        jobs: queue of longer work.
    """

    def __init__(self, deciding: Deciding, accounts: AccountsStore, known: KnownResellers, jobs: Queue) -> None:
        self._deciding = deciding
        self._accounts = accounts
        self._known = known
        self._jobs = jobs
        self._rules = deciding.decisions.rules

    def listing(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """A page of them."""
        if reader.is_reseller:
            return approvals.only_customers(reader)
        self._deciding.begin()
        return self._page(reader, render(command), turn.cursor or "", backwards=turn.backwards)

    def form(self, click: Click, value: Value) -> View | Message:
        """The form for a new rule, or for the one that a button names."""
        seat = self._deciding.for_settings(click, value, QUESTION)
        if isinstance(seat, Message):
            return seat
        account, id_ = seat.approver.account, str(value.get("r", ""))
        rule = self._rules.get(account, id_) if id_ else None
        if id_ and rule is None:
            return views.said(seat.reader.say(_GONE), seat.reader)
        named = self._allowed(account, rule)
        if not named:
            told = "A rule names resellers, and none is registered yet: {command}."
            register = seat.reader.usage("approvals resellers")
            return views.said(seat.reader.say(told, command=register), seat.reader)
        ordered = in_order(named, seat.reader)
        carried = forms.metadata(account, rule.id if rule else "", rule.version if rule else 0)
        return forms.rule_form(ordered, seat.reader, carried, rule=rule)

    def resellers(self, click: Click, value: Value, typed: str) -> list[dict[str, Any]]:
        """The resellers to pick from as somebody types; none for who may not set rules.

        Args:
            click: who types.
            value: what the form carries.
            typed: so far.
        """
        seat = self._deciding.for_settings(click, value, QUESTION)
        if isinstance(seat, Message):
            return []
        account, id_ = seat.approver.account, str(value.get("r", ""))
        allowed = self._allowed(account, self._rules.get(account, id_) if id_ else None)
        return reseller_options(typed, in_order(allowed, seat.reader), seat.reader)

    def _allowed(self, account: str, rule: Rule | None) -> set[str]:
        """The resellers that a rule may name: those that are registered, and those that it names already."""
        registered = {one for one, link in self._accounts.links_to(account).items() if link.is_registered}
        return registered | set(rule.resellers if rule else ())

    def submit(self, click: Click, view: Mapping[str, Any]) -> View:
        """Takes a form that was sent; what Slack is to do with it."""
        value = metadata_of(view)
        seat = self._deciding.for_settings(click, value, QUESTION)
        if isinstance(seat, Message):
            return instead(seat, _TITLE)
        account, id_ = seat.approver.account, str(value.get("r", ""))
        old = self._rules.get(account, id_) if id_ else None
        if id_ and old is None:
            return as_new(view, seat)
        allowed = self._allowed(account, old)
        try:
            asked = rule_of(fields_of(view), forms.picked_resellers(view), allowed)
        except FieldError as error:
            return error.answer(seat.reader.say)
        at, by = self._deciding.moment(), seat.approver.by
        if old:
            rule = replace(
                asked,
                id=old.id,
                customer=account,
                on=old.on,
                version=version_of(value),
                by=by,
                at=at,
                made_at=old.made_at,
                day=old.day,
                day_count=old.day_count,
            )
        else:
            once = str(view.get("id") or click.once)
            rule = replace(asked, id=rule_id(account, once), customer=account, by=by, at=at, made_at=at)
            if (there := self._rules.get(account, rule.id)) is not None:  # the same form, sent twice
                return instead(
                    views.trying(there, seat.reader, said=seat.reader.say("The rule is saved, and off.")), _TITLE
                )
            if len(self._rules.of_customer(account)) >= MOST_RULES:
                problem = "Your company has {most} rules, which is the most; delete one first."
                return FieldError(forms.NAME, problem, most=MOST_RULES).answer(seat.reader.say)
        return self._saved(click, view, seat, rule)

    def _saved(self, click: Click, view: Mapping[str, Any], seat: Seat, rule: Rule) -> View:
        stored = self._stored(rule)
        if isinstance(stored, str):
            return self._once_more(view, seat, rule, stored)
        self._try(click, stored)
        told = "The rule is saved, and on: it decides like this now." if stored.on else "The rule is saved, and off."
        return instead(views.trying(stored, seat.reader, said=seat.reader.say(told)), _TITLE)

    def _once_more(self, view: Mapping[str, Any], seat: Seat, rule: Rule, why: str) -> View:
        """The form with what was filled in, and a line that says why it was not taken."""
        say = seat.reader.say
        if why == _LATE:
            return again(view, say(_LATE))
        now = self._rules.get(rule.customer, rule.id)
        if now is None:
            return as_new(view, seat)
        return over_that(view, now, seat)

    def switch(self, click: Click, value: Value) -> Message:
        """Switches a rule on or off; whoever does it answers for it from then on."""
        seat, rule = self._named(click, value)
        if isinstance(seat, Message) or rule is None:
            return seat if isinstance(seat, Message) else views.said(seat.reader.say(_GONE), seat.reader)
        on = value.get("on") == 1
        if rule.on == on and rule.by == seat.approver.by:
            return self._page(seat.reader, QUESTION, "", said=views.switched(rule, seat.reader))
        changed = replace(rule, on=on, by=seat.approver.by, at=self._deciding.moment(), version=version_of(value))
        stored = self._stored(changed)
        if not isinstance(stored, str):
            return self._page(seat.reader, QUESTION, "", said=views.switched(stored, seat.reader))
        return self._page(seat.reader, QUESTION, "", said=seat.reader.say(stored))

    def delete(self, click: Click, value: Value) -> Message:
        """Deletes a rule."""
        seat, rule = self._named(click, value)
        if isinstance(seat, Message) or rule is None:
            return seat if isinstance(seat, Message) else views.said(seat.reader.say(_GONE), seat.reader)
        try:
            gone = rule.version == version_of(value) and self._rules.delete(
                replace(rule, by=seat.approver.by, at=self._deciding.moment())
            )
        except OutOfTimeError:
            return views.said(seat.reader.say(_LATE), seat.reader)
        say = seat.reader.say
        told = views.deleted(rule, say) if gone else say(_CHANGED)
        return self._page(seat.reader, QUESTION, "", said=told)

    def attempt(self, click: Click, value: Value) -> Message:
        """Has a rule tried on what came in the last days."""
        seat, rule = self._named(click, value)
        if isinstance(seat, Message) or rule is None:
            return seat if isinstance(seat, Message) else views.said(seat.reader.say(_GONE), seat.reader)
        self._try(click, rule)
        return views.trying(rule, seat.reader, said=seat.reader.say("The rule is tried; nothing is changed by that."))

    def _stored(self, rule: Rule) -> Rule | str:
        """The rule as it is stored, or why it is not."""
        try:
            return self._rules.save(rule) or _CHANGED
        except OutOfTimeError:
            return _LATE

    def _try(self, click: Click, rule: Rule) -> None:
        person = click.person
        self._jobs.send(
            [
                {
                    "kind": TRY_RULE,
                    "id": reference(click.once, person.key, rule.id),
                    "account": rule.customer,
                    "rule": rule.id,
                    "home_team": person.team,
                    "user": person.user,
                }
            ]
        )

    def _named(self, click: Click, value: Value) -> tuple[Seat, Rule | None] | tuple[Message, None]:
        seat = self._deciding.for_settings(click, value, QUESTION)
        if isinstance(seat, Message):
            return seat, None
        return seat, self._rules.get(seat.approver.account, str(value.get("r") or "-"))

    def _page(self, reader: Reader, question: str, cursor: str, *, backwards: bool = False, said: str = "") -> Message:
        account, now = reader.acting.account, self._deciding.moment()
        rules = self._rules.of_customer(account)
        page = page_of(rules, cursor, backwards=backwards, size=PAGE)
        colleague = self._deciding.approvers.among_colleagues(reader)
        makers = {
            f"person:{one.team}:{one.user}"
            for one in self._accounts.members_of(account)
            if allows(one.role, Act.SET_RULES)
        }
        known: set[str] = set()
        if page.items:
            registered = {one for one, link in self._accounts.links_to(account).items() if link.is_registered}
            known = registered & self._known.known(account, now=now)
        return views.rule_list(
            page, question, colleague, day=now[:10], known=known, makers=makers, cursor=page.before or "", said=said
        )
