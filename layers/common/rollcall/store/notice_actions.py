"""Making a notice due within somebody else's transaction, as the bulk client writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.store.notice_outbox import expiry
from rollcall.store.notices_table import DUE, NOTICE, notice_pk

if TYPE_CHECKING:
    from rollcall.notices import Notice
    from rollcall.store.change_actions import Action


def due_action(notice: Notice, table: str, *, at: str) -> Action:
    """Makes a notice due, whether or not it was there.

    Args:
        notice: the notice.
        table: name of the uploads table.
        at: now, UTC.
    """
    sets = (
        "SET #kind = :kind, subject = :subject, account = :account, outbox = :due, outbox_at = :at, expires = :expires"
    )
    values: dict[str, Any] = {
        ":kind": {"S": notice.kind.value},
        ":subject": {"S": notice.subject},
        ":account": {"S": notice.account},
        ":due": {"S": DUE},
        ":at": {"S": at},
        ":expires": {"N": str(expiry(at))},
        ":one": {"N": "1"},
    }
    if notice.person:
        sets += ", person = :person"
        values[":person"] = {"S": notice.person}
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": {"S": notice_pk(notice.id)}, "sk": {"S": NOTICE}},
            "UpdateExpression": f"{sets} ADD version :one",
            "ExpressionAttributeNames": {"#kind": "kind"},
            "ExpressionAttributeValues": values,
        }
    }
