"""Decisions as a whole in the uploads table: ``decision#<id>`` / ``decision``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from rollcall.decided import Undone, record_from_json, record_to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.decided import Record
    from rollcall.decisions import Decision
    from rollcall.store.change_actions import Action

#: In the ``outbox`` attribute: those whom it concerns have not been told of it.
UNTOLD: Final = "decided"
#: Seconds that a decision is kept as a whole; what it did to each device is in that device's history for good.
KEPT: Final = 400 * 24 * 3600
_SORT_KEY: Final = "decision"


def record_key(decision: str) -> dict[str, Any]:
    """The key of a decision."""
    return {"pk": {"S": f"decision#{decision}"}, "sk": {"S": _SORT_KEY}}


def listed_under(customer: str) -> str:
    """Where a customer's decisions stand in the index that lists its uploads: a partition of their own."""
    return f"decisions#{customer}"


def record_of(item: Mapping[str, Any]) -> Record:
    """A decision out of its item as DynamoDB sends it."""
    record = json.loads(item["record"]["S"])
    undone = json.loads(item["undone"]["S"]) if "undone" in item else None
    if "decided_devices" in item:
        record["devices"] = int(item["decided_devices"]["N"])
    if undone and "undone_devices" in item:
        undone["devices"] = int(item["undone_devices"]["N"])
    return record_from_json(record, undone)


def put_record(record: Record, uploads: str, *, now: float) -> Action:
    """Stores a new decision; that it has to be told goes with it."""
    return {
        "Put": {
            "TableName": uploads,
            "Item": {
                **record_key(record.decision.id),
                "record": {"S": json.dumps(record_to_json(record), separators=(",", ":"))},
                "customer": {"S": record.decision.customer},
                "customer_uploads": {"S": listed_under(record.decision.customer)},
                # Decisions of one second in the order in which they were stored.
                "listed_at": {"S": f"{record.decision.at}#{int(now * 1000):014}#{record.decision.id}"},
                "outbox": {"S": UNTOLD},
                "outbox_at": {"S": record.decision.at},
                "expires": {"N": str(int(now) + KEPT)},
            },
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def grow_record(old: Record, record: Record, uploads: str) -> Action:
    """Stores that a decision of a rule has come to more devices, unless it is another one by now, or was taken back."""
    return {
        "Update": {
            "TableName": uploads,
            "Key": record_key(record.decision.id),
            "UpdateExpression": "SET #record = :record, outbox = :untold, outbox_at = :at",
            "ConditionExpression": "#record = :old AND attribute_not_exists(undone)",
            "ExpressionAttributeNames": {"#record": "record"},
            "ExpressionAttributeValues": {
                ":record": {"S": json.dumps(record_to_json(record), separators=(",", ":"))},
                ":old": {"S": json.dumps(record_to_json(old), separators=(",", ":"))},
                ":untold": {"S": UNTOLD},
                ":at": {"S": record.decision.at},
            },
        }
    }


def mark_undone(undo: Decision, uploads: str, *, devices: int = 0) -> Action:
    """Stores who took a decision back, and of how many devices; the first who did stays."""
    return {
        "Update": {
            "TableName": uploads,
            "Key": record_key(undo.undoes),
            "UpdateExpression": "SET undone = if_not_exists(undone, :undone), outbox = :untold, outbox_at = :at",
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeValues": {
                ":undone": {"S": json.dumps(asdict(Undone(undo.id, undo.by, undo.at, devices)), separators=(",", ":"))},
                ":untold": {"S": UNTOLD},
                ":at": {"S": undo.at},
            },
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }
