"""The first step: a new object becomes an upload, its file is read once and cut into chunks."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rollcall import layout, upload_ids
from rollcall.chain.reading import FileReader
from rollcall.chunks import context_to_json, planned_to_json
from rollcall.dialect import FileFault
from rollcall.errors import Fault
from rollcall.notices import upload_notice
from rollcall.permissions import Act, allows
from rollcall.rows import FileContext
from rollcall.store.objects import ObjectGoneError
from rollcall.store.uploads import Plan
from rollcall.uploads import Upload, UploadStatus, utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rollcall.accounts import Reseller
    from rollcall.chain.sending import Sending
    from rollcall.chunks import PlannedRow
    from rollcall.notifications import NewObject
    from rollcall.settings import Settings
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.objects import ObjectFacts, Objects
    from rollcall.store.uploads import UploadsStore
    from rollcall.telling.herald import Herald


class Result(StrEnum):
    """What the planner made of a new object."""

    FOLDER_MARKER = "folder_marker"
    OUTSIDE_LAYOUT = "outside_layout"
    RESELLER_UNKNOWN = "reseller_unknown"
    PLANNED = "planned"
    SENT_AGAIN = "sent_again"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Planned:
    """The planner's answer.

    Attributes:
        result: what it did.
        upload: the upload; None where the object is none.
        plan: the plan that now stands; None where there was nothing to plan.
    """

    result: Result
    upload: Upload | None = None
    plan: Plan | None = None


class Planner:
    """Plans uploads.

    Args:
        settings: limits and names.
        accounts: who may upload for whom.
        uploads: where uploads are kept.
        objects: the bucket.
        sending: sends uploads on.
        herald: has the upload told of.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        accounts: AccountsStore,
        uploads: UploadsStore,
        objects: Objects,
        sending: Sending,
        herald: Herald,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._accounts = accounts
        self._uploads = uploads
        self._objects = objects
        self._sending = sending
        self._herald = herald
        self._now = now

    def plan(self, new: NewObject, *, reference: str) -> Planned:
        """Plans the upload that a new object is; safe to repeat at any point.

        Args:
            new: the object.
            reference: the id under which the logs tell more; kept if the upload has one already.
        """
        if layout.is_folder_marker(new.key):
            return Planned(Result.FOLDER_MARKER)
        place = layout.parse_upload_key(new.key)
        if place is None:
            return Planned(Result.OUTSIDE_LAYOUT)
        reseller = self._accounts.reseller(place.reseller)
        if reseller is None:
            return Planned(Result.RESELLER_UNKNOWN)
        try:
            facts = self._objects.facts(new.key, new.version)
        except ObjectGoneError:
            facts = None
        upload, fault = self._begin(new, place, reseller, facts, reference)
        if upload.status is UploadStatus.IN_PROGRESS:
            self._herald.begin(upload_notice(upload.id, upload.reseller), at=utc(self._now()))
        if upload.chunks is not None:
            return self._send_again(upload)
        plan = self._plan_file(upload, place, reseller, facts, fault)
        if not self._uploads.set_plan(upload.id, plan):
            # Another planner was faster; its plan stands. Both read the same bytes, so the chunks are the same.
            return self._send_again(self._uploads.get(upload.id) or upload)
        self._sending.send(upload.id, range(plan.chunks))
        return Planned(Result.PLANNED, upload, plan)

    def _begin(
        self,
        new: NewObject,
        place: layout.UploadKey,
        reseller: Reseller,
        facts: ObjectFacts | None,
        reference: str,
    ) -> tuple[Upload, Fault | None]:
        """Finds or stores the upload, and the fault that its place or metadata has."""
        version = new.version or (facts.version if facts else "")
        reserved = self._reserved(new, version, reference)
        if reserved is not None:
            return reserved, self._customer(place, reseller)[1]
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
        return upload, fault or stc_fault

    def _reserved(self, new: NewObject, version: str, reference: str) -> Upload | None:
        """The upload that was reserved for this very object; None if none was.

        What it is about was said when it was reserved, by somebody who may upload; the object's metadata say nothing.
        The first version that comes under the key is its file, every later one an upload of its own.
        """
        upload_id = layout.reserved_id(new.key)
        upload = self._uploads.get(upload_id) if upload_id else None
        if upload is None or (upload.bucket, upload.key) != (new.bucket, new.key):
            return None
        if upload.status is UploadStatus.AWAITING_FILE:
            self._uploads.take(upload_id, version=version, at=utc(self._now()), reference=reference)
            upload = self._uploads.get(upload_id)
        return upload if upload and upload.version == version else None

    def _plan_file(
        self,
        upload: Upload,
        place: layout.UploadKey,
        reseller: Reseller,
        facts: ObjectFacts | None,
        fault: Fault | None,
    ) -> Plan:
        if facts is None:
            return Plan(chunks=0, fault=Fault("FILE_GONE"))
        if fault is None and upload.customer is None and not upload.many:
            # It was unknown when the upload began, and its figures are kept under nobody's name: so it stays.
            fault = Fault("CUSTOMER_UNKNOWN", value=place.customer or "")
        if fault is None and facts.size > self._settings.max_file_bytes:
            fault = Fault("FILE_TOO_LARGE", details={"limit": _size(self._settings.max_file_bytes)})
        if fault is not None:
            return Plan(chunks=0, fault=fault)
        sha256 = ""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "upload.csv"
            try:
                sha256 = self._objects.download(upload.key, upload.version, path)
                if upload.sha256 not in ("", sha256):
                    return Plan(chunks=0, sha256=sha256, fault=Fault("FILE_CHANGED"))
                return self._cut(upload, FileReader(path, many=upload.many), place, reseller, sha256)
            except ObjectGoneError:
                return Plan(chunks=0, fault=Fault("FILE_GONE"))
            except FileFault as unreadable:
                return Plan(chunks=0, sha256=sha256, fault=unreadable.fault)

    def _cut(
        self, upload: Upload, reader: FileReader, place: layout.UploadKey, reseller: Reseller, sha256: str
    ) -> Plan:
        """Writes the chunks of a readable file."""
        context = FileContext(
            headings=reader.headings,
            columns=reader.columns,
            customer=upload.customer,
            accepting=self._accepting(reseller) if place.customer is None else {},
            order_number=upload.order_number,
            order_date=upload.order_date,
            stc=upload.stc,
            ee_models=self._settings.ee_models,
        )
        number = rows = 0
        for chunk in _batched(reader.rows(context), self._settings.chunk_rows):
            rows += len(chunk)
            if rows > self._settings.max_rows:
                fault = Fault("ROW_LIMIT", details={"limit": f"{self._settings.max_rows:,}"})
                return Plan(chunks=0, sha256=sha256, read_as=reader.read_as, fault=fault)
            self._objects.put_lines(
                layout.chunk_key(upload.id, number),
                [context_to_json(context), *map(planned_to_json, chunk)],
            )
            number += 1
        if not rows:
            return Plan(chunks=0, sha256=sha256, read_as=reader.read_as, fault=Fault("FILE_EMPTY"))
        return Plan(chunks=number, rows=rows, sha256=sha256, read_as=reader.read_as, notes=reader.notes)

    def _send_again(self, upload: Upload) -> Planned:
        return Planned(Result.SENT_AGAIN if self._sending.send_again(upload) else Result.OVER, upload)

    def _customer(self, place: layout.UploadKey, reseller: Reseller) -> tuple[str | None, Fault | None]:
        if place.customer is None:
            return None, None
        link = self._accounts.links_of(reseller.id).get(place.customer)
        if link is None:
            return None, Fault("CUSTOMER_UNKNOWN", value=place.customer)
        if link.is_blocked:
            return None, Fault("CUSTOMER_NOT_ACCEPTING", value=place.customer)
        return link.customer, None

    def _accepting(self, reseller: Reseller) -> dict[str, tuple[str, bool]]:
        links = self._accounts.links_of(reseller.id)
        return {name: (link.customer, not link.is_blocked) for name, link in links.items()}

    def _uploader(self, email: str, reseller: Reseller) -> str:
        """The email if it is a member's who may upload, else ``S3``: access to the prefix is the company's."""
        wanted = email.casefold()
        if wanted:
            for member in self._accounts.members_of(reseller.id):
                if member.email.casefold() == wanted and allows(member.role, Act.UPLOAD):
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


def _size(count: int) -> str:
    megabytes = count / (1024 * 1024)
    return f"{megabytes:,.0f} MB" if megabytes >= 1 else f"{count:,} bytes"


def _batched(rows: Iterator[PlannedRow], size: int) -> Iterator[list[PlannedRow]]:
    batch: list[PlannedRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
