"""What follows a decision: every message that speaks of its devices is brought up to date, whoever decided where."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.notices import approval_notice, decision_notice, upload_notice
from rollcall.routes import route
from rollcall.telling.news import News
from rollcall.telling.readers import customer_reader, reseller_reader
from rollcall.telling.uploads import uploader_of
from rollcall.uploads import utc
from rollcall.views import approvals as views
from rollcall.views import rejections

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.decided import Record
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.notices import Kept
    from rollcall.store.queues import Queue
    from rollcall.store.standings import Standings
    from rollcall.store.untold import UntoldDecisions
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald

#: People whose open App Home is drawn anew; others see it fresh when they open theirs.
_HOMES: Final = 20


class Tidings:
    """Sends for everything that a decision makes untrue.

    Args:
        decisions: what was decided.
        untold: what has still to be told.
        accounts: whom it concerns.
        herald: has notices told.
        notices: queue of what goes to Slack.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        decisions: DecisionsStore,
        untold: UntoldDecisions,
        accounts: AccountsStore,
        herald: Herald,
        notices: Queue,
        clock: Callable[[], float],
    ) -> None:
        self._decisions = decisions
        self._untold = untold
        self._accounts = accounts
        self._herald = herald
        self._notices = notices
        self._clock = clock

    def announce(self, decision: str) -> None:
        """Has a decision told, or that its window has closed; safe to repeat at any point."""
        record = self._decisions.get(decision)
        if record is None:
            return
        now = utc(datetime.fromtimestamp(self._clock(), UTC))
        customer = record.decision.customer
        for upload, reseller in uploads_of(record):
            self._herald.mark(approval_notice(upload, customer), at=now)
            self._herald.mark(upload_notice(upload, reseller), at=now)
        if record.decision.kind is DecisionKind.REJECT and not record.upload:
            for reseller in record.resellers:
                self._herald.mark(decision_notice(decision, reseller), at=now)
        self._redraw_homes([customer, *record.resellers])
        self._untold.told(record, now=now)

    def freshen(self, upload: str, customer: str) -> None:
        """Has a customer's message brought up to date, since somebody clicked on an old one."""
        now = utc(datetime.fromtimestamp(self._clock(), UTC))
        self._herald.mark(approval_notice(upload, customer), at=now)

    def sweep(self) -> tuple[str, ...]:
        """Tells what was decided and not told, and what has become final; ids of the decisions."""
        now = utc(datetime.fromtimestamp(self._clock(), UTC))
        found = (*self._untold.untold(before=now), *self._untold.closing(before=now))
        for decision in found:
            self.announce(decision)
        return found

    def _redraw_homes(self, accounts: list[str]) -> None:
        people = [member.person for account in accounts for member in self._accounts.members_of(account)]
        self._notices.send(
            [
                {"kind": "home", "team": person.team, "home_team": person.team, "user": person.user}
                for person in list(dict.fromkeys(people))[:_HOMES]
            ]
        )


def uploads_of(record: Record) -> tuple[tuple[str, str], ...]:
    """The uploads whose devices a decision is on, each with its reseller; none of a list that a job works through."""
    if record.upload and record.resellers:
        return ((record.upload, record.resellers[0]),)
    born = (target.generation for target in record.targets)
    return tuple(dict.fromkeys((one.upload, one.reseller) for one in born if one))


class ApprovalNews:
    """Knows what to tell a customer about its part of an upload.

    Args:
        standings: how it stands.
        accounts: who is to be told.
        clock: epoch seconds.
    """

    def __init__(self, standings: Standings, accounts: AccountsStore, clock: Callable[[], float]) -> None:
        self._standings = standings
        self._accounts = accounts
        self._clock = clock

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """What was decided is told at once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell; None while the upload is in progress."""
        account = kept.notice.account
        standing = self._standings.of(kept.notice.subject, account)
        if standing is None or not standing.stored:
            return None
        now = utc(datetime.fromtimestamp(self._clock(), UTC))
        customer = self._accounts.customer(account)
        reader = customer_reader(self._accounts, account, [standing.pending.reseller])
        return News(
            stops=route(None, customer.notify if customer else None, self._accounts.members_of(account)),
            draw=lambda _place, _as_of: views.upload_message(standing, reader, now=now),
            state="waiting" if standing.pending.total else "decided",
        )


class RejectionNews:
    """Knows what to tell a reseller about a rejection of single devices.

    Args:
        decisions: what was decided.
        uploads: whose devices these were.
        accounts: who is to be told.
        clock: epoch seconds.
    """

    def __init__(
        self, decisions: DecisionsStore, uploads: UploadsStore, accounts: AccountsStore, clock: Callable[[], float]
    ) -> None:
        self._decisions = decisions
        self._uploads = uploads
        self._accounts = accounts
        self._clock = clock

    def settled(self, kept: Kept) -> bool:  # noqa: ARG002 - every source is asked alike
        """What was decided is told at once."""
        return True

    def news(self, kept: Kept) -> News | None:
        """What there is to tell."""
        record = self._decisions.get(kept.notice.subject)
        if record is None:
            return None
        account = kept.notice.account
        now = utc(datetime.fromtimestamp(self._clock(), UTC))
        members = self._accounts.members_of(account)
        reseller = self._accounts.reseller(account)
        own = [target for target in record.targets if target.generation and target.generation.reseller == account]
        first = next((target.generation for target in own if target.generation), None)
        upload = self._uploads.get(first.upload) if first else None
        reader = reseller_reader(
            self._accounts, account, [record.decision.customer], people_of=[record.decision.customer]
        )
        return News(
            stops=route(
                uploader_of(upload, members) if upload else None, reseller.notify if reseller else None, members
            ),
            draw=lambda _place, _as_of: rejections.message(record, own, reader, now=now),
            state="undone" if record.undone else "rejected",
        )
