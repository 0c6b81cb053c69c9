"""Decisions at the desk: what waits, and what becomes of a click, a command or a form (rows P21 to P26, B6, B7, B9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from rollcall.desk.approval_clicks import ApprovalClicks
from rollcall.desk.approval_lists import ApprovalLists
from rollcall.desk.approval_submits import ApprovalSubmits
from rollcall.desk.deciding import Deciding
from rollcall.store.upload_lists import UploadLists

if TYPE_CHECKING:
    from rollcall.settings import Settings


@dataclass(frozen=True, slots=True)
class ApprovalDesk:
    """All that has to do with decisions.

    Attributes:
        lists: questions.
        clicks: decisions at the click, and the forms that some open.
        submits: forms that were sent.
    """

    lists: ApprovalLists
    clicks: ApprovalClicks
    submits: ApprovalSubmits

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The desk on a stack's tables and queues."""
        deciding = Deciding.from_settings(settings)
        return cls(
            lists=ApprovalLists(deciding, UploadLists(settings.uploads_table)),
            clicks=ApprovalClicks(deciding),
            submits=ApprovalSubmits(deciding),
        )
