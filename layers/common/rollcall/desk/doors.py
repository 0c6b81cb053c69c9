"""Whom a decision lets in: the person behind a click, as an approver of the customer whose thing it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.views import decision_answers, hints
from rollcall.views.message import Message
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.desk.approvers import Approvers, Seat
    from rollcall.desk.clicks import Click
    from rollcall.standing import Standing
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.deadlines import Deadline
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.standings import Standings

    Value = Mapping[str, object]

#: Seconds that a decision may take: Slack stops waiting after three, but what is decided is told all the same.
_SECONDS: Final = 4.5


class Doors:
    """Lets people in by what they clicked on.

    Attributes:
        approvers: who may decide.
        decisions: what was decided.
        standings: how uploads stand.

    Args:
        approvers: likewise, and the two that follow.
        decisions: see there.
        standings: see there.
        accounts: which resellers reach which customers.
        deadline: of the request that is being answered.
    """

    def __init__(
        self,
        approvers: Approvers,
        decisions: DecisionsStore,
        standings: Standings,
        accounts: AccountsStore,
        deadline: Deadline,
    ) -> None:
        self.approvers = approvers
        self.decisions = decisions
        self.standings = standings
        self._accounts = accounts
        self._deadline = deadline

    def seconds_left(self) -> float:
        """How long the request that is being answered may still take."""
        return self._deadline.left()

    def begin(self) -> None:
        """A request begins."""
        self._deadline.start(_SECONDS)

    def for_upload(self, click: Click, value: Value) -> tuple[Seat | Message, Standing | None]:
        """The person as an approver of a part of an upload, and how it stands; None while it is in progress."""
        self.begin()
        upload = str(value.get("u", ""))
        seat = self.approvers.enter(click.person, self._has_part_of(upload), what="upload", asked=upload)
        return (seat, None) if isinstance(seat, Message) else (seat, self.standings.of(upload, seat.approver.account))

    def for_device(self, click: Click, value: Value) -> Seat | Message:
        """The person as an approver of the customer that a device was for when it was shown."""
        self.begin()
        asked = str(value.get("id", ""))
        has_part = self._has_part_of(str(value.get("u", "")))
        return self.approvers.enter(click.person, has_part, what="device", asked=asked.partition("#")[2] or asked)

    def for_reseller(self, click: Click, reseller: str) -> Seat | Message:
        """The person as an approver of a customer that a reseller reaches."""
        self.begin()
        return self.approvers.enter(
            click.person,
            lambda account: bool(reseller) and self._accounts.link(reseller, account) is not None,
            what="reseller",
            asked=reseller,
        )

    def for_settings(self, click: Click, value: Value, question: str) -> Seat | Message:
        """The person as somebody who sets rules and orders for the account that a button or form names.

        Args:
            click: who clicked.
            value: what the button or form carries.
            question: the command that shows what is set.
        """
        self.begin()
        named = str(value.get("a") or "-")
        reader = self.approvers.read(click.person, named=named, question=question, command=COMMAND)
        if isinstance(reader, Message):
            return reader
        if reader.is_reseller:
            return decision_answers.only_approvers(reader.say)
        if not allows(reader.acting.member.role, Act.SET_RULES):
            return hints.not_allowed(Act.SET_RULES, reader)
        return self.approvers.admit(reader)

    def _has_part_of(self, upload: str) -> Callable[[str], bool]:
        return lambda account: bool(upload) and self.decisions.parts.get(upload, account) is not None
