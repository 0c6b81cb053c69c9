"""How a customer's part of an upload stands: what waits, what was decided, and by whom (rows P21, B6, B7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.decided import Record
    from rollcall.orders import OrderNews
    from rollcall.waiting import PendingPart


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's part of an upload, as it is now.

    Attributes:
        pending: what waits, and as of which version; names the upload, the customer and the reseller.
        file_name: of the upload; ``order_number`` likewise, both may be empty.
        uploaded_at: UTC.
        stored: devices it brought.
        verified: devices that are VERIFIED now.
        registered: the customer has registered the reseller.
        blocked: it has blocked it.
        deciding: a job is deciding on all of it at this moment.
        unrecognised: devices that the manufacturer's registry does not recognise, and that cannot be accepted.
        removed: devices that the reseller has deleted, or taken back with the upload.
        last: the last decision on all of it or on a part by order or model; None if there was none.
        automatic: what rules decided.
        left: why rules left devices to a person: `rules.Hindrance` → devices; empty where none was asked.
        orders: what it brought of the orders that the customer announced; None where it announced none.
    """

    pending: PendingPart
    file_name: str
    order_number: str
    uploaded_at: str
    stored: int
    verified: int
    registered: bool = True
    blocked: bool = False
    deciding: bool = False
    unrecognised: int = 0
    removed: int = 0
    last: Record | None = None
    automatic: tuple[Record, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)
    orders: OrderNews | None = None

    @property
    def upload(self) -> str:
        """Upload id."""
        return self.pending.upload

    @property
    def gone(self) -> int:
        """Devices of which nothing more is to be expected: rejected, or deleted by the reseller."""
        return max(self.stored - self.pending.total - self.verified - self.unrecognised, 0)

    def is_open(self, now: str) -> bool:
        """Whether the last decision can still be taken back.

        Args:
            now: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        """
        return bool(self.last and not self.last.undone and self.last.devices and self.last.decision.until > now)
