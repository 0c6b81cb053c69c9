"""What goes over the wire, as JSON Schema: the bodies that calls take and the ones they answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.decisions import LONGEST_APPROVAL_ID, LONGEST_REASON, DecisionKind
from rollcall.jobs import NAMED, JobState
from rollcall.removals import RemovalState
from rollcall.rows import SLOTS
from rollcall.transitions import Act, Status
from rollcall.uploads import UploadStatus
from rollcall.wishes import LONGEST_ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    Shape = Mapping[str, Any]

#: Devices that one call may name. More go as a file, into ``accept/`` or as an upload.
MOST_IDENTIFIERS: Final = 10_000
LONGEST_IDENTIFIER: Final = 100
_ONE_LINE: Final = r"^[^\u0000-\u001f\u007f]*$"
_UTC: Final = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"


def text(description: str, *, most: int = 200, least: int = 0, nullable: bool = False, **more: object) -> Shape:
    """A text of one line that somebody sends."""
    shape: dict[str, object] = {
        "type": ["string", "null"] if nullable else "string",
        "maxLength": most,
        "pattern": _ONE_LINE,
        "description": description,
    }
    if least:
        shape["minLength"] = least
    return {**shape, **more}


def _told(description: str, *, nullable: bool = False) -> Shape:
    return {"type": ["string", "null"] if nullable else "string", "description": description}


def _moment(description: str, *, nullable: bool = False) -> Shape:
    return {**_told(description, nullable=nullable), "pattern": _UTC, "examples": ["2026-03-01T09:30:00Z"]}


def _number(description: str) -> Shape:
    return {"type": "integer", "minimum": 0, "description": description}


def _one_of(values: type[Any], description: str) -> Shape:
    return {"type": "string", "enum": [value.value for value in values], "description": description}


def _flag(description: str) -> Shape:
    return {"type": "boolean", "description": description}


def _object(properties: Mapping[str, Shape], *, optional: tuple[str, ...] = (), **more: object) -> Shape:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, **more}


def _list(of: Shape, description: str) -> Shape:
    return {"type": "array", "items": of, "description": description}


def _counts(description: str) -> Shape:
    return {"type": "object", "additionalProperties": {"type": "integer"}, "description": description}


def _ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


_IDENTIFIERS: Final[Shape] = {
    "type": "array",
    "minItems": 1,
    "maxItems": MOST_IDENTIFIERS,
    "items": text("IMEI, MEID or serial.", most=LONGEST_IDENTIFIER, least=1),
    "description": "Any identifiers of devices; for more than ten thousand, send a file.",
}
_TRANSACTION: Final = text(
    "Of the caller's choice, up to 100 characters. The same request sent again with the same id has no further effect "
    "and gets the same answer, for ninety days; the same id with another body is refused.",
    most=100,
    least=1,
    nullable=True,
)

#: What calls take. Unknown fields are refused, so that a misspelt one is not simply left out.
NEW_UPLOAD: Final[Shape] = _object(
    {
        "customer_id": text(
            "For whom the devices are: a customer or MSP id; null where each row of the file names its customer.",
            most=100,
            least=1,
            nullable=True,
            examples=["CUST-NORTHWIND"],
        ),
        "file_name": text("Name of the file, to be shown.", least=1, examples=["march.csv"]),
        "transaction_id": _TRANSACTION,
        "order_number": text("For rows without one of their own.", most=LONGEST_ORDER, nullable=True),
        "order_date": text("Likewise, ISO 8601.", most=40, nullable=True, examples=["2026-03-01"]),
        "stc": text("Alias of the sold-to code; not for many customers.", most=100, nullable=True),
        "check_only": {
            "type": ["boolean", "null"],
            "default": False,
            "description": "Judge the file by the same rules, store nothing.",
        },
    },
    optional=("transaction_id", "order_number", "order_date", "stc", "check_only"),
    additionalProperties=False,
)
NEW_DECISION: Final[Shape] = _object(
    {
        "decision": {
            "type": "string",
            "enum": [DecisionKind.ACCEPT.value, DecisionKind.REJECT.value],
            "description": "Whether the devices are accepted or rejected.",
        },
        "identifiers": _IDENTIFIERS,
        "upload_id": text("All that is pending of an upload, in place of identifiers.", most=40, least=1),
        "approval_id": text("Of the billing system; for a single device.", most=LONGEST_APPROVAL_ID, nullable=True),
        "reason": text("Of a rejection; reaches the reseller.", most=LONGEST_REASON, nullable=True),
        "transaction_id": _TRANSACTION,
    },
    optional=("identifiers", "upload_id", "approval_id", "reason", "transaction_id"),
    additionalProperties=False,
    oneOf=[{"required": ["identifiers"]}, {"required": ["upload_id"]}],
)
NEW_DELETE: Final[Shape] = _object(
    {"identifiers": _IDENTIFIERS, "transaction_id": _TRANSACTION},
    optional=("transaction_id",),
    additionalProperties=False,
)

_SPLIT: Final = _object({"total": _number("Rows."), "stored": _number("Stored."), "refused": _number("Refused.")})
_FIGURES: Final[Mapping[str, Shape]] = {
    "total": _number("Rows; blank lines do not count. While in progress, those of the plan."),
    "stored": _number("Rows that became devices; of a check, that would."),
    "refused": _number("Rows that did not."),
    "verified": _number("Devices of it that are VERIFIED now."),
}

#: What calls answer with, by the name that openapi.json has for it.
SCHEMAS: Final[Mapping[str, Shape]] = {
    "Problem": _object(
        {
            "type": _told("Names the kind of problem; the code as a URN."),
            "title": _told("The cause in a few words."),
            "status": {"type": "integer", "description": "HTTP status."},
            "detail": _told("The cause, one sentence."),
            "remedy": _told("What to do next."),
            "code": _told("Stable; listed in docs/errors.md."),
            "reference": _told("The id under which the logs tell more."),
            "errors": _list(
                _object(
                    {
                        "field": _told("Name of a parameter, or JSON pointer into the body."),
                        "code": _told("Of the catalogue."),
                        "message": _told("What is wrong there."),
                    }
                ),
                "Each place of the request that is wrong.",
            ),
        },
        optional=("errors",),
    ),
    "NewUpload": NEW_UPLOAD,
    "NewDecision": NEW_DECISION,
    "NewDelete": NEW_DELETE,
    "ReservedUpload": _object(
        {
            "upload_id": _told("The id that the file's upload will have."),
            "post": _object(
                {
                    "url": _told("Where the file is posted to, as multipart/form-data."),
                    "fields": {
                        "type": "object",
                        "additionalProperties": {"type": "string"},
                        "description": "Go before the file, which comes last under the name file.",
                    },
                }
            ),
            "expires_at": _moment("Until when the file can be posted."),
        }
    ),
    "Upload": _object(
        {
            "upload_id": _told("Its id."),
            "status": _one_of(UploadStatus, "Its state; to a customer that of its own part."),
            "file_name": _told("Name of the file."),
            "check_only": _flag("Judged, not stored."),
            "reseller_id": _told("Whose upload it is."),
            "customer_id": _told("For whom; null where each row names its customer.", nullable=True),
            "many": _flag("Each row names its customer."),
            "order_number": _told("Of the upload as a whole."),
            "order_date": _told("Likewise, YYYY-MM-DD."),
            "uploaded_by": _told("Email, name of a key, or S3; to a customer the reseller's name."),
            **_FIGURES,
            "by_code": _counts("Code of the catalogue → refused rows; a row may count under several."),
            "notes_by_code": _counts("Likewise for what was repaired or is remarkable."),
            "by_customer": {
                "type": "object",
                "additionalProperties": _SPLIT,
                "description": "Of a file for many customers, for the reseller alone: customer id → figures.",
            },
            "source_key": _told("Key of the file in the bucket; for the reseller alone.", nullable=True),
            "source_version": _told("Version of that.", nullable=True),
            "sha256": _told("Of the file's bytes; for the reseller alone, once it is read.", nullable=True),
            "read_as": {"type": ["object", "null"], "description": "How the file was read; for the reseller alone."},
            "fault": _told("Code of the reason for which the whole file failed.", nullable=True),
            "started_at": _moment("When it began."),
            "finished_at": _moment("When it was done; null before.", nullable=True),
            "reference": _told("The id under which the logs tell more."),
        },
        optional=("by_customer",),
    ),
    "UploadLine": _object(
        {
            "upload_id": _told("Its id."),
            "status": _one_of(UploadStatus, "Its state; to a customer that of its own part."),
            "file_name": _told("Name of the file."),
            "check_only": _flag("Judged, not stored."),
            "reseller_id": _told("Whose upload it is."),
            "customer_id": _told("For whom; null where each row names its customer.", nullable=True),
            "order_number": _told("Of the upload as a whole."),
            "uploaded_by": _told("Email, name of a key, or S3; to a customer the reseller's name."),
            **_FIGURES,
            "fault": _told("Code of the reason for which the whole file failed.", nullable=True),
            "uploaded_at": _moment("When it began."),
        }
    ),
    "UploadPage": _object(
        {
            "items": _list(_ref("UploadLine"), "Uploads, newest first."),
            "next_cursor": _told("More follow.", nullable=True),
        }
    ),
    "UploadErrors": _object(
        {
            "upload_id": _told("Its id."),
            "status": _one_of(UploadStatus, "Its state."),
            "by_code": _counts("Code of the catalogue → refused rows."),
            "items": _list(
                _object(
                    {
                        "line": {"type": ["integer", "null"], "description": "Of the file; null: the file as a whole."},
                        "column": _told("Heading of the column."),
                        "value": _told("As it stood there."),
                        "code": _told("Of the catalogue."),
                        "message": _told("What is wrong."),
                        "remedy": _told("What to do next."),
                    }
                ),
                "One for each fault of each row; for the reseller alone.",
            ),
        }
    ),
    "UploadResults": _object(
        {
            "upload_id": _told("Its id."),
            "status": _one_of(UploadStatus, "Its state."),
            "items": _list(
                _object(
                    {
                        "line": {"type": "integer", "description": "Of the file."},
                        "outcome": {"type": "string", "enum": ["stored", "refused"]},
                        "codes": _list({"type": "string"}, "Codes of the catalogue."),
                        "customer_id": _told("Whose device it is."),
                        **{slot: _told("As it was understood.") for slot in SLOTS},
                        "status": _told("The device's state when it was stored; empty if it was not."),
                    }
                ),
                "One for each row.",
            ),
        }
    ),
    "Elsewhere": _object(
        {"location": _told("Address of the whole as a CSV file."), "expires_at": _moment("Until when.")}
    ),
    "Device": _object(
        {
            "identifier": _told("The one that it is shown by."),
            **{slot: _told(slot.upper() if slot != "serial" else "Serial.", nullable=True) for slot in SLOTS},
            "status": _one_of(Status, "Its state."),
            "model": _told("Model."),
            "order_number": _told("Order number."),
            "tags": _list({"type": "string"}, "Tags."),
            "customer_id": _told("Whose it is."),
            "reseller_id": _told("Who uploaded it."),
            "upload_id": _told("In which upload."),
            "line": _number("On which line of that."),
            "uploaded_at": _moment("When."),
            "uploaded_by": _told("Email, name of a key, or S3; to a customer the reseller's name."),
        }
    ),
    "DeviceCard": {
        "allOf": [
            _ref("Device"),
            _object(
                {
                    "customer_name": _told("Company that it is for."),
                    "order_date": _told("YYYY-MM-DD, or empty."),
                    "approval_id": _told("That the customer gave; for the customer alone.", nullable=True),
                    "decided_until": _moment("Until when the decision can be undone.", nullable=True),
                    "former": _list({"type": "string"}, "Identifiers that an exchange took from it."),
                    "history": _list(
                        _object(
                            {
                                "at": _moment("When."),
                                "act": _one_of(Act, "What was done."),
                                "by": _told("Who; of the other company only its name."),
                                "status": _one_of(Status, "The state that followed."),
                                "note": _told("Such as the reason of a rejection."),
                                "decision_id": _told("Of the decision that it was part of.", nullable=True),
                                "reference": _told("The id under which the logs tell more."),
                            }
                        ),
                        "What happened to it, oldest first.",
                    ),
                }
            ),
        ]
    },
    "DevicePage": _object(
        {
            "items": _list(_ref("Device"), "Devices by upload date."),
            "next_cursor": _told("More may follow; a page can be short, or empty, and still have one.", nullable=True),
        }
    ),
    "JobBegun": _object({"job_id": _told("Ask for it under /v1/jobs/.")}),
    "Job": _object(
        {
            "job_id": _told("Its id."),
            "kind": _told("What it does."),
            "state": {
                "type": "string",
                "enum": list(dict.fromkeys((*map(str, JobState), *map(str, RemovalState)))),
                "description": "How far it is; REFUSED: nothing was done, fault says why. A delete that is "
                "WAITING waits for the customer's release.",
            },
            "total": _number("Devices, or entries of the list, that it is about."),
            "done": _number("Of these: how many it has worked on."),
            "succeeded": _number("How many it has done what was asked for to."),
            "by_code": _counts("Code of the catalogue → how many it has not."),
            "refused": _list(
                _object(
                    {
                        "value": _told("Identifier, or what stood in the list."),
                        "code": _told("Of the catalogue."),
                        "message": _told("Why."),
                    }
                ),
                f"The first {NAMED} of those.",
            ),
            "fault": _told("Code of the reason for which it was refused as a whole.", nullable=True),
            "upload_id": _told("Of a job about an upload.", nullable=True),
            "created_at": _moment("When it began."),
            "finished_at": _moment("When it was done; null before.", nullable=True),
            "reference": _told("The id under which the logs tell more."),
        }
    ),
}
