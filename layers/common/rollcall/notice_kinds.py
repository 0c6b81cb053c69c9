"""What notices are about."""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about; its subject is read accordingly."""

    #: an upload's progress and result; the subject is the upload id
    UPLOAD = "upload"
    #: a busy day's uploads together; the subject is the day, ``YYYY-MM-DD``, in UTC
    BOARD = "board"
    #: a channel that cannot be posted to; the subject is ``<team>#<channel>``
    CHANNEL = "channel"
    #: a workspace that Rollcall was removed from, or came back to; the subject is its id
    WORKSPACE = "workspace"
    #: a customer's part of an upload, to decide about; the subject is the upload id
    APPROVAL = "approval"
    #: a customer's busy day, what waits of it together; the subject is the day, ``YYYY-MM-DD``, in UTC
    WAITING = "waiting"
    #: a rejection of single devices, to their reseller; the subject is the decision id
    DECISION = "decision"
    #: a job that somebody began, its progress and outcome, to whoever began it; the subject is the job id
    JOB = "job"
    #: devices that a reseller deletes, to whoever asked for it and to each customer; the subject is the job id
    REMOVAL = "removal"
    #: devices that a customer has accepted and may release for deletion; the subject is the id of the job that waits
    RELEASE = "release"
    #: a customer is reminded of such a question; the subject is ``<job id>#<1 or 2>``
    RELEASE_REMINDER = "release_reminder"
    #: devices that the registry is asked about again, to whoever had it asked; the subject is the job id
    REFRESH = "refresh"
    #: devices that the registry recognises now and that wait for their customer; the subject is likewise
    HEALED = "healed"
    #: an exchange of an IMEI, to whoever asked for it; the subject is the id of the exchange
    EXCHANGE = "exchange"
    #: an expected order of which devices are missing when its day is over; the subject is ``<order id>#<day>``
    ORDER = "order"
    #: a reseller asks a customer to decide; the subject is ``<upload id>#<when>``
    NUDGE = "nudge"
    #: all that waits for a customer's decision, to its approvers; the subject is when they are reminded
    REMINDER = "reminder"
    #: the quality of a week's uploads, to a reseller or a customer; the subject is the week's Monday, ``YYYY-MM-DD``
    QUALITY = "quality"
    #: what waits although they were reminded, to the customer's admins; the subject is when that is escalated
    ESCALATION = "escalation"
    #: likewise, to whoever of the reseller uploaded it; the subject is ``<customer>#<when>``
    STILL_WAITING = "still_waiting"
    #: an operator may read what a company has; the subject is ``<when>#<id>``
    INSIGHT = "insight"
