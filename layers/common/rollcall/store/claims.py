"""Claims identifiers for devices: all of a device's or none, and each for one device only.

A batch is looked up first; what is free goes into transactions of up to 100 conditional puts, a device's items never
split over two. A cancelled transaction says which identifier was taken, and by whom, in the same answer.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rollcall.conflicts import Verdict, compare
from rollcall.store.device_items import TOMBSTONE, generation_of, is_tombstone, items_of
from rollcall.store.patience import Patience
from rollcall.store.transactions import CONDITION_FAILED, LOOKUP_KEYS, PASSING, TRANSACTION_ACTIONS
from rollcall.uploads import Cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.conflicts import Generation
    from rollcall.devices import Device

#: Free: never claimed, or left by a device that was deleted. A tombstone of the row's own generation is not free.
_FREE: Final = "attribute_not_exists(id) OR (#kind = :tombstone AND NOT (#upload = :upload AND #line = :line))"
_OWNER_ONLY: Final = "id, #kind, reseller, customer, #upload, #line"
#: Names go by aliases, since DynamoDB reserves more words every year.
_NAMES: Final = {"#kind": "kind", "#upload": "upload", "#line": "line"}


class Claims:
    """Looks up and claims identifiers in the devices table.

    Args:
        client: DynamoDB.
        table: name of the devices table.
        seconds_left: how long the worker may still run; asked before each call.
        pause: sleeps for so many seconds.
        margin: seconds kept back for the worker's last steps.
    """

    def __init__(
        self,
        client: DynamoDBClient,
        table: str,
        *,
        seconds_left: Callable[[], float],
        pause: Callable[[float], None] = time.sleep,
        margin: float = 3.0,
    ) -> None:
        self._client = client
        self._table = table
        self._patience = Patience(seconds_left, pause=pause, margin=margin)
        self._cost = Cost()

    @property
    def cost(self) -> Cost:
        """What all calls so far have taken."""
        return self._cost

    def look_up(self, keys: Iterable[str]) -> dict[str, Generation]:
        """Who holds which of the typed keys; free ones are left out.

        A tombstone counts as held by its own generation only for that generation, which `claim` sees to; here it
        is free.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        wanted = list(dict.fromkeys(keys))
        holders: dict[str, Generation] = {}
        for start in range(0, len(wanted), LOOKUP_KEYS):
            for item in self._get(wanted[start : start + LOOKUP_KEYS]):
                if not is_tombstone(item):
                    holders[item["id"]["S"]] = generation_of(item)
        return holders

    def claim(self, devices: Sequence[Device]) -> dict[Generation, dict[str, Generation]]:
        """Stores devices.

        A device that this very row stored before counts as stored.

        Returns:
            For each device that was not stored, by its generation: typed key → who holds that identifier.

        Raises:
            OutOfTimeError: the worker's time is up; some may be stored.
        """
        refused: dict[Generation, dict[str, Generation]] = {}
        for batch in _batches(devices):
            self._claim_batch(batch, refused)
        return refused

    def _get(self, keys: list[str]) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        pauses = self._patience.pauses()
        pending = keys
        while pending:
            self._patience.check()
            try:
                answer = self._client.batch_get_item(
                    RequestItems={
                        self._table: {
                            "Keys": [{"id": {"S": key}} for key in pending],
                            "ProjectionExpression": _OWNER_ONLY,
                            "ExpressionAttributeNames": _NAMES,
                            # What was deleted a moment ago is free, what was stored a moment ago is not.
                            "ConsistentRead": True,
                        }
                    },
                    ReturnConsumedCapacity="TOTAL",
                )
            except ClientError as error:
                if error.response["Error"]["Code"] not in PASSING:
                    raise
                next(pauses)
                continue
            self._count(reads=answer.get("ConsumedCapacity"))
            found += answer["Responses"].get(self._table, [])
            left = answer.get("UnprocessedKeys") or {}
            pending = [key["id"]["S"] for key in left[self._table]["Keys"]] if self._table in left else []
            if pending:
                next(pauses)
        return found

    def _claim_batch(self, batch: list[Device], refused: dict[Generation, dict[str, Generation]]) -> None:
        pauses = self._patience.pauses()
        while batch:
            self._patience.check()
            puts = [(device, item) for device in batch for item in items_of(device)]
            try:
                answer = self._client.transact_write_items(
                    TransactItems=[{"Put": self._put(device, item)} for device, item in puts],  # type: ignore[typeddict-item] # built by hand
                    ReturnConsumedCapacity="TOTAL",
                )
            except ClientError as error:
                self._count()
                code = error.response["Error"]["Code"]
                if code == "TransactionCanceledException":
                    reasons = error.response["CancellationReasons"]
                    batch, settled = _after_cancellation(batch, puts, reasons, refused)
                    if not settled:
                        next(pauses)
                    continue
                if code not in PASSING:
                    raise
                next(pauses)
                continue
            self._count(writes=answer.get("ConsumedCapacity"))
            return

    def _put(self, device: Device, item: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "TableName": self._table,
            "Item": item,
            "ConditionExpression": _FREE,
            "ExpressionAttributeNames": _NAMES,
            "ExpressionAttributeValues": {
                ":tombstone": {"S": TOMBSTONE},
                ":upload": {"S": device.generation.upload},
                ":line": {"N": str(device.generation.line)},
            },
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }

    def _count(self, *, reads: Any = (), writes: Any = ()) -> None:  # noqa: ANN401 - ConsumedCapacity as it comes
        self._cost += Cost(
            requests=1,
            read_units=sum(entry.get("CapacityUnits", 0.0) for entry in reads or ()),
            write_units=sum(entry.get("CapacityUnits", 0.0) for entry in writes or ()),
        )


def _batches(devices: Sequence[Device]) -> Iterable[list[Device]]:
    batch: list[Device] = []
    actions = 0
    for device in devices:
        size = len(device.ids)
        if actions + size > TRANSACTION_ACTIONS:
            yield batch
            batch, actions = [], 0
        batch.append(device)
        actions += size
    if batch:
        yield batch


def _after_cancellation(
    batch: list[Device],
    puts: Sequence[tuple[Device, Mapping[str, Any]]],
    reasons: Sequence[Mapping[str, Any]],
    refused: dict[Generation, dict[str, Generation]],
) -> tuple[list[Device], bool]:
    """Sorts a cancelled batch: settled devices leave it, the rest is tried again.

    Returns:
        The devices to try again, and whether any device was settled.

    Raises:
        RuntimeError: DynamoDB gave a reason that trying again will not mend.
    """
    settled: set[Generation] = set()
    for (device, item), reason in zip(puts, reasons, strict=True):
        code = reason.get("Code", "None")
        if code == CONDITION_FAILED:
            holder = generation_of(reason["Item"])
            settled.add(device.generation)
            if compare(device.generation, holder) is not Verdict.OWN:
                refused.setdefault(device.generation, {})[item["id"]["S"]] = holder
        elif code not in PASSING:
            raise RuntimeError(f"DynamoDB refused to store a device: {code} {reason.get('Message', '')}")
    return [device for device in batch if device.generation not in settled], bool(settled)
