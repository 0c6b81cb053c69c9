"""A device as it is stored: its identifiers, where it came from, its state and its history."""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.rows import SLOTS
from rollcall.transitions import Act, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rollcall.conflicts import Generation
    from rollcall.identifiers import Identifier
    from rollcall.rows import Row

#: Index partitions per customer, and per customer and order. An index partition takes 1,000 writes a second; four let
#: one upload run at the 4,000 that a new on-demand table starts with.
SHARDS: Final = 4
_LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a device.

    Attributes:
        at: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        act: what was done.
        by: who did it: ``person:<team>:<user>``, ``s3``, ``api:<key name>`` or ``rollcall``.
        status: the state that followed; of a delete, the state that the device had.
        reference: the id under which the logs tell more.
        note: free text such as the reason of a rejection.
        decision: id of the decision, exchange or delete that it was one device's share of; empty for an upload.
    """

    at: str
    act: Act
    by: str
    status: Status
    reference: str
    note: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What all devices of one chunk have in common.

    Attributes:
        reseller: account id.
        upload: upload id.
        chunk: number of the chunk, from 0.
        at: when the upload was started, UTC.
        by: email of the uploader, or ``S3``.
        source: ``s3``, ``slack`` or ``api``.
        stc: sold-to code in force, empty if none.
        reference: the upload's reference id.
    """

    reseller: str
    upload: str
    chunk: int
    at: str
    by: str
    source: str
    stc: str
    reference: str


@dataclass(frozen=True, slots=True)
class Device:
    """A stored device.

    Attributes:
        generation: the row that stored it.
        ids: identifiers by slot; never empty.
        status: its state.
        chunk: number of the upload's chunk it came in.
        version: grows by one with each transition.
        history: oldest first; the first entry is its arrival.
        decision: id of the customer's decision that stands; empty if none does.
        decided_until: until when that can be undone, UTC; empty likewise.
        approval_id: that the customer gave with it.
        before_exchange: while EXCHANGING, the state it goes back to.
        former: typed keys of identifiers that an exchange took from it; they still find it.
        stored_under: the typed key it lies under where an exchange changed its first identifier; empty otherwise.
    """

    generation: Generation
    ids: Mapping[str, Identifier]
    status: Status
    chunk: int
    model: str
    order_number: str
    order_date: str
    tags: tuple[str, ...]
    stc: str
    uploaded_at: str
    uploaded_by: str
    version: int
    history: tuple[HistoryEntry, ...]
    decision: str = ""
    decided_until: str = ""
    approval_id: str = ""
    before_exchange: Status | None = None
    former: tuple[str, ...] = ()
    stored_under: str = ""

    @property
    def primary(self) -> Identifier:
        """The identifier it is shown by: the first slot that is filled. It is stored under that of its arrival."""
        return next(self.identifiers())

    @property
    def id(self) -> str:
        """The typed key it lies under, for as long as it lives."""
        return self.stored_under or self.primary.key

    def own_keys(self) -> tuple[str, ...]:
        """The typed keys of all items that are its own: its id first, then the pointers to it."""
        return tuple(dict.fromkeys((self.id, *(one.key for one in self.identifiers()), *self.former)))

    def identifiers(self) -> Iterator[Identifier]:
        """Its identifiers in the order of the slots; the first is the primary one."""
        return (self.ids[slot] for slot in SLOTS if slot in self.ids)


@dataclass(frozen=True, slots=True)
class ListedDevice:
    """What a list shows of a device, and what a decision on it needs; the indexes carry no more.

    Attributes:
        id: the typed key it lies under.
        generation: its arrival.
        ids: its identifiers by slot.
        status: its state.
        uploaded_at: UTC; ``uploaded_by`` is an email or ``S3``.
    """

    id: str
    generation: Generation
    ids: Mapping[str, Identifier]
    status: Status
    model: str
    order_number: str
    tags: tuple[str, ...]
    uploaded_at: str
    uploaded_by: str


def arrive(row: Row, generation: Generation, arrival: Arrival, status: Status = Status.PENDING) -> Device:
    """The device that a row without faults becomes.

    Args:
        row: the row.
        generation: whose it is.
        arrival: what its chunk has in common.
        status: PENDING, or MPTS_ERROR where the manufacturer's registry does not recognise it.
    """
    return Device(
        generation=generation,
        ids=row.ids,
        status=status,
        chunk=arrival.chunk,
        model=row.model,
        order_number=row.order_number,
        order_date=row.order_date,
        tags=row.tags,
        stc=arrival.stc,
        uploaded_at=arrival.at,
        uploaded_by=arrival.by,
        version=1,
        history=(
            HistoryEntry(at=arrival.at, act=Act.UPLOADED, by=arrival.by, status=status, reference=arrival.reference),
        ),
    )


def shard(primary_key: str) -> int:
    """The index partition of a device, the same whenever it is asked for."""
    return zlib.crc32(primary_key.encode()) % SHARDS


def pending_shard(customer: str, number: int) -> str:
    """Hash key of the index of a customer's pending devices."""
    return f"{customer}#{number}"


def order_shard(customer: str, order_number: str, number: int) -> str:
    """Hash key of the index by order number."""
    return f"{customer}#{order_term(order_number)}#{number}"


def order_term(order_number: str) -> str:
    """An order number as it is compared: case, width and spacing do not matter.

    Long ones are hashed, since a key of an index holds 2,048 bytes at the most.
    """
    folded = " ".join(unicodedata.normalize("NFKC", order_number).casefold().split())
    if len(folded.encode()) > _LONGEST_KEY:
        return "sha256:" + hashlib.sha256(folded.encode()).hexdigest()
    return folded


def place(uploaded_at: str, generation: Generation) -> str:
    """Range key of the pending and order indexes: by upload date, upload and line, so that shards merge in order."""
    return f"{uploaded_at}#{generation.upload}#{generation.line:09}"


def chunk_partition(upload: str, chunk: int) -> str:
    """Hash key of the index by upload: one partition a chunk, so that no partition grows with the file."""
    return f"{upload}#{chunk:06}"
