"""Reads how customers' parts of uploads stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.orders import news_of
from rollcall.standing import Standing

if TYPE_CHECKING:
    from rollcall.decided import Record
    from rollcall.orders import OrderNews, Tally
    from rollcall.rules import Ruling
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.decisions import DecisionsStore
    from rollcall.store.parts import Part
    from rollcall.store.uploads import UploadsStore


class Standings:
    """Puts together what is stored of a part in several places.

    Args:
        decisions: what waits, and what was decided.
        uploads: what came.
        accounts: which resellers are registered.
    """

    def __init__(self, decisions: DecisionsStore, uploads: UploadsStore, accounts: AccountsStore) -> None:
        self._decisions = decisions
        self._uploads = uploads
        self._accounts = accounts

    def of(self, upload: str, customer: str) -> Standing | None:
        """How a part stands; None if the customer has none, or while the upload is in progress."""
        part = self._decisions.parts.get(upload, customer)
        whole = self._uploads.get(upload) if part and not part.in_progress else None
        if part is None or whole is None:
            return None
        figures = self._decisions.parts.figures(upload, customer)
        link = self._accounts.link(part.reseller, customer)
        arrived = self._decisions.arrivals.of(upload, customer)
        return Standing(
            pending=self._decisions.parts.pending(part),
            file_name=whole.file_name,
            order_number=whole.order_number,
            uploaded_at=whole.started_at,
            stored=part.stored,
            verified=figures.verified,
            registered=bool(link and link.is_registered),
            blocked=bool(link and link.is_blocked),
            deciding=bool(part.deciding),
            unrecognised=figures.unrecognised,
            removed=figures.removed,
            last=self._last(part),
            automatic=self._automatic(arrived.ruling),
            left=arrived.ruling.left if arrived.ruling else {},
            orders=self._orders(part, arrived.tally),
        )

    def _automatic(self, ruling: Ruling | None) -> tuple[Record, ...]:
        """What rules decided on the part, as it stands now."""
        found = (self._decisions.get(one.decision) for one in (ruling.made if ruling else ()))
        return tuple(record for record in found if record and record.devices)

    def _orders(self, part: Part, tally: Tally | None) -> OrderNews | None:
        """What the part brought of the customer's orders, by their quantities of now."""
        if tally is None:
            return None
        orders, shares = self._decisions.orders.news_of(part.customer, tally.found)
        return news_of(tally, orders, shares, part.upload)

    def _last(self, part: Part) -> Record | None:
        """The decision that was the last on all of the part; of an undo, the one that it took back."""
        if part.whole is None:
            return None
        return self._decisions.get(part.whole.undoes or part.whole.id)
