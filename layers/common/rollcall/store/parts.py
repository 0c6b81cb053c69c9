"""A customer's part of an upload as decisions see it: its figures, and who is deciding on all of it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rollcall.decided import decision_from_json
from rollcall.devices import SHARDS, pending_shard
from rollcall.shares import marked
from rollcall.store.part_holds import PartHolds
from rollcall.store.query_pages import items_of
from rollcall.store.uploads_table import DELTA_PREFIX, HEAD, part_sort_key
from rollcall.uploads import UploadStatus
from rollcall.waiting import PendingPart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from rollcall.decisions import Decision
    from rollcall.store.sessions import LazyClient

#: Devices looked at to count those that wait by model and order.
COUNTED: Final = 2_000
#: Uploads of a customer that are looked through for those of one reseller.
NEWEST: Final = 500


@dataclass(frozen=True, slots=True)
class Part:
    """What one customer has of one upload.

    Attributes:
        upload: upload id.
        customer: account id; ``reseller`` likewise.
        stored: devices it brought.
        chunks: of the upload.
        own_chunks: numbers of those in which the customer has devices, ascending; None where that is not known.
        started_at: when the upload was, UTC: where its devices stand in the index of what waits.
        in_progress: the upload is still being stored.
        deciding: id of the decision on all of it that is being carried out; empty if none is.
        whole: the last decision on all of it, done or being carried out.
    """

    upload: str
    customer: str
    reseller: str
    stored: int
    chunks: int
    started_at: str
    in_progress: bool
    deciding: str
    whole: Decision | None
    own_chunks: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class PartFigures:
    """What has happened to the devices of a part.

    Attributes:
        version: how many steps were taken, each with one or more devices.
        verified: devices that are VERIFIED now.
        settled: devices that are not, or no longer, PENDING.
        removed: devices that are gone.
        unrecognised: devices that the manufacturer's registry does not recognise now.
    """

    version: int
    verified: int
    settled: int
    removed: int = 0
    unrecognised: int = 0


@dataclass(frozen=True, slots=True)
class Waiter:
    """A device of the index of what waits; the index may lag behind by a moment."""

    id: str
    model: str
    order_number: str


class PartsStore(PartHolds):
    """Reads parts; every read but that of the index sees every write that came before.

    Args:
        client: DynamoDB.
        devices: name of the devices table.
        uploads: name of the uploads table.
    """

    def __init__(self, client: DynamoDBClient | LazyClient, *, devices: str, uploads: str) -> None:
        super().__init__(client, uploads=uploads)
        self._devices = devices

    def get(self, upload: str, customer: str) -> Part | None:
        """A customer's part of an upload; None if it has none, or while the upload is in progress and none is known."""
        keys = [{"pk": {"S": upload}, "sk": {"S": key}} for key in (HEAD, part_sort_key(customer))]
        answer = self._client.batch_get_item(RequestItems={self._uploads: {"Keys": keys, "ConsistentRead": True}})
        if answer.get("UnprocessedKeys"):
            items = [self._client.get_item(TableName=self._uploads, Key=key, ConsistentRead=True) for key in keys]
            found = [item["Item"] for item in items if "Item" in item]
        else:
            found = answer["Responses"][self._uploads]
        by_key = {item["sk"]["S"]: item for item in found}
        head, part = by_key.get(HEAD), by_key.get(part_sort_key(customer))
        if head is None or part is None:
            return None
        return Part(
            upload=upload,
            customer=customer,
            reseller=part["reseller"]["S"],
            stored=int(part["stored"]["N"]),
            chunks=int(head["chunks"]["N"]) if "chunks" in head else 0,
            started_at=part["started_at"]["S"],
            in_progress=head["status"]["S"] == UploadStatus.IN_PROGRESS,
            deciding=part["deciding"]["S"] if "deciding" in part else "",
            whole=whole_of(part),
            own_chunks=marked(part["in_chunks"]["B"]) if "in_chunks" in part else None,
        )

    def figures(self, upload: str, customer: str) -> PartFigures:
        """The sum of everything that happened to the devices of a part."""
        version = verified = settled = removed = unrecognised = 0
        for item in self._query(
            TableName=self._uploads,
            KeyConditionExpression="pk = :upload AND begins_with(sk, :prefix)",
            ExpressionAttributeValues={":upload": {"S": upload}, ":prefix": {"S": f"{DELTA_PREFIX}{customer}#"}},
            ConsistentRead=True,
        ):
            version += 1
            verified += int(item["verified"]["N"])
            settled += int(item["settled"]["N"]) if "settled" in item else 0
            removed += int(item["removed"]["N"]) if "removed" in item else 0
            unrecognised += int(item["unrecognised"]["N"]) if "unrecognised" in item else 0
        return PartFigures(version, verified, settled, removed, unrecognised)

    def waiting(self, part: Part, *, limit: int) -> list[Waiter]:
        """Devices of a part that wait for a decision, about in the order of the file; of very many only some."""
        waiters: list[Waiter] = []
        for shard in range(SHARDS):
            items = self._query(
                TableName=self._devices,
                IndexName="pending",
                KeyConditionExpression="pending_shard = :shard AND begins_with(pending_key, :prefix)",
                ExpressionAttributeValues={
                    ":shard": {"S": pending_shard(part.customer, shard)},
                    ":prefix": {"S": f"{part.started_at}#{part.upload}#"},
                },
                ProjectionExpression="id, model, order_number",
                Limit=min(limit, 1_000),
            )
            for item in items:
                if len(waiters) == limit:
                    return waiters
                waiters.append(
                    Waiter(
                        item["id"]["S"], item.get("model", {}).get("S", ""), item.get("order_number", {}).get("S", "")
                    )
                )
        return waiters

    def pending(self, part: Part) -> PendingPart:
        """What waits in a part, and as of which version."""
        figures = self.figures(part.upload, part.customer)
        waiters = self.waiting(part, limit=COUNTED)
        return PendingPart(
            upload=part.upload,
            customer=part.customer,
            reseller=part.reseller,
            version=figures.version,
            total=part.stored - figures.settled,
            by_model=Counter(waiter.model for waiter in waiters),
            by_order=Counter(waiter.order_number for waiter in waiters),
            counted=len(waiters),
        )

    def uploads_of(self, customer: str, reseller: str) -> list[str]:
        """The newest of a reseller's uploads that brought a customer devices, of the customer's newest 500 uploads."""
        items = self._query(
            TableName=self._uploads,
            IndexName="by_customer",
            KeyConditionExpression="customer_uploads = :customer",
            ExpressionAttributeValues={":customer": {"S": customer}},
            ProjectionExpression="pk, reseller",
            ScanIndexForward=False,
        )
        return [item["pk"]["S"] for item in islice(items, NEWEST) if item["reseller"]["S"] == reseller]

    def _query(self, **query: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - as boto3 takes it
        return items_of(self._client, query)


def whole_of(part: Mapping[str, Any] | None) -> Decision | None:
    """The last decision on all of a part, out of its item as DynamoDB sends it."""
    return decision_from_json(json.loads(part["whole"]["S"])) if part and "whole" in part else None
