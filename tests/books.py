"""What must be true of the books whatever has happened, and the ways in which a call can go wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from botocore.exceptions import ClientError, EndpointConnectionError

from rollcall.devices import arrive, pending_shard, shard
from rollcall.store.audit_items import audit_of
from rollcall.store.device_items import device_of, generation_of
from rollcall.transitions import TABLE, Act, Status
from tests.files_of import imei

ENDS = (Act.DELETED, Act.UPLOAD_UNDONE)


class LostError(EndpointConnectionError):
    """The network is gone."""

    def __init__(self):
        super().__init__(endpoint_url="https://aws.example")


def conflict(params):
    """The answer that somebody else is at the first item of a transaction."""
    reasons = [{"Code": "TransactionConflict"}, *[{"Code": "None"}] * (len(params["TransactItems"]) - 1)]
    error = {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": reasons}
    return ClientError(error, "TransactWriteItems")


def unrecognised(number):
    """A loader's `arrive` for a registry that does not know one of the devices."""

    def arriving(row, generation, arrival, status=Status.PENDING):
        device = arrive(row, generation, arrival, status)
        if device.primary.value != imei(number):
            return device
        entry = replace(device.history[0], status=Status.MPTS_ERROR)
        return replace(device, status=Status.MPTS_ERROR, history=(entry,))

    return arriving


def count_unrecognised(cloud, upload, customer, count):
    """The share in the figures that such devices have from the beginning."""
    item = {"pk": {"S": upload}, "sk": {"S": f"delta#{customer}#arrival#0"}}
    figures = {"verified": {"N": "0"}, "settled": {"N": str(count)}, "unrecognised": {"N": str(count)}}
    if count:
        cloud.client("dynamodb").put_item(TableName="UploadsTable", Item={**item, **figures})


def right_books(cloud, office, past):
    """Every step in the table and in the history once, every figure a recount; gives what is the past from now on."""
    items, books = cloud.peek("DevicesTable"), cloud.peek("UploadsTable")
    alive = [device_of(item) for item in items if item["kind"]["S"] == "device"]
    gone = [audit_of(item) for item in books if item["sk"]["S"].startswith("audit#")]
    now = every_step_is_in_the_table_and_in_the_history_once(alive, gone, past)
    every_item_is_what_its_device_says({item["id"]["S"]: item for item in items}, alive)
    counts = Counter((one.generation.upload, one.generation.customer, one.status) for one in alive)
    for item in books:
        if item["sk"]["S"].startswith("part#"):
            part = item["pk"]["S"], item["customer"]["S"]
            figures = office.decisions.parts.figures(*part)
            assert figures.verified == counts[(*part, Status.VERIFIED)]
            assert int(item["stored"]["N"]) - figures.settled == counts[(*part, Status.PENDING)]
            assert figures.unrecognised == counts[(*part, Status.MPTS_ERROR)]
    return now


def every_step_is_in_the_table_and_in_the_history_once(alive, gone, past):
    """The past is only ever added to; gives what is the past from now on."""
    now = {device.generation: device.history for device in alive}
    assert not now.keys() & {audit.generation for audit in gone}
    now |= {audit.generation: audit.history for audit in gone}
    for generation, history in past.items():
        assert now[generation][: len(history)] == history, "the past was rewritten"
    for device in alive:
        assert device.version == len(device.history)
        assert device.status is device.history[-1].status
    for audit in gone:
        assert audit.history[-1].act in ENDS
    for history in now.values():
        for before, entry in zip((None, *(entry.status for entry in history)), history, strict=False):
            assert (None if entry.act in ENDS else entry.status) in TABLE[before, entry.act]
        ids = [(entry.act, entry.decision) for entry in history if entry.decision]
        assert len(ids) == len(set(ids))
    return now


def every_item_is_what_its_device_says(items, alive):
    """Pointers lead to their device, nothing is left of what is gone, and only what waits is in the index of that."""
    owned = {key: device for device in alive for key in device.own_keys()}
    assert owned.keys() <= items.keys()
    for id_, item in items.items():
        assert (item["kind"]["S"] == "tombstone") == (id_ not in owned) == ("expires" in item)
        if item["kind"]["S"] == "pointer":
            assert item["device"]["S"] == owned[id_].id
            assert generation_of(item) == owned[id_].generation
    for device in alive:
        waits = device.status is Status.PENDING
        expected = pending_shard(device.generation.customer, shard(device.id))
        assert items[device.id].get("pending_shard", {}).get("S") == (expected if waits else None)
        verified = Status.VERIFIED in (device.status, device.before_exchange)
        assert bool(device.decision) == (verified or device.status is Status.REJECTED)
        assert bool(device.before_exchange) == (device.status is Status.EXCHANGING)


def tells_the_truth(outcome, now):
    """What somebody was told has happened stands in the history, and the device they were shown was one there was."""
    for one in getattr(outcome, "settled", ()):
        if one.entry:
            assert any(one.entry in history for history in now.values())
        if one.device:
            known = now[one.device.generation]
            assert known[: len(one.device.history)] == one.device.history
