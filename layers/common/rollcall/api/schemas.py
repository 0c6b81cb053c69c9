"""Everything that goes over the wire, by the name that ``openapi.json`` has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.api.shapes import counts, flag, list_of, moment, number, one_of, record, ref, told
from rollcall.api.takes import NEW_DECISION, NEW_DELETE, NEW_UPLOAD
from rollcall.jobs import NAMED, JobState
from rollcall.removals import RemovalState
from rollcall.rows import SLOTS
from rollcall.transitions import Act, Status
from rollcall.uploads import UploadStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.api.shapes import Shape

_SPLIT: Final = record({"total": number("Rows."), "stored": number("Stored."), "refused": number("Refused.")})
_FIGURES: Final[Mapping[str, Shape]] = {
    "total": number("Rows; blank lines do not count. While in progress, those of the plan."),
    "stored": number("Rows that became devices; of a check, that would."),
    "refused": number("Rows that did not."),
    "verified": number("Devices of it that are VERIFIED now."),
}

SCHEMAS: Final[Mapping[str, Shape]] = {
    "Problem": record(
        {
            "type": told("Names the kind of problem; the code as a URN."),
            "title": told("The cause in a few words."),
            "status": {"type": "integer", "description": "HTTP status."},
            "detail": told("The cause, one sentence."),
            "remedy": told("What to do next."),
            "code": told("Stable; listed in docs/errors.md."),
            "reference": told("The id under which the logs tell more."),
            "errors": list_of(
                record(
                    {
                        "field": told("Name of a parameter, or JSON pointer into the body."),
                        "code": told("Of the catalogue."),
                        "message": told("What is wrong there."),
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
    "ReservedUpload": record(
        {
            "upload_id": told("The id that the file's upload will have."),
            "post": record(
                {
                    "url": told("Where the file is posted to, as multipart/form-data."),
                    "fields": {
                        "type": "object",
                        "additionalProperties": {"type": "string"},
                        "description": "Go before the file, which comes last under the name file.",
                    },
                }
            ),
            "expires_at": moment("Until when the file can be posted."),
        }
    ),
    "Upload": record(
        {
            "upload_id": told("Its id."),
            "status": one_of(UploadStatus, "Its state; to a customer that of its own part."),
            "file_name": told("Name of the file."),
            "check_only": flag("Judged, not stored."),
            "reseller_id": told("Whose upload it is."),
            "customer_id": told("For whom; null where each row names its customer.", nullable=True),
            "many": flag("Each row names its customer."),
            "order_number": told("Of the upload as a whole."),
            "order_date": told("Likewise, YYYY-MM-DD."),
            "uploaded_by": told("Email, name of a key, or S3; to a customer the reseller's name."),
            **_FIGURES,
            "by_code": counts("Code of the catalogue → refused rows; a row may count under several."),
            "notes_by_code": counts("Likewise for what was repaired or is remarkable."),
            "by_customer": {
                "type": "object",
                "additionalProperties": _SPLIT,
                "description": "Of a file for many customers, for the reseller alone: customer id → figures.",
            },
            "source_key": told("Key of the file in the bucket; for the reseller alone.", nullable=True),
            "source_version": told("Version of that.", nullable=True),
            "sha256": told("Of the file's bytes; for the reseller alone, once it is read.", nullable=True),
            "read_as": {"type": ["object", "null"], "description": "How the file was read; for the reseller alone."},
            "fault": told("Code of the reason for which the whole file failed.", nullable=True),
            "started_at": moment("When it began."),
            "finished_at": moment("When it was done; null before.", nullable=True),
            "reference": told("The id under which the logs tell more."),
        },
        optional=("by_customer",),
    ),
    "UploadLine": record(
        {
            "upload_id": told("Its id."),
            "status": one_of(UploadStatus, "Its state; to a customer that of its own part."),
            "file_name": told("Name of the file."),
            "check_only": flag("Judged, not stored."),
            "reseller_id": told("Whose upload it is."),
            "customer_id": told("For whom; null where each row names its customer.", nullable=True),
            "order_number": told("Of the upload as a whole."),
            "uploaded_by": told("Email, name of a key, or S3; to a customer the reseller's name."),
            **_FIGURES,
            "fault": told("Code of the reason for which the whole file failed.", nullable=True),
            "uploaded_at": moment("When it began."),
        }
    ),
    "UploadPage": record(
        {
            "items": list_of(ref("UploadLine"), "Uploads, newest first."),
            "next_cursor": told("More follow.", nullable=True),
        }
    ),
    "UploadErrors": record(
        {
            "upload_id": told("Its id."),
            "status": one_of(UploadStatus, "Its state."),
            "by_code": counts("Code of the catalogue → refused rows; for a customer, its own."),
            "items": list_of(
                record(
                    {
                        "line": {"type": ["integer", "null"], "description": "Of the file; null: the file as a whole."},
                        "column": told("Heading of the column."),
                        "value": told("As it stood there."),
                        "code": told("Of the catalogue."),
                        "message": told("What is wrong."),
                        "remedy": told("What to do next."),
                    }
                ),
                "One for each fault of each row; for a customer, of its own rows.",
            ),
            "next_cursor": told("More follow.", nullable=True),
        }
    ),
    "UploadResults": record(
        {
            "upload_id": told("Its id."),
            "status": one_of(UploadStatus, "Its state."),
            "items": list_of(
                record(
                    {
                        "line": {"type": "integer", "description": "Of the file."},
                        "outcome": {"type": "string", "enum": ["stored", "refused"]},
                        "codes": list_of({"type": "string"}, "Codes of the catalogue."),
                        "customer_id": told("Whose device it is."),
                        **{slot: told("As it was understood.") for slot in SLOTS},
                        "status": told("The device's state when it was stored; empty if it was not."),
                    }
                ),
                "One for each row; for a customer, its own.",
            ),
            "next_cursor": told("More follow.", nullable=True),
        }
    ),
    "Elsewhere": record(
        {
            "location": told("Address of the whole: a CSV file, or summary.json."),
            "expires_at": moment("Until when."),
        }
    ),
    "Device": record(
        {
            "identifier": told("The one that it is shown by."),
            **{slot: told(slot.upper() if slot != "serial" else "Serial.", nullable=True) for slot in SLOTS},
            "status": one_of(Status, "Its state."),
            "model": told("Model."),
            "order_number": told("Order number."),
            "tags": list_of({"type": "string"}, "Tags."),
            "customer_id": told("Whose it is."),
            "reseller_id": told("Who uploaded it."),
            "upload_id": told("In which upload."),
            "line": number("On which line of that."),
            "uploaded_at": moment("When."),
            "uploaded_by": told("Email, name of a key, or S3; to a customer the reseller's name."),
        }
    ),
    "DeviceCard": {
        "allOf": [
            ref("Device"),
            record(
                {
                    "customer_name": told("Company that it is for."),
                    "order_date": told("YYYY-MM-DD, or empty."),
                    "approval_id": told("That the customer gave; for the customer alone.", nullable=True),
                    "decided_until": moment("Until when the decision can be undone.", nullable=True),
                    "former": list_of({"type": "string"}, "Identifiers that an exchange took from it."),
                    "history": list_of(
                        record(
                            {
                                "at": moment("When."),
                                "act": one_of(Act, "What was done."),
                                "by": told("Who; of the other company only its name."),
                                "status": one_of(Status, "The state that followed."),
                                "note": told("Such as the reason of a rejection."),
                                "decision_id": told("Of the decision that it was part of.", nullable=True),
                                "reference": told("The id under which the logs tell more."),
                            }
                        ),
                        "What happened to it, oldest first.",
                    ),
                }
            ),
        ]
    },
    "DevicePage": record(
        {
            "items": list_of(ref("Device"), "Devices by upload date."),
            "next_cursor": told("More may follow; a page can be short, or empty, and still have one.", nullable=True),
        }
    ),
    "JobBegun": record({"job_id": told("Ask for it under /v1/jobs/.")}),
    "Job": record(
        {
            "job_id": told("Its id."),
            "kind": told("What it does."),
            "state": {
                "type": "string",
                "enum": list(dict.fromkeys((*map(str, JobState), *map(str, RemovalState)))),
                "description": "How far it is; REFUSED: nothing was done, fault says why. A delete that is "
                "WAITING waits for the customer's release.",
            },
            "total": number("Devices, or entries of the list, that it is about."),
            "done": number("Of these: how many it has worked on."),
            "succeeded": number("How many it has done what was asked for to."),
            "by_code": counts("Code of the catalogue → how many it has not."),
            "refused": list_of(
                record(
                    {
                        "value": told("Identifier, or what stood in the list."),
                        "code": told("Of the catalogue."),
                        "message": told("Why."),
                    }
                ),
                f"The first {NAMED} of those.",
            ),
            "fault": told("Code of the reason for which it was refused as a whole.", nullable=True),
            "upload_id": told("Of a job about an upload.", nullable=True),
            "created_at": moment("When it began."),
            "finished_at": moment("When it was done; null before.", nullable=True),
            "reference": told("The id under which the logs tell more."),
        }
    ),
}
