"""A file end to end on the local stack, beside writing the same items bare in 100-item transactions from one loop."""

import json
import os
import random
import tempfile
import time
from pathlib import Path

from local.emulator import ACCESS_KEY, REGION, SECRET_KEY
from local.stack import running_stack
from rollcall.conflicts import Generation
from rollcall.devices import Arrival, arrive
from rollcall.luhn import check_digit
from rollcall.rows import FileContext, judge
from rollcall.store.accounts import AccountsStore
from rollcall.store.device_items import items_of
from rollcall.store.uploads import UploadsStore
from tests.chain import sample_directory
from tests.cloud import TEMPLATE

COLUMNS = ("imei", "imei2", "model", "order_number")
#: The emulator and the workers share two cores; two workers at a time keep it busy, more only get in its way.
PARAMETERS = {"ChunkConcurrency": "2"}
#: One phone in three has two SIMs; a few models, a few orders.
DUAL_SIM = 3


def run(options):
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as state, running_stack(Path(state), parameters=PARAMETERS) as stack:
            _measure(stack, rows)


def make_rows(count, seed=1):
    """Rows of distinct, valid phones."""
    random.seed(seed)
    serials = random.sample(range(1_000_000), min(count, 1_000_000))
    for number, serial in enumerate(serials):
        body = f"35{number % 90 + 10:02}{seed % 90 + 10:02}00{serial:06}"
        twin = f"86{number % 90 + 10:02}{seed % 90 + 10:02}00{serial:06}" if number % DUAL_SIM == 0 else ""
        yield (
            body + check_digit(body),
            twin and twin + check_digit(twin),
            f"SM-A{number % 40:03}",
            f"PO-{number % 25}",
        )


def make_file(rows):
    return "\r\n".join([",".join(COLUMNS), *map(",".join, rows), ""]).encode()


def use_emulator():
    """Has what is made from now on speak with the emulator's key."""
    os.environ.update(AWS_ACCESS_KEY_ID=ACCESS_KEY, AWS_SECRET_ACCESS_KEY=SECRET_KEY, AWS_DEFAULT_REGION=REGION)


def _measure(stack, count):
    use_emulator()
    AccountsStore(stack.outputs["AccountsTableName"], region=REGION, host=stack.endpoint).apply(sample_directory())
    uploads = UploadsStore(stack.outputs["UploadsTableName"], region=REGION, host=stack.endpoint)
    rows = list(make_rows(count))
    body = make_file(rows)
    # The first file pays for starting the workers; it is not what is measured.
    _send(stack, "warm.csv", make_file(make_rows(4_000, seed=2)))
    first, figures = _send(stack, "phones.csv", body)
    again, repeat = _send(stack, "phones-again.csv", body)
    bare, units = _bare(stack, rows)
    cost = uploads.get(figures["upload_id"]).figures.cost
    cost_again = uploads.get(repeat["upload_id"]).figures.cost
    items = sum(2 if row[1] else 1 for row in rows)
    expected = 2 * items + 3 * count  # twice per item in a transaction, once per index: by_upload, pending, by_order

    def each(units, units_again):
        return f"{units / count * 1000:8.1f}     again {units_again / count * 1000:.1f}"

    print(f"\n{count:,} rows, {items:,} items, on the local stack")
    print(f"  bare loop                    {bare:8.1f} s")
    print(f"  upload, file to summary      {first:8.1f} s   {first / bare:.2f} x bare")
    print(f"  the same file again          {again:8.1f} s   {again / bare:.2f} x bare")
    print(f"  requests per 1,000 devices   {each(cost.requests, cost_again.requests)}")
    print(f"  write units per 1,000        {each(cost.write_units, cost_again.write_units)}")
    print(f"    by arithmetic              {each(expected, 0)}")
    print(f"    of the bare loop           {each(units, 0)}")
    print(f"  read units per 1,000         {each(cost.read_units, cost_again.read_units)}")
    assert figures["stored"] == count
    assert repeat["refused"] == count


def _send(stack, name, body):
    """Seconds from the put to the summary, and the summary."""
    s3, bucket = stack.client("s3"), stack.outputs["UploadsBucketName"]
    before = {entry["Key"] for entry in _summaries(s3, bucket)}
    started = time.monotonic()
    s3.put_object(Bucket=bucket, Key=f"uploads/RSL-ACME/CUST-NORTHWIND/{name}", Body=body)
    while True:
        new = [entry["Key"] for entry in _summaries(s3, bucket) if entry["Key"] not in before]
        if new:
            seconds = time.monotonic() - started
            return seconds, json.loads(s3.get_object(Bucket=bucket, Key=new[0])["Body"].read())
        if time.monotonic() - started > 900:
            raise TimeoutError(name)
        time.sleep(0.05)


def _summaries(s3, bucket):
    found = s3.list_objects_v2(Bucket=bucket, Prefix="reports/").get("Contents", [])
    return [entry for entry in found if entry["Key"].endswith("/summary.json")]


def _bare(stack, rows):
    """The same items into a table of the same shape, one loop, nothing else."""
    dynamodb = stack.client("dynamodb")
    wanted = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    properties = TEMPLATE["Resources"]["DevicesTable"]["Properties"]
    dynamodb.create_table(TableName="bare", **{key: properties[key] for key in wanted})
    context = FileContext(headings=COLUMNS, columns=COLUMNS, customer="CUST-NORTHWIND")
    arrival = Arrival(
        reseller="RSL-ACME",
        upload="U-0000-0000-0000-0000",
        chunk=0,
        at="2026-03-01T09:30:00Z",
        by="S3",
        source="s3",
        stc="",
        reference="R-00000000",
    )
    items = [
        item
        for line, cells in enumerate(rows, 2)
        for item in items_of(
            arrive(
                judge(line, cells, context),
                Generation("RSL-ACME", "CUST-NORTHWIND", arrival.upload, line),
                arrival,
            )
        )
    ]
    units = 0.0
    started = time.monotonic()
    for start in range(0, len(items), 100):
        answer = dynamodb.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": "bare", "Item": item, "ConditionExpression": "attribute_not_exists(id)"}}
                for item in items[start : start + 100]
            ],
            ReturnConsumedCapacity="TOTAL",
        )
        units += sum(entry["CapacityUnits"] for entry in answer["ConsumedCapacity"])
    return time.monotonic() - started, units
