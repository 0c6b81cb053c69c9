"""Uploads and their figures between values and items."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rollcall.store.uploads_table import RUNNING
from rollcall.uploads import Cost, Figures, ReadAs, Split, Upload, UploadStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.store.uploads_table import HeadItem


def figures_to_json(figures: Figures) -> dict[str, Any]:
    """Figures as they are stored; ``figures_from_json`` is the way back."""
    return {
        "stored": figures.rows.stored,
        "refused": figures.rows.refused,
        "by_code": dict(figures.by_code),
        "notes_by_code": dict(figures.notes_by_code),
        "cost": asdict(figures.cost),
    }


def figures_from_json(raw: Mapping[str, Any]) -> Figures:
    """Figures out of what is stored."""
    return Figures(
        rows=Split(raw["stored"], raw["refused"]),
        by_code=raw["by_code"],
        notes_by_code=raw["notes_by_code"],
        cost=Cost(**raw["cost"]),
    )


def head_values(upload: Upload) -> dict[str, Any]:
    """The attributes of a new upload's head."""
    return {
        "pk": upload.id,
        "reseller_uploads": upload.reseller,
        "listed_at": listed_at(upload.id, upload.started_at),
        "bucket": upload.bucket,
        "key": upload.key,
        "version": upload.version,
        "reseller": upload.reseller,
        "customer": upload.customer,
        "many": upload.many,
        "file_name": upload.file_name,
        "check_only": upload.check_only,
        "status": upload.status.value,
        "uploaded_by": upload.uploaded_by,
        "source": upload.source,
        "order_number": upload.order_number or None,
        "order_date": upload.order_date or None,
        "stc": upload.stc or None,
        "started_at": upload.started_at,
        "reference": upload.reference,
        "sha256": upload.sha256 or None,
        "person": upload.person or None,
        "checked": upload.checked or None,
        "checked_stored": upload.checked_stored or None,
        **({"outbox": RUNNING, "outbox_at": upload.started_at} if upload.status is UploadStatus.IN_PROGRESS else {}),
    }


def listed_at(upload_id: str, started_at: str) -> str:
    """Where an upload stands in the lists by date."""
    return f"{started_at}#{upload_id}"


def upload_of(item: HeadItem) -> Upload:
    """An upload out of its head."""
    return Upload(
        id=item.pk,
        bucket=item.bucket,
        key=item.key,
        version=item.version,
        reseller=item.reseller,
        customer=item.customer,
        many=item.many,
        file_name=item.file_name,
        check_only=item.check_only,
        status=UploadStatus(item.status),
        uploaded_by=item.uploaded_by,
        source=item.source,
        order_number=item.order_number or "",
        order_date=item.order_date or "",
        stc=item.stc or "",
        started_at=item.started_at,
        reference=item.reference,
        finished_at=item.finished_at or "",
        chunks=_whole(item.chunks),
        planned_rows=int(item.planned_rows or 0),
        sha256=item.sha256 or "",
        read_as=_read_as(item.read_as) if item.read_as else None,
        fault=item.fault["code"] if item.fault else "",
        figures=figures_from_json(item.figures) if item.figures else Figures(),
        person=item.person or "",
        checked=item.checked or "",
        checked_stored=int(item.checked_stored or 0),
        more_files=len(item.more_versions or ()),
    )


def _read_as(raw: dict[str, Any]) -> ReadAs:
    return ReadAs(**{**raw, "ignored": tuple(raw.get("ignored", ()))})


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
