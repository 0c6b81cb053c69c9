"""Uploads, devices and jobs as the API shows them; what each side may see of the other is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.reports import summary
from rollcall.rows import SLOTS
from rollcall.rule_notes import readable
from rollcall.transitions import Act

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.devices import Device, HistoryEntry, ListedDevice
    from rollcall.jobs import Job
    from rollcall.removals import Removal
    from rollcall.scopes import Scope
    from rollcall.upload_lines import UploadLine
    from rollcall.uploads import Upload

    #: Account id, or ``person:<team>:<user>`` → what it is called.
    Names = Mapping[str, str]

_OF_CUSTOMER: Final = frozenset({Act.ACCEPTED, Act.AUTO_ACCEPTED, Act.REJECTED, Act.UNDONE, Act.RELEASED})
_ROLLCALL: Final = "rollcall"


def uploaded_by(text: str, reseller: str, scope: Scope, names: Names) -> str:
    """Who uploaded: the reseller's people and keys are named to the reseller alone."""
    return text if scope.is_reseller else names.get(reseller, reseller)


def upload(one: Upload, line: UploadLine, scope: Scope, names: Names) -> dict[str, Any]:
    """An upload with the figures of ``summary.json``.

    Args:
        one: as the asker sees it.
        line: its line in a list.
        scope: who asks.
        names: what companies are called.
    """
    figures = summary(one)
    if not scope.is_reseller:
        figures.pop("by_customer", None)
    return {
        **figures,
        "file_name": one.file_name,
        "reseller_id": one.reseller,
        "customer_id": one.customer,
        "many": one.many,
        "order_number": one.order_number,
        "order_date": one.order_date,
        "uploaded_by": uploaded_by(one.uploaded_by, one.reseller, scope, names),
        "total": line.total,
        "verified": line.verified,
        "source_key": one.key or None,
        "source_version": one.version or None,
        "sha256": one.sha256 or None,
        "fault": one.fault or None,
        "finished_at": one.finished_at or None,
    }


def upload_line(line: UploadLine, scope: Scope, names: Names) -> dict[str, Any]:
    """A line of a list of uploads."""
    return {
        "upload_id": line.id,
        "status": line.status.value,
        "file_name": line.file_name,
        "check_only": line.check_only,
        "reseller_id": line.account,
        "customer_id": line.customer or None,
        "order_number": line.order_number,
        "uploaded_by": uploaded_by(line.uploaded_by, line.account, scope, names),
        "total": line.total,
        "stored": line.stored,
        "refused": line.refused,
        "verified": line.verified,
        "fault": line.fault or None,
        "uploaded_at": line.uploaded_at,
    }


def device(one: Device | ListedDevice, scope: Scope, names: Names) -> dict[str, Any]:
    """A device as a list shows it."""
    born = one.generation
    ids = {slot: one.ids[slot].value if slot in one.ids else None for slot in SLOTS}
    return {
        "identifier": next(value for value in ids.values() if value),
        **ids,
        "status": one.status.value,
        "model": one.model,
        "order_number": one.order_number,
        "tags": list(one.tags),
        "customer_id": born.customer,
        "reseller_id": born.reseller,
        "upload_id": born.upload,
        "line": born.line,
        "uploaded_at": one.uploaded_at,
        "uploaded_by": uploaded_by(one.uploaded_by, born.reseller, scope, names),
    }


def device_card(one: Device, scope: Scope, names: Names) -> dict[str, Any]:
    """A device with all that is known of it."""
    return {
        **device(one, scope, names),
        "customer_name": names.get(one.generation.customer, one.generation.customer),
        "order_date": one.order_date,
        "approval_id": None if scope.is_reseller else one.approval_id or None,
        "decided_until": one.decided_until or None,
        "former": [key.partition("#")[2] for key in one.former],
        "history": [_entry(entry, one, scope, names) for entry in one.history],
    }


def _entry(entry: HistoryEntry, of: Device, scope: Scope, names: Names) -> dict[str, Any]:
    act, note = entry.act, readable(entry.note, names)
    if act is Act.AUTO_ACCEPTED and scope.is_reseller:
        act, note = Act.ACCEPTED, ""  # by which rules is the customer's own business
    return {
        "at": entry.at,
        "act": act.value,
        "by": _actor(entry, of, scope, names),
        "status": entry.status.value,
        "note": note,
        "decision_id": entry.decision or None,
        "reference": entry.reference,
    }


def _actor(entry: HistoryEntry, of: Device, scope: Scope, names: Names) -> str:
    """Who did something: own people by name, own keys by theirs; of the other company its name."""
    of_customer = entry.act in _OF_CUSTOMER
    company = of.generation.customer if of_customer else of.generation.reseller
    if entry.by == _ROLLCALL:
        return "Rollcall"
    if company != scope.account:
        return names.get(company, company)
    if entry.by in names:
        return names[entry.by]
    kind, _, rest = entry.by.partition(":")
    if kind == "person":
        return "a colleague"
    return rest if kind == "api" else "S3" if kind == "s3" else entry.by


def job(one: Job) -> dict[str, Any]:
    """A job."""
    return _worked_on(one, succeeded=one.decided)


def removal(one: Removal) -> dict[str, Any]:
    """A job that removes devices."""
    return _worked_on(one, succeeded=one.gone)


def _worked_on(one: Job | Removal, *, succeeded: int) -> dict[str, Any]:
    return {
        "job_id": one.id,
        "kind": one.kind.value,
        "state": one.state.value,
        "total": one.total,
        "done": one.done,
        "succeeded": succeeded,
        "by_code": dict(one.by_code),
        "refused": [{"value": line.value, "code": line.code, "message": line.message} for line in one.refused],
        "fault": one.fault or None,
        "upload_id": one.upload or None,
        "created_at": one.created_at,
        "finished_at": one.finished_at or None,
        "reference": one.reference,
    }


def error_lines(rows: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Lines of ``errors.csv``."""
    return [
        {
            "line": int(line) if line else None,
            "column": column,
            "value": value,
            "code": code,
            "message": message,
            "remedy": remedy,
        }
        for line, column, value, code, message, remedy in rows
    ]


def result_lines(rows: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Lines of ``results.csv``."""
    return [
        {
            "line": int(line),
            "outcome": outcome,
            "codes": codes.split(),
            "customer_id": customer,
            **dict(zip(SLOTS, ids, strict=True)),
            "status": status,
        }
        for line, outcome, codes, customer, *ids, status in rows
    ]
