"""How an upload begins: a new object is the file of one that was reserved, one of its own, or one too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rollcall import layout, upload_ids
from rollcall.errors import Fault
from rollcall.permissions import Act, allows
from rollcall.uploads import Upload, UploadStatus, utc

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.accounts import Reseller
    from rollcall.notifications import NewObject
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.objects import ObjectFacts
    from rollcall.store.uploads import UploadsStore


@dataclass(frozen=True, slots=True)
class Begun:
    """The upload that a new object belongs to.

    Attributes:
        upload: as it is stored now.
        fault: what is wrong with the object's place or metadata; None if nothing.
        too_many: the object came under a reserved key after the upload's own file, and is not read.
    """

    upload: Upload
    fault: Fault | None = None
    too_many: bool = False


class Beginnings:
    """Finds or stores the uploads of new objects.

    Args:
        accounts: who may upload for whom.
        uploads: where uploads are kept.
        now: the time, with a time zone.
    """

    def __init__(
        self, accounts: AccountsStore, uploads: UploadsStore, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._accounts = accounts
        self._uploads = uploads
        self._now = now

    def of(
        self, new: NewObject, place: layout.UploadKey, reseller: Reseller, facts: ObjectFacts | None, *, reference: str
    ) -> Begun:
        """The upload of an object; stored if it is new. Safe to repeat at any point.

        Args:
            new: the object.
            place: what its key says.
            reseller: whose prefix it lies under.
            facts: the object's own; None if it is gone.
            reference: the id under which the logs tell more; kept if the upload has one already.
        """
        version = new.version or (facts.version if facts else "")
        reserved = self._reserved(new, version, reference)
        if reserved is None:
            return self._own(new, place, reseller, facts, version=version, reference=reference)
        if reserved.version != version:
            self._uploads.left_alone(reserved.id, version=version)
            return Begun(self._uploads.get(reserved.id) or reserved, too_many=True)
        return Begun(reserved, self._customer(place, reseller)[1])

    def accepting(self, reseller: Reseller) -> dict[str, tuple[str, bool]]:
        """Whom each row of a many-customer file may name: any of a customer's names → its id, and if it takes more."""
        links = self._accounts.links_of(reseller.id)
        return {name: (link.customer, not link.is_blocked) for name, link in links.items()}

    def _reserved(self, new: NewObject, version: str, reference: str) -> Upload | None:
        """The upload that was reserved for this very key; None if none was, or if it ended before its file came.

        What it is about was said when it was reserved, by somebody who may upload; the object's metadata say nothing.
        The first version that comes under the key is its file. A form can be posted again while it is good; what comes
        by that is not read, since as an upload of its own it would refuse every row and look like a failure.
        """
        upload_id = layout.reserved_id(new.key)
        upload = self._uploads.get(upload_id) if upload_id else None
        if upload is None or (upload.bucket, upload.key) != (new.bucket, new.key):
            return None
        if upload.status is UploadStatus.AWAITING_FILE:
            self._uploads.take(upload_id, version=version, at=utc(self._now()), reference=reference)
            upload = self._uploads.get(upload_id)
        return upload if upload and (upload.version or not version) else None

    def _own(
        self,
        new: NewObject,
        place: layout.UploadKey,
        reseller: Reseller,
        facts: ObjectFacts | None,
        *,
        version: str,
        reference: str,
    ) -> Begun:
        """An object that nobody announced is an upload by itself."""
        upload_id = upload_ids.derive(bucket=new.bucket, key=new.key, version=version)
        metadata = layout.read_metadata(facts.metadata if facts else {})
        customer, fault = self._customer(place, reseller)
        order_date = layout.parse_order_date(metadata.order_date) if metadata.order_date else None
        if metadata.order_date and order_date is None:
            fault = fault or Fault("ORDER_DATE_INVALID", "order-date", metadata.order_date)
        stc, stc_fault = _sold_to_code(metadata.stc, place, reseller)
        upload = Upload(
            id=upload_id,
            bucket=new.bucket,
            key=new.key,
            version=version,
            reseller=reseller.id,
            customer=customer,
            many=place.customer is None,
            file_name=PurePosixPath(place.name).name,
            check_only=place.check_only,
            status=UploadStatus.IN_PROGRESS,
            uploaded_by=self._uploader(metadata.uploaded_by, reseller),
            source="s3",
            order_number=metadata.order_number,
            order_date=order_date.isoformat() if order_date else "",
            stc=stc,
            started_at=utc(self._now()),
            reference=reference,
        )
        if not self._uploads.begin(upload):
            upload = self._uploads.get(upload_id) or upload
        return Begun(upload, fault or stc_fault)

    def _customer(self, place: layout.UploadKey, reseller: Reseller) -> tuple[str | None, Fault | None]:
        if place.customer is None:
            return None, None
        link = self._accounts.links_of(reseller.id).get(place.customer)
        if link is None:
            return None, Fault("CUSTOMER_UNKNOWN", value=place.customer)
        if link.is_blocked:
            return None, Fault("CUSTOMER_NOT_ACCEPTING", value=place.customer)
        return link.customer, None

    def _uploader(self, email: str, reseller: Reseller) -> str:
        """The email if it is a member's who may upload, else ``S3``: access to the prefix is the company's."""
        wanted = email.casefold()
        if wanted:
            for member in self._accounts.members_of(reseller.id):
                may = member.email.casefold() == wanted and allows(member.role, Act.UPLOAD)
                if may and not self._accounts.has_left(member.person):
                    return member.email
        return "S3"


def _sold_to_code(alias: str, place: layout.UploadKey, reseller: Reseller) -> tuple[str, Fault | None]:
    """The code in force for a file (row P9): the one that was named, or the only one there is."""
    codes = {code.alias: code.code for code in reseller.sold_to_codes}
    if place.customer is None:
        return "", Fault("STC_NOT_IN_BULK", "stc", alias) if alias else None
    if alias:
        return codes.get(alias, ""), None if alias in codes else Fault("STC_UNKNOWN", "stc", alias)
    return next(iter(codes.values())) if len(codes) == 1 else "", None
