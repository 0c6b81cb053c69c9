"""Who removes, and which uploads they may take back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault
from rollcall.permissions import Act, allows
from rollcall.uploads import UploadStatus, utc

if TYPE_CHECKING:
    from datetime import datetime

    from rollcall.accounts import Role
    from rollcall.uploads import Upload

_OWN_UPLOAD: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Remover:
    """Who removes, as the stored membership or key has it at this moment.

    Attributes:
        account: reseller id.
        role: in it.
        by: ``person:<team>:<user>`` or ``api:<key name>``.
        person: as `Person.key`; empty for a key.
        email: of the person, by which uploads through S3 name their uploader; may be empty.
    """

    account: str
    role: Role
    by: str
    person: str = ""
    email: str = ""


def undo_fault(remover: Remover, upload: Upload, *, now: datetime) -> Fault | None:  # noqa: PLR0911 - one for each reason
    """Why somebody may not take an upload back, or there is nothing to; None if they may."""
    if upload.reseller != remover.account:
        return Fault("NOT_FOUND", value=upload.id)
    if not allows(remover.role, Act.UNDO_OWN_UPLOAD):
        return Fault("DECISION_NOT_ALLOWED")
    if upload.status is UploadStatus.IN_PROGRESS:
        return Fault("UPLOAD_IN_PROGRESS")
    if upload.check_only or not upload.figures.rows.stored:
        return Fault("UPLOAD_STORED_NOTHING")
    if allows(remover.role, Act.UNDO_ANY_UPLOAD):
        return None
    mine, named = (remover.person, upload.person) if upload.person else (remover.email, upload.uploaded_by)
    if not mine or mine != named:
        return Fault("UPLOAD_OF_OTHERS")
    return Fault("UPLOAD_TOO_OLD") if upload.started_at < utc(now - _OWN_UPLOAD) else None
