"""Where operators look into a company: for an hour, with a reason, and never without its audit saying so."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from rollcall.account_errors import AccountUnknownError, NotOperatorError
from rollcall.acting import Acting
from rollcall.commands import Hint, render
from rollcall.desk.people import fields_of
from rollcall.desk.sent_forms import instead
from rollcall.desk.visits import scope_of
from rollcall.grammar import parse
from rollcall.insights import LASTS, Insight, guest, hide_unknown, question_of, read_question, read_reason
from rollcall.notices import insight_notice
from rollcall.references import reference
from rollcall.tokens import undress
from rollcall.uploads import utc
from rollcall.views import hints
from rollcall.views import insights as views
from rollcall.views.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.accounts import Customer, Operator, Reseller
    from rollcall.commands import Command
    from rollcall.desk.devices import DeviceDesk
    from rollcall.desk.turns import Turn
    from rollcall.desk.uploads import UploadDesk
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.notices import NoticesStore
    from rollcall.store.upload_lists import UploadLists
    from rollcall.telling.herald import Herald
    from rollcall.views.message import Message

    View = dict[str, Any]

_UNKNOWN: Final = "There is no such company. The list of companies has their ids."
_TOO_SHORT: Final = "Say why, in 10 to 300 characters: the company reads it."


class InsightDesk:
    """Lets operators read what a company has; who asks is an operator already.

    Args:
        accounts: companies, and who looks into them.
        devices: answers questions about devices.
        files: answers questions about uploads.
        lists: finds uploads.
        notices: what the company's admins are told.
        herald: has it told.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        accounts: AccountsStore,
        devices: DeviceDesk,
        files: UploadDesk,
        lists: UploadLists,
        notices: NoticesStore,
        herald: Herald,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._accounts = accounts
        self._devices = devices
        self._files = files
        self._lists = lists
        self._notices = notices
        self._herald = herald
        self._clock = clock
        self._answers: dict[tuple[str, str], Callable[[Reader, Command, Turn], Message]] = {
            ("devices", "find"): devices.find,
            ("devices", "list"): devices.listing,
            ("devices", "history"): devices.timeline,
            ("uploads", "list"): files.listing,
            ("uploads", "open"): files.card,
            ("uploads", "errors"): files.errors,
        }

    def submit(self, operator: Operator, view: Mapping[str, Any]) -> View:
        """Takes the form: begins to look into a company, or says at its fields what is wrong.

        Args:
            operator: who sent it.
            view: the form; its id names what came of it, however often it is sent.
        """
        fields = fields_of(view)
        account = fields.get(views.ACCOUNT, "").strip().upper()
        reason = read_reason(fields.get(views.REASON, ""))
        company = self._company(account)
        if company is None:
            return {"response_action": "errors", "errors": {views.ACCOUNT: _UNKNOWN}}
        if reason is None:
            return {"response_action": "errors", "errors": {views.REASON: _TOO_SHORT}}
        now = self._clock()
        asked = Insight(
            id=reference(str(view["id"]), operator.person.key, account),
            account=account,
            operator=operator.person,
            name=operator.name,
            reason=reason,
            at=self._at(now),
            until=now + LASTS,
        )
        notice = insight_notice(asked.subject, account)
        try:
            insight = self._accounts.begin_insight(
                asked, also=lambda transaction: self._notices.mark_within(transaction, notice, at=asked.at)
            )
        except AccountUnknownError:
            return {"response_action": "errors", "errors": {views.ACCOUNT: _UNKNOWN}}
        except NotOperatorError:
            return instead(hints.not_known())
        # Whoever dies before this leaves a notice that is due, which the clock sends for.
        self._herald.call(insight_notice(insight.subject, account).id)
        return instead(views.begun(insight, company.name))

    def answer(self, operator: Operator, text: str, *, command: str, turn: Turn) -> Message:
        """Answers a question about a company, once its audit says that it was asked.

        Args:
            operator: who asks.
            text: what stood behind the slash command.
            command: the real name of the slash command.
            turn: which page.
        """
        account, question = read_question(text) or ("", "")
        if not account:
            return self._overview(operator, command)
        now = self._clock()
        insight = self._accounts.insight(operator.person, account)
        company = self._company(account) if insight and insight.is_open(now) else None
        if insight is None or company is None:
            return views.not_open(account)
        if not question:
            return views.begun(insight, company.name, command=command)
        return self._look(insight, operator, company, question, command=command, turn=turn)

    def _look(
        self,
        insight: Insight,
        operator: Operator,
        company: Reseller | Customer,
        question: str,
        *,
        command: str,
        turn: Turn,
    ) -> Message:
        behind = f"{command} {question_of(insight.account, '')}"
        asked = parse(question)
        if isinstance(asked, Hint):
            return hints.show_hint(asked, behind)
        ask = self._answers.get((asked.area, asked.word))
        if ask is None or asked.as_account:
            return views.not_reading(insight.account, command=command)
        reader = self._reader(operator, company, behind)
        shown = views.under(insight, ask(reader, asked, turn))
        what = undress(render(replace(asked, ids=hide_unknown(asked, self._known(reader, asked)))))
        if turn.cursor:
            what += ", a further page"
        now = self._clock()
        noted = self._accounts.note_look(insight, what, at=self._at(now), now=now)
        return shown if noted else views.not_open(insight.account)

    def _known(self, reader: Reader, asked: Command) -> set[str]:
        """Those ids of a question that lead to something of the company's."""
        if asked.area == "devices":
            _, unknown = self._devices.look_up(reader, asked.ids)
            return set(asked.ids) - set(unknown)
        return {one for one in asked.ids if self._lists.find(scope_of(reader), one)}

    def _reader(self, operator: Operator, company: Reseller | Customer, command: str) -> Reader:
        """The operator as the least of the company's own people, with the names that those know."""
        member = guest(company.id, operator)
        acting = Acting(member, company.name)
        links = (self._accounts.links_of if acting.is_reseller else self._accounts.links_to)(company.id).values()
        linked = {link.customer if acting.is_reseller else link.reseller for link in links}
        names = {company.id: company.name}
        names |= {one: profile.name for one, profile in self._accounts.resellers(linked).items()}
        names |= {one: profile.name for one, profile in self._accounts.customers(linked).items()}
        return Reader(acting, names, command)

    def _overview(self, operator: Operator, command: str) -> Message:
        now = self._clock()
        found = [one for one in self._accounts.insights_of(operator.person) if one.is_open(now)]
        named = [(one, company.name) for one in found if (company := self._company(one.account))]
        return views.overview(named, command=command)

    def _company(self, account: str) -> Reseller | Customer | None:
        return self._accounts.reseller(account) or self._accounts.customer(account)

    @staticmethod
    def _at(now: float) -> str:
        return utc(datetime.fromtimestamp(now, UTC))
