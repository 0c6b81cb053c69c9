"""The uploads table: one partition per upload, holding its head, its parts by customer, and its chunks."""

from __future__ import annotations

from typing import Any

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model

HEAD = "head"
CHUNK_PREFIX = "chunk#"
PART_PREFIX = "part#"
DELTA_PREFIX = "delta#"
#: Stands for the decision in the sort key of the item that says how many devices arrived in MPTS_ERROR.
ARRIVAL = "arrival"
AUDIT_PREFIX = "audit#"
#: In the ``outbox`` attribute of a head: in progress.
RUNNING = "running"


def chunk_sort_key(number: int) -> str:
    """Sort key of a chunk; in the order of the file."""
    return f"{CHUNK_PREFIX}{number:06}"


def part_sort_key(customer: str) -> str:
    """Sort key of what one customer sees of an upload."""
    return f"{PART_PREFIX}{customer}"


def checked_sort_key(customer: str) -> str:
    """Sort key of the mark that a check of a file for many customers concerns one; it is in no customer's list."""
    return f"checked#{customer}"


class ByReseller(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call] # pynamodb does not annotate it
    """Heads of a reseller's uploads by the time they were started."""

    class Meta:
        index_name = "by_reseller"
        projection = AllProjection()

    reseller_uploads = UnicodeAttribute(hash_key=True)
    listed_at = UnicodeAttribute(range_key=True)


class ByCustomer(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call] # likewise
    """Parts of uploads that a customer sees, by the time the upload was started."""

    class Meta:
        index_name = "by_customer"
        projection = AllProjection()

    customer_uploads = UnicodeAttribute(hash_key=True)
    listed_at = UnicodeAttribute(range_key=True)


class ByOutbox(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call] # likewise
    """What has still to be told or looked after, by time; everything else is not in it."""

    class Meta:
        index_name = "outbox"
        projection = AllProjection()

    outbox = UnicodeAttribute(hash_key=True)
    outbox_at = UnicodeAttribute(range_key=True)


class HeadItem(Model):
    """What is true of a whole upload; sort key ``head``. JSON attributes hold what is only ever read as a whole.

    Attributes:
        chunks_seen: how many chunks were done when the clock looked last.
        resumed: how often the clock sent it on since it last saw it get on.
        parts_stored: of a file for very many customers: how many of their parts are stored; ``parts_told`` likewise.
        more_versions: objects that came under the reserved key after the one that is its file.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default=HEAD)
    by_reseller = ByReseller()
    reseller_uploads = UnicodeAttribute()
    listed_at = UnicodeAttribute()
    bucket = UnicodeAttribute()
    key = UnicodeAttribute()
    version = UnicodeAttribute()
    reseller = UnicodeAttribute()
    customer = UnicodeAttribute(null=True)
    many = BooleanAttribute()
    file_name = UnicodeAttribute()
    check_only = BooleanAttribute()
    status = UnicodeAttribute()
    uploaded_by = UnicodeAttribute()
    source = UnicodeAttribute()
    order_number = UnicodeAttribute(null=True)
    order_date = UnicodeAttribute(null=True)
    stc = UnicodeAttribute(null=True)
    started_at = UnicodeAttribute()
    reference = UnicodeAttribute()
    finished_at = UnicodeAttribute(null=True)
    chunks = NumberAttribute(null=True)
    planned_rows = NumberAttribute(null=True)
    sha256 = UnicodeAttribute(null=True)
    read_as = JSONAttribute(null=True)
    file_notes = JSONAttribute(null=True)
    fault = JSONAttribute(null=True)
    figures = JSONAttribute(null=True)
    person = UnicodeAttribute(null=True)
    checked = UnicodeAttribute(null=True)
    checked_stored = NumberAttribute(null=True)
    more_versions = UnicodeSetAttribute(null=True)
    # Only while it is in progress, so that the clock finds it if it gets stuck.
    by_outbox = ByOutbox()
    outbox = UnicodeAttribute(null=True)
    outbox_at = UnicodeAttribute(null=True)
    chunks_seen = NumberAttribute(null=True)
    resumed = NumberAttribute(null=True)
    parts_stored = NumberAttribute(null=True)
    parts_told = NumberAttribute(null=True)
    # Only while its file has not come.
    expires = NumberAttribute(null=True)


class OnceItem(Model):
    """What came of something that a person asked for once; pk ``once#<what>``, sort key ``once``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="once")
    uploads = ListAttribute[str]()
    expires = NumberAttribute()


class CheckedItem(Model):
    """Marks that a check concerns a customer; sort key ``checked#<customer>``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)


class PartItem(Model):
    """What one customer sees of an upload; sort key ``part#<customer>``.

    Attributes:
        in_chunks: in which chunks it has devices, as `rollcall.shares.marks` writes them.
        deciding: id of the decision on all of it that is being carried out.
        deciding_until: epoch seconds until which that counts if nothing more is heard of it.
        whole: the last decision on all of it: who, what, when.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    by_customer = ByCustomer()
    customer_uploads = UnicodeAttribute()
    listed_at = UnicodeAttribute()
    customer = UnicodeAttribute()
    reseller = UnicodeAttribute()
    file_name = UnicodeAttribute()
    status = UnicodeAttribute()
    uploaded_by = UnicodeAttribute()
    order_number = UnicodeAttribute(null=True)
    started_at = UnicodeAttribute()
    finished_at = UnicodeAttribute(null=True)
    stored = NumberAttribute()
    refused = NumberAttribute()
    check_only = BooleanAttribute()
    in_chunks = BinaryAttribute(null=True, legacy_encoding=False)
    deciding = UnicodeAttribute(null=True)
    deciding_until = NumberAttribute(null=True)
    whole = JSONAttribute(null=True)


class ChunkItem(Model):
    """Who works on a chunk, and what came of it; sort key ``chunk#000003``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    worker = UnicodeAttribute(null=True)
    lease_until = NumberAttribute(null=True)
    done = BooleanAttribute(null=True)
    outcomes = UnicodeAttribute(null=True)
    figures = JSONAttribute(null=True)


class DeltaItem(Model):
    """By how much one decision changed an upload's figures; sort key ``delta#<customer>#<decision>``.

    Attributes:
        verified: change of the number of VERIFIED devices.
        settled: change of the number of devices that are no longer PENDING.
        removed: devices that are gone by it.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    verified = NumberAttribute()
    settled = NumberAttribute(null=True)
    unrecognised = NumberAttribute(null=True)
    removed = NumberAttribute(null=True)
