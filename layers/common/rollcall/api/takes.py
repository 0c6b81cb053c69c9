"""What calls take, as JSON Schema. Unknown fields are refused, so that a misspelt one is not simply left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.api.shapes import record, text
from rollcall.decisions import LONGEST_APPROVAL_ID, LONGEST_REASON, DecisionKind
from rollcall.wishes import LONGEST_ORDER

if TYPE_CHECKING:
    from rollcall.api.shapes import Shape

#: Devices that one call may name. More go as a file, into ``accept/`` or as an upload.
MOST_IDENTIFIERS: Final = 10_000
LONGEST_IDENTIFIER: Final = 100
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

NEW_UPLOAD: Final[Shape] = record(
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
NEW_DECISION: Final[Shape] = record(
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
NEW_DELETE: Final[Shape] = record(
    {"identifiers": _IDENTIFIERS, "transaction_id": _TRANSACTION},
    optional=("transaction_id",),
    additionalProperties=False,
)
