"""When a customer was last asked to decide on an upload: ``<upload id>`` / ``nudge#<customer>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.nudges import Nudged, earliest
from rollcall.store.notice_actions import due_action

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.notices import Notice
    from rollcall.store.transactions import Transactions


class NudgesStore:
    """Lets each customer be asked once a day about each upload.

    Args:
        transactions: writes who asked and what is to be told of it together.
        table: name of the uploads table.
    """

    def __init__(self, transactions: Transactions, table: str) -> None:
        self._transactions = transactions
        self._table = table

    def ask(self, upload: str, notice: Notice, *, by: str, once: str, now: str, waiting: int) -> Nudged:
        """Remembers that a customer is asked now, unless it was in the last 24 hours; who was first stays.

        Args:
            upload: upload id.
            notice: by which the customer hears of it; becomes due.
            by: who asks, as a history has it.
            once: names the click; the same click asks once, and is answered alike.
            now: UTC.
            waiting: devices that wait.

        Raises:
            OutOfTimeError: the request's time is up.
        """
        asked: dict[str, Any] = {
            "TableName": self._table,
            "Key": {"pk": {"S": upload}, "sk": {"S": f"nudge#{notice.account}"}},
            "UpdateExpression": "SET nudged_at = :now, nudged_by = :by, nudged_once = :once",
            "ConditionExpression": "attribute_not_exists(nudged_at) OR nudged_at <= :earliest",
            "ExpressionAttributeValues": {
                ":now": {"S": now},
                ":by": {"S": by},
                ":once": {"S": once},
                ":earliest": {"S": earliest(now)},
            },
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
        refused = self._transactions.write([{"Update": asked}, due_action(notice, self._table, at=now)])
        known = refused[0].item if refused else None
        if not known:
            return Nudged(notice.account, waiting, asked=True, at=now, by=by)
        repeated = known["nudged_once"]["S"] == once
        return Nudged(notice.account, waiting, repeated, known["nudged_at"]["S"], known["nudged_by"]["S"])

    def asked(self, uploads: Iterable[str], customer: str) -> dict[str, str]:
        """When a customer was last asked about uploads: upload id → when, UTC; those never asked about are left out.

        Raises:
            OutOfTimeError: the caller's time is up.
        """
        keys = [{"pk": {"S": upload}, "sk": {"S": f"nudge#{customer}"}} for upload in uploads]
        return {item["pk"]["S"]: item["nudged_at"]["S"] for item in self._transactions.get(self._table, keys)}
