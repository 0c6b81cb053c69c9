"""What each customer has of an upload; counted row by row, and kept beside the upload, since customers may be many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rollcall.transitions import Status
from rollcall.uploads import UNKNOWN_CUSTOMER, Split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rollcall.chunks import Outcome
    from rollcall.uploads import Upload


@dataclass(frozen=True, slots=True)
class Share:
    """What one customer has of an upload.

    Attributes:
        customer: account id; `UNKNOWN_CUSTOMER` for the rows whose customer could not be told.
        rows: by outcome.
        unrecognised: devices that arrived in MPTS_ERROR.
        chunks: in which it has devices, as `marks` writes them.
        by_code: fault code → refused rows that have it.
    """

    customer: str
    rows: Split
    unrecognised: int = 0
    chunks: bytes = b""
    by_code: Mapping[str, int] = field(default_factory=dict)

    @property
    def has_devices(self) -> bool:
        """Whether there is a customer to whom the upload brought something."""
        return bool(self.rows.stored and self.customer and self.customer != UNKNOWN_CUSTOMER)


class Tally:
    """Counts the rows of an upload by customer.

    Args:
        upload: whose rows they are. In a file for one customer each row is that customer's.
    """

    def __init__(self, upload: Upload) -> None:
        self._only = None if upload.many else upload.customer or UNKNOWN_CUSTOMER
        self._counts: dict[str, list[int]] = {}
        self._codes: dict[str, Counter[str]] = {}

    def add(self, chunk: int, outcome: Outcome) -> None:
        """Counts one row.

        Args:
            chunk: number of the chunk in which it is.
            outcome: what became of it.
        """
        customer = self._only or outcome.customer or UNKNOWN_CUSTOMER
        counts = self._counts.setdefault(customer, [0, 0, 0, 0])
        if outcome.stored:
            counts[0] += 1
            counts[2] += outcome.status == Status.MPTS_ERROR
            counts[3] |= 1 << chunk
        else:
            counts[1] += 1
            self._codes.setdefault(customer, Counter()).update({fault.code for fault in outcome.faults})

    def shares(self) -> tuple[Share, ...]:
        """What was counted, by customer id."""
        return tuple(
            Share(customer, Split(stored, refused), unrecognised, _bytes(chunks), self._codes.get(customer, {}))
            for customer, (stored, refused, unrecognised, chunks) in sorted(self._counts.items())
        )


def merged(shares: Iterable[Share]) -> tuple[Share, ...]:
    """What was counted of different chunks of one upload, as one count of all would have it."""
    found: dict[str, Share] = {}
    for share in shares:
        before = found.get(share.customer)
        found[share.customer] = share if before is None else _sum(before, share)
    return tuple(found[customer] for customer in sorted(found))


def marks(numbers: Iterable[int]) -> bytes:
    """Numbers of chunks as bits, the lowest first: a million rows in chunks of 2,000 take 63 bytes."""
    return _bytes(sum({1 << number for number in numbers}))


def marked(chunks: bytes) -> tuple[int, ...]:
    """The way back, ascending."""
    return tuple(8 * place + bit for place, byte in enumerate(chunks) for bit in range(8) if byte >> bit & 1)


def share_to_json(share: Share) -> list[Any]:
    """A share as a JSON value."""
    rows = share.rows
    return [
        share.customer,
        rows.stored,
        rows.refused,
        share.unrecognised,
        share.chunks.hex(),
        dict(sorted(share.by_code.items())),
    ]


def share_from_json(raw: Sequence[Any]) -> Share:
    """The way back."""
    customer, stored, refused, unrecognised, chunks, *more = raw
    return Share(customer, Split(stored, refused), unrecognised, bytes.fromhex(chunks), *more)


def _sum(one: Share, other: Share) -> Share:
    return Share(
        one.customer,
        Split(one.rows.stored + other.rows.stored, one.rows.refused + other.rows.refused),
        one.unrecognised + other.unrecognised,
        _bytes(int.from_bytes(one.chunks, "little") | int.from_bytes(other.chunks, "little")),
        dict(Counter(one.by_code) + Counter(other.by_code)),
    )


def _bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
