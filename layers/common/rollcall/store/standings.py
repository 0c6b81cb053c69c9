"""Reads how customers' parts of uploads stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.standing import Standing

if TYPE_CHECKING:
    from rollcall.decided import Record
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
        )

    def _last(self, part: Part) -> Record | None:
        """The decision that was the last on all of the part; of an undo, the one that it took back."""
        if part.whole is None:
            return None
        return self._decisions.get(part.whole.undoes or part.whole.id)
