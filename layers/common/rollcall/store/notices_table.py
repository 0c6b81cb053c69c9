"""Notices in the uploads table: what is still to be told, and where each copy of it was posted."""

from __future__ import annotations

from typing import Final

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.models import Model

from rollcall.store.uploads_table import ByOutbox

NOTICE: Final = "notice"
COPY_PREFIX: Final = "copy#"
LINE_PREFIX: Final = "line#"
DAY: Final = "day"
#: In the ``outbox`` attribute: still to be told; could not be told to anybody.
DUE: Final = "due"
UNDELIVERED: Final = "undelivered"


def notice_pk(notice: str) -> str:
    """Partition of a notice and all its copies."""
    return f"notice#{notice}"


class NoticeItem(Model):
    """A notice; sort key ``notice``.

    Attributes:
        version: how often something about its subject was to be told.
        version_told: the version that was told last.
        told_at: when, epoch seconds.
        redraw_at: a message that will tell it again is under way until then, epoch seconds.
        worker: who tells it now, until ``lease_until``.
        sweeps: how often the clock had to send it again since it became due.
        trouble: why the places it was tried at refused it: list of [place, code].
        note: what the subject's state is where that is kept nowhere else.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=NOTICE)
    by_outbox = ByOutbox()
    outbox = UnicodeAttribute(null=True)
    outbox_at = UnicodeAttribute(null=True)
    kind = UnicodeAttribute()
    subject = UnicodeAttribute()
    account = UnicodeAttribute()
    person = UnicodeAttribute(null=True)
    version = NumberAttribute()
    version_told = NumberAttribute(null=True)
    told_at = NumberAttribute(null=True)
    redraw_at = NumberAttribute(null=True)
    worker = UnicodeAttribute(null=True)
    lease_until = NumberAttribute(null=True)
    sweeps = NumberAttribute(null=True)
    trouble = JSONAttribute(null=True)
    note = UnicodeAttribute(null=True)
    expires = NumberAttribute(null=True)


class PostItem(Model):
    """One posted message; sort key ``copy#<team>#<user or channel>``, with ``#<part>`` behind it for a reply.

    Attributes:
        channel: where it was posted: of a DM the channel and not the user.
        ts: Slack's id of it; None before it is known.
        posting_since: a post was begun then, epoch seconds, and nobody knows yet how it ended.
        digest: of what it says now.
        first: what the subject's state was when it was posted.
        shape: how much of a message the workspace takes.
        refused: Slack's code, if the place takes no message; ``refused_version`` is the version that was tried.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    team = UnicodeAttribute()
    name = UnicodeAttribute()
    kind = UnicodeAttribute()
    channel = UnicodeAttribute(null=True)
    ts = UnicodeAttribute(null=True)
    posting_since = NumberAttribute(null=True)
    digest = UnicodeAttribute(null=True)
    first = UnicodeAttribute(null=True)
    shape = UnicodeAttribute(null=True)
    refused = UnicodeAttribute(null=True)
    refused_version = NumberAttribute(null=True)
    expires = NumberAttribute(null=True)


class DayItem(Model):
    """How many messages of their own a day's uploads have; sort key ``day`` in the partition of the day's board.

    Attributes:
        own: notices of the first uploads of the day.
        failed: notices of uploads that failed after these.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=DAY)
    own = UnicodeSetAttribute(null=True)
    failed = UnicodeSetAttribute(null=True)
    expires = NumberAttribute(null=True)


class LineItem(Model):
    """An upload on a board; sort key ``line#<started at>#<upload>``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    upload = UnicodeAttribute()
    expires = NumberAttribute(null=True)
