"""A notice: something that is to be told of one subject to one audience, unasked.

What it says is kept nowhere. It is drawn from the stored state of its subject whenever it is told, so a message that is
delivered twice, late or out of order still says the truth.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from rollcall.accounts import Person
from rollcall.notice_kinds import NoticeKind
from rollcall.upload_ids import crockford

#: Characters of an id: 80 bits, as of an upload's.
_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    Attributes:
        kind: what it is about.
        subject: the thing itself, by its id.
        account: whose people are told; account id.
        person: whose notice it is, as `Person.key`; empty where it is the account's, or its subject names somebody.
    """

    kind: NoticeKind
    subject: str
    account: str
    person: str = ""

    @property
    def id(self) -> str:
        """The same for the same subject and audience, so that whoever notices first makes the one that counts."""
        parts = (self.kind.value, self.subject, self.account, self.person)
        return "N-" + crockford(hashlib.sha256("\0".join(parts).encode()).digest(), _LENGTH)

    @property
    def addressee(self) -> Person | None:
        """The person whose notice it is."""
        return person_of(self.person)


@dataclass(frozen=True, slots=True)
class Kept:
    """A notice with what is known about its telling.

    Attributes:
        notice: the notice.
        version: how often something was to be told; what is told now covers all of it.
        told_at: when it was told last, epoch seconds; 0 if never.
        due: something has still to be told.
        sweeps: how often the clock had to send it again since it became due.
        note: what the subject's state is where that is kept nowhere else.
        since: when it became due or undelivered, UTC; empty if it is neither.
        trouble: why places refused it, as (place, code).
    """

    notice: Notice
    version: int
    told_at: float = 0.0
    due: bool = False
    sweeps: int = 0
    note: str = ""
    since: str = ""
    trouble: tuple[tuple[str, str], ...] = ()


def person_of(key: str) -> Person | None:
    """The person behind a `Person.key`; None for an empty one."""
    team, _, user = key.partition("#")
    return Person(team, user) if team and user else None


def upload_notice(upload: str, reseller: str) -> Notice:
    """The notice by which a reseller hears of its own upload; who uploaded it stands in the upload."""
    return Notice(NoticeKind.UPLOAD, upload, reseller)


def board_notice(day: str, account: str, person: str = "") -> Notice:
    """The notice that gathers a busy day's uploads.

    Args:
        day: ``YYYY-MM-DD``, UTC.
        account: of the reseller.
        person: whose uploads they are; empty for those of nobody in particular.
    """
    return Notice(NoticeKind.BOARD, day, account, person)


def channel_notice(team: str, channel: str, account: str) -> Notice:
    """The notice by which an account's admins hear that its channel cannot be posted to."""
    return Notice(NoticeKind.CHANNEL, f"{team}#{channel}", account)


def workspace_notice(place: str, account: str) -> Notice:
    """The notice by which an account hears that Rollcall cannot speak in a workspace of its people, or can again."""
    return Notice(NoticeKind.WORKSPACE, place, account)


def approval_notice(upload: str, customer: str) -> Notice:
    """The notice by which a customer hears of its part of an upload, and of what became of it."""
    return Notice(NoticeKind.APPROVAL, upload, customer)


def job_notice(job: str, customer: str, by: str) -> Notice | None:
    """The notice by which somebody hears how far their job is; None where no person began it.

    Args:
        job: job id.
        customer: account id of those for whom it works.
        by: who began it, as a history has it.
    """
    kind, _, rest = by.partition(":")
    team, _, user = rest.partition(":")
    return Notice(NoticeKind.JOB, job, customer, Person(team, user).key) if kind == "person" and user else None


def nudge_notice(upload: str, at: str, customer: str) -> Notice:
    """The notice by which a customer hears that a reseller asks for its decision.

    Args:
        upload: upload id.
        at: when it was asked, UTC; each time is a message of its own, since an edit is not noticed.
        customer: account id.
    """
    return Notice(NoticeKind.NUDGE, f"{upload}#{at}", customer)


def reminder_notice(at: str, customer: str) -> Notice:
    """The notice by which a customer's approvers are reminded of all that waits.

    Args:
        at: when, UTC.
        customer: account id.
    """
    return Notice(NoticeKind.REMINDER, at, customer)


def escalation_notice(at: str, customer: str) -> Notice:
    """The notice by which a customer's admins hear of what waits although its approvers were reminded."""
    return Notice(NoticeKind.ESCALATION, at, customer)


def still_waiting_notice(at: str, customer: str, reseller: str, person: str) -> Notice:
    """The notice by which a reseller hears that a customer has not decided.

    Args:
        at: when it was escalated, UTC.
        customer: account id.
        reseller: account id.
        person: who uploaded, as `Person.key`; empty for nobody in particular.
    """
    return Notice(NoticeKind.STILL_WAITING, f"{customer}#{at}", reseller, person)


def order_notice(order: str, due: str, customer: str) -> Notice:
    """The notice by which a customer hears of devices that are missing of an order when its day is over.

    Args:
        order: order id.
        due: the day, ``YYYY-MM-DD``; another day is told anew.
        customer: account id.
    """
    return Notice(NoticeKind.ORDER, f"{order}#{due}", customer)


def quality_notice(week: str, account: str) -> Notice:
    """The notice by which an account hears how good the uploads of a week were.

    Args:
        week: its Monday, ``YYYY-MM-DD``, UTC.
        account: account id.
    """
    return Notice(NoticeKind.QUALITY, week, account)


def waiting_notice(day: str, customer: str) -> Notice:
    """The notice that gathers what waits of a customer's busy day.

    Args:
        day: ``YYYY-MM-DD``, UTC.
        customer: account id.
    """
    return Notice(NoticeKind.WAITING, day, customer)


def decision_notice(decision: str, reseller: str) -> Notice:
    """The notice by which a reseller hears of a decision on single devices."""
    return Notice(NoticeKind.DECISION, decision, reseller)


def removal_notice(removal: str, account: str, person: str = "") -> Notice:
    """The notice by which somebody hears of devices that are deleted.

    Args:
        removal: job id.
        account: of the reseller who deletes, or of a customer whose devices they were.
        person: who asked for it, as `Person.key`; empty for the customer's.
    """
    return Notice(NoticeKind.REMOVAL, removal, account, person)


def release_notice(removal: str, customer: str) -> Notice:
    """The notice by which a customer is asked to release devices that it has accepted."""
    return Notice(NoticeKind.RELEASE, removal, customer)


def release_reminder_notice(removal: str, number: int, customer: str) -> Notice:
    """The notice by which a customer is reminded of devices that it was asked to release.

    Args:
        removal: id of the job that waits.
        number: 1 or 2; each is said once.
        customer: account id.
    """
    return Notice(NoticeKind.RELEASE_REMINDER, f"{removal}#{number}", customer)


def exchange_notice(exchange: str, reseller: str, person: str) -> Notice:
    """The notice by which somebody hears of the exchange that they began."""
    return Notice(NoticeKind.EXCHANGE, exchange, reseller, person)


def refresh_notice(refresh: str, reseller: str, person: str) -> Notice:
    """The notice by which somebody hears what the registry said of devices that they had it asked about again."""
    return Notice(NoticeKind.REFRESH, refresh, reseller, person)


def healed_notice(refresh: str, customer: str) -> Notice:
    """The notice by which a customer hears of devices that the registry has come to recognise."""
    return Notice(NoticeKind.HEALED, refresh, customer)


def insight_notice(subject: str, account: str) -> Notice:
    """The notice by which a company's admins hear that an operator may read what it has, and why."""
    return Notice(NoticeKind.INSIGHT, subject, account)
