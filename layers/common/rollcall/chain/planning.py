"""The first step: a new object becomes an upload, its file is read once and cut into chunks."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rollcall import layout
from rollcall.chain.beginning import Beginnings
from rollcall.chain.reading import FileReader
from rollcall.chunks import context_to_json, planned_to_json
from rollcall.dialect import FileFault
from rollcall.errors import Fault
from rollcall.notices import upload_notice
from rollcall.occasions import refer_to
from rollcall.rows import FileContext
from rollcall.store.objects import ObjectGoneError
from rollcall.store.uploads import Plan
from rollcall.uploads import UploadStatus, utc

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
    from rollcall.uploads import Upload


class Result(StrEnum):
    """What the planner made of a new object."""

    FOLDER_MARKER = "folder_marker"
    OUTSIDE_LAYOUT = "outside_layout"
    RESELLER_UNKNOWN = "reseller_unknown"
    PLANNED = "planned"
    SENT_AGAIN = "sent_again"
    POSTED_AGAIN = "posted_again"
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
        self._beginnings = Beginnings(accounts, uploads, now)
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
        return self._plan_for(new, place, reseller, reference)

    def _plan_for(self, new: NewObject, place: layout.UploadKey, reseller: Reseller, reference: str) -> Planned:
        try:
            facts = self._objects.facts(new.key, new.version)
        except ObjectGoneError:
            facts = None
        begun = self._beginnings.of(new, place, reseller, facts, reference=reference)
        upload, fault = begun.upload, begun.fault
        refer_to(upload.reference)
        if begun.too_many:
            # Its message says so; a repeat says the same again.
            self._herald.mark(upload_notice(upload.id, upload.reseller), at=utc(self._now()))
            return Planned(Result.POSTED_AGAIN, upload)
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
                reader = FileReader(path, many=upload.many, max_record=self._settings.max_record_bytes)
                return self._cut(upload, reader, place, reseller, sha256)
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
            accepting=self._beginnings.accepting(reseller) if place.customer is None else {},
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
