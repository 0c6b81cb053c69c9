"""Every call of the API: its address, the right it needs, what it takes and what it may answer. One table."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rollcall.api.shapes import text
from rollcall.api.takes import LONGEST_IDENTIFIER, NEW_DECISION, NEW_DELETE, NEW_UPLOAD
from rollcall.permissions import Act
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.api.shapes import Shape

#: Entries of a page, unless the caller says otherwise; and at the most.
PAGE: Final = 50
LARGEST_PAGE: Final = 100

JSON: Final = "application/json"
CSV: Final = "text/csv"


class Name(StrEnum):
    """A call."""

    OPENAPI = "openapi"
    START_UPLOAD = "start_upload"
    LIST_UPLOADS = "list_uploads"
    GET_UPLOAD = "get_upload"
    UPLOAD_ERRORS = "upload_errors"
    UPLOAD_RESULTS = "upload_results"
    LIST_DEVICES = "list_devices"
    GET_DEVICE = "get_device"
    DELETE_DEVICES = "delete_devices"
    DECIDE = "decide"
    GET_JOB = "get_job"


@dataclass(frozen=True, slots=True)
class Operation:
    """A call.

    Attributes:
        name: of it.
        method: HTTP method.
        path: address, with names of parameters in braces.
        summary: what it does, one sentence.
        act: the right that it needs; None: no key is asked for.
        query: parameters that may stand behind the address: name → what it takes.
        body: what it takes; None: nothing.
        status: HTTP status when all went well.
        answer: name of the schema of that.
        codes: of the catalogue, beside those that every call may be refused with.
        csv: it answers as CSV, too.
        elsewhere: a large answer is put where a link leads.
    """

    name: Name
    method: str
    path: str
    summary: str
    act: Act | None
    query: Mapping[str, Shape] = field(default_factory=dict)
    body: Shape | None = None
    status: int = 200
    answer: str = ""
    codes: tuple[str, ...] = ()
    csv: bool = False
    elsewhere: bool = False


_CURSOR: Final = text("`next_cursor` of the page before; with the same filters.", most=300)
_LIMIT: Final = {
    "type": "integer",
    "minimum": 1,
    "maximum": LARGEST_PAGE,
    "default": PAGE,
    "description": "Most entries of the page.",
}
_ROWS: Final = {
    "type": "integer",
    "minimum": 1,
    "maximum": 10_000,
    "description": "Most entries of the page, but for the last row's. Without it, as many as 1 MB of CSV holds.",
}
_CUSTOMER: Final = text("Only those of this customer, by its id.", most=100)

OPERATIONS: Final[Mapping[Name, Operation]] = {
    operation.name: operation
    for operation in (
        Operation(
            Name.OPENAPI,
            "GET",
            "/v1/openapi.json",
            "This description.",
            None,
            answer="OpenApi",
        ),
        Operation(
            Name.START_UPLOAD,
            "POST",
            "/v1/uploads",
            "Reserves an upload and says where its file is posted to.",
            Act.UPLOAD,
            body=NEW_UPLOAD,
            status=201,
            answer="ReservedUpload",
            codes=(
                *("TRANSACTION_REUSED", "UPLOAD_LAPSED", "CUSTOMER_UNKNOWN", "CUSTOMER_NOT_ACCEPTING"),
                *("STC_UNKNOWN", "STC_NOT_IN_BULK", "ORDER_DATE_INVALID", "VALUE_TOO_LONG"),
            ),
        ),
        Operation(
            Name.LIST_UPLOADS,
            "GET",
            "/v1/uploads",
            "Uploads, newest first; a customer sees its own part of each.",
            Act.SEE_UPLOADS,
            query={"customer_id": _CUSTOMER, "cursor": _CURSOR, "limit": _LIMIT},
            answer="UploadPage",
            codes=("CURSOR_INVALID",),
            csv=True,
        ),
        Operation(
            Name.GET_UPLOAD,
            "GET",
            "/v1/uploads/{upload_id}",
            "One upload with its figures, by its id or a beginning of it.",
            Act.SEE_UPLOADS,
            answer="Upload",
            codes=("NOT_FOUND", "UPLOAD_AMBIGUOUS"),
            csv=True,
            elsewhere=True,
        ),
        Operation(
            Name.UPLOAD_ERRORS,
            "GET",
            "/v1/uploads/{upload_id}/errors",
            "Why rows were refused: each fault of each row; a customer sees its own rows.",
            Act.SEE_UPLOADS,
            query={"cursor": _CURSOR, "limit": _ROWS},
            answer="UploadErrors",
            codes=("NOT_FOUND", "UPLOAD_AMBIGUOUS", "UPLOAD_IN_PROGRESS", "CURSOR_INVALID"),
            csv=True,
            elsewhere=True,
        ),
        Operation(
            Name.UPLOAD_RESULTS,
            "GET",
            "/v1/uploads/{upload_id}/results",
            "What became of each row; a customer sees its own rows.",
            Act.SEE_UPLOADS,
            query={"cursor": _CURSOR, "limit": _ROWS},
            answer="UploadResults",
            codes=("NOT_FOUND", "UPLOAD_AMBIGUOUS", "UPLOAD_IN_PROGRESS", "CURSOR_INVALID"),
            csv=True,
            elsewhere=True,
        ),
        Operation(
            Name.LIST_DEVICES,
            "GET",
            "/v1/devices",
            "Devices by upload date; filters combine.",
            Act.SEE_DEVICES,
            query={
                "customer_id": _CUSTOMER,
                "status": {
                    "type": "string",
                    "enum": ["", *(status.value for status in Status)],
                    "description": "Only those in this state.",
                },
                "order": text("Only those with this order number; case and spacing do not matter.", most=1000),
                "model": text("Only those of this model.", most=1000),
                "tag": text("Only those with this tag.", most=1000),
                "upload": text("Only those of this upload, by its id or a beginning of it.", most=40),
                "sort": {
                    "type": "string",
                    "enum": ["", "uploaded", "-uploaded"],
                    "description": "By upload date, oldest or newest (the default) first.",
                },
                "cursor": _CURSOR,
                "limit": _LIMIT,
            },
            answer="DevicePage",
            codes=("CURSOR_INVALID", "UPLOAD_AMBIGUOUS"),
        ),
        Operation(
            Name.GET_DEVICE,
            "GET",
            "/v1/devices/{identifier}",
            "One device with its history, by any of its identifiers.",
            Act.SEE_DEVICES,
            answer="DeviceCard",
            codes=("NOT_FOUND",),
        ),
        Operation(
            Name.DELETE_DEVICES,
            "POST",
            "/v1/devices/delete",
            "Deletes devices, each as far as the rules for deleting let it.",
            Act.DELETE,
            body=NEW_DELETE,
            status=202,
            answer="JobBegun",
            codes=("DECISION_NOT_ALLOWED", "TRANSACTION_REUSED"),
        ),
        Operation(
            Name.DECIDE,
            "POST",
            "/v1/decisions",
            "Accepts or rejects devices that are named, or all that is pending of an upload.",
            Act.DECIDE,
            body=NEW_DECISION,
            status=202,
            answer="JobBegun",
            codes=(
                *("NOT_FOUND", "DECISION_NOT_ALLOWED", "UPLOAD_AMBIGUOUS", "UPLOAD_IN_PROGRESS", "UPLOAD_CHANGED"),
                *("UPLOAD_BEING_DECIDED", "RESELLER_NOT_REGISTERED", "TRANSACTION_REUSED", "APPROVAL_ID_SINGLE"),
                "VALUE_TOO_LONG",
            ),
        ),
        Operation(
            Name.GET_JOB,
            "GET",
            "/v1/jobs/{job_id}",
            "How far a job is, and what came of it.",
            Act.SEE_DEVICES,
            answer="Job",
            codes=("NOT_FOUND",),
        ),
    )
}

#: Codes that every call may be refused with.
EVERYWHERE: Final = ("REQUEST_INVALID", "SERVICE_FAILED", "SERVICE_BUSY")
#: And those that need a key; and those that take a body.
WITH_KEY: Final = ("KEY_INVALID", "KEY_NOT_ALLOWED", "RATE_LIMIT")
WITH_BODY: Final = ("BODY_NOT_JSON", "BODY_TOO_LARGE")

#: Parameters that stand in an address.
PATH: Final[Mapping[str, Shape]] = {
    "upload_id": text("Upload id, or a beginning of at least six characters.", most=200, least=1),
    "identifier": text("IMEI, MEID or serial.", most=LONGEST_IDENTIFIER, least=1),
    "job_id": text("Job id.", most=200, least=1),
}
