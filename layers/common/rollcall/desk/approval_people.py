"""Who can decide on an upload, and a reseller that asks them to (rows B6, B15)."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from rollcall.accounts import CustomerRole, ResellerRole
from rollcall.acting import Stranger, Undecided
from rollcall.notices import nudge_notice
from rollcall.nudges import MOST, ROLLCALL, Nudged
from rollcall.permissions import Act, allows
from rollcall.reminders import asked_lately
from rollcall.store.transactions import OutOfTimeError
from rollcall.uploads import UploadStatus
from rollcall.views import decision_answers as answers
from rollcall.views import hints
from rollcall.views import nudges as views
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.accounts import Member, Person
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding
    from rollcall.desk.visits import Visits
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.nudges import NudgesStore
    from rollcall.store.reminders import RemindersStore
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald
    from rollcall.uploads import Upload
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

    Value = Mapping[str, object]

#: Customers whose approvers one answer names.
_CUSTOMERS: Final = 5


class ApprovalPeople:
    """Answers who can decide, and asks them.

    Args:
        deciding: knows what waits.
        visits: who asks.
        accounts: companies and people.
        uploads: whose an upload is.
        nudges: who was asked when.
        books: who was reminded when.
        herald: has it told.
    """

    def __init__(
        self,
        *,
        deciding: Deciding,
        visits: Visits,
        accounts: AccountsStore,
        uploads: UploadsStore,
        nudges: NudgesStore,
        books: RemindersStore,
        herald: Herald,
    ) -> None:
        self._deciding = deciding
        self._visits = visits
        self._accounts = accounts
        self._uploads = uploads
        self._nudges = nudges
        self._books = books
        self._herald = herald

    def who(self, click: Click, value: Value) -> Message:
        """Who can decide on an upload, or on one customer's part of it, to people of either side."""
        upload = self._upload(value)
        for member in self._accounts.memberships(click.person):
            customers = self._customers(upload, member, str(value.get("c", ""))) if upload else ()
            reader = self._reader(click.person, member) if upload and customers else None
            if upload and reader:
                named = customers[:_CUSTOMERS]
                able = {customer: self._approvers(customer) for customer in named}
                return views.who(upload.id, able, len(customers) - len(named), reader)
        return self._unknown(click.person, value)

    def nudge(self, click: Click, value: Value) -> Message:
        """Asks the customers of an upload in which something waits, each once a day."""
        self._deciding.begin()
        upload = self._upload(value)
        members = self._accounts.memberships(click.person)
        member = next((one for one in members if upload and _is_of(one, upload)), None)
        reader = self._reader(click.person, member) if member else None
        if upload is None or member is None or reader is None:
            return self._unknown(click.person, value)
        if not allows(member.role, Act.UPLOAD):
            return hints.not_allowed(Act.UPLOAD, reader)
        by = f"person:{member.team}:{member.user}"
        try:
            customers = islice(self._uploads.customers_of(upload), MOST)
            nudged = [one for customer in customers if (one := self._ask(upload, customer, by, click.once))]
        except OutOfTimeError:
            return answers.out_of_time(reader)
        return views.answer(upload.id, nudged, self._among_colleagues(reader))

    def _ask(self, upload: Upload, customer: str, by: str, once: str) -> Nudged | None:
        part = self._deciding.decisions.parts.get(upload.id, customer)
        link = self._accounts.link(upload.reseller, customer)
        if part is None or link is None or link.is_blocked:
            return None
        waiting = part.stored - self._deciding.decisions.parts.figures(upload.id, customer).settled
        if waiting <= 0:
            return None
        now = self._deciding.moment()
        reminded = asked_lately(self._books.get(customer), upload.id, datetime.fromisoformat(now))
        if reminded:
            return Nudged(customer, waiting, asked=False, at=reminded, by=ROLLCALL)
        notice = nudge_notice(upload.id, now, customer)
        nudged = self._nudges.ask(upload.id, notice, by=by, once=once, now=now, waiting=waiting)
        if nudged.asked:
            self._herald.call(nudge_notice(upload.id, nudged.at, customer).id)
        return nudged

    def _upload(self, value: Value) -> Upload | None:
        asked = str(value.get("u", ""))
        upload = self._uploads.get(asked) if asked else None
        is_over = upload and upload.status not in (UploadStatus.IN_PROGRESS, UploadStatus.AWAITING_FILE)
        return upload if is_over and not (upload and upload.check_only) else None

    def _customers(self, upload: Upload, member: Member, named: str) -> Sequence[str]:
        """Whose decision it is, as far as a member may know."""
        if isinstance(member.role, CustomerRole):
            mine = self._deciding.decisions.parts.get(upload.id, member.account)
            return (member.account,) if mine else ()
        customers = self._uploads.customers_of(upload) if _is_of(member, upload) else ()
        return [one for one in customers if named in ("", one)]

    def _approvers(self, customer: str) -> tuple[Member, ...]:
        return tuple(one for one in self._accounts.members_of(customer) if allows(one.role, Act.DECIDE))

    def _reader(self, person: Person, member: Member) -> Reader | None:
        who = self._visits.who(person, named=member.account, command=COMMAND)
        return None if isinstance(who, Stranger | Undecided) else who

    def _among_colleagues(self, reader: Reader) -> Reader:
        return self._deciding.approvers.among_colleagues(reader)

    def _unknown(self, person: Person, value: Value) -> Message:
        """The same whether there is no such upload or it is another company's."""
        who = self._visits.who(person, command=COMMAND)
        if isinstance(who, Stranger | Undecided):
            return answers.only_approvers(self._visits.say_to(who))
        return hints.not_there("upload", str(value.get("u", "")), who)


def _is_of(member: Member, upload: Upload) -> bool:
    return isinstance(member.role, ResellerRole) and member.account == upload.reseller
