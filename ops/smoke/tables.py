"""What DynamoDB takes, and what it refuses."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from ops.smoke.refusals import WrongError, refused
from rollcall.store.transactions import Transactions

if TYPE_CHECKING:
    from ops.smoke.account import Account

_KB: Final = 1024
#: Writes to a cold table: enough to reach the 4,000 a second that one gives.
COLD_WRITES: Final = 20_000
_THREADS: Final = 16


def batches(account: Account) -> str:
    """A batch takes 25 writes and a transaction 100 actions, and not one more."""
    dynamodb = account.client("dynamodb")
    with account.scratch_table() as table:
        puts = [{"PutRequest": {"Item": _item(f"batch#{n}")}} for n in range(26)]
        dynamodb.batch_write_item(RequestItems={table: puts[:25]})
        refused(lambda: dynamodb.batch_write_item(RequestItems={table: puts}), "a batch of 26 writes")
        actions = [{"Put": {"TableName": table, "Item": _item(f"action#{n}")}} for n in range(101)]
        dynamodb.transact_write_items(TransactItems=actions[:100])
        refused(lambda: dynamodb.transact_write_items(TransactItems=actions), "a transaction of 101 actions")
    return "25 and 100 taken, 26 and 101 refused"


def sizes(account: Account) -> str:
    """An item has at most 400 KB and a transaction 4 MB."""
    dynamodb = account.client("dynamodb")
    with account.scratch_table() as table:
        large = {"TableName": table, "Item": _item("large", 399 * _KB)}
        dynamodb.put_item(**large)
        refused(lambda: dynamodb.put_item(TableName=table, Item=_item("larger", 401 * _KB)), "an item of 401 KB")
        actions = [{"Put": {"TableName": table, "Item": _item(f"part#{n}", 390 * _KB)}} for n in range(11)]
        refused(lambda: dynamodb.transact_write_items(TransactItems=actions), "a transaction of 4.2 MB")
    return "399 KB taken, 401 KB and 4.2 MB refused"


def conflicts(account: Account) -> str:
    """Transactions that meet on one item all come through in the end, each once."""
    dynamodb = account.client("dynamodb")
    with account.scratch_table() as table:
        until = time.monotonic() + 60
        transactions = Transactions(dynamodb, seconds_left=lambda: until - time.monotonic())
        add = {
            "TableName": table,
            "Key": {"id": {"S": "counter"}},
            "UpdateExpression": "ADD n :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }

        def once(number: int) -> None:
            own = {
                "TableName": table,
                "Item": _item(f"own#{number}"),
                "ConditionExpression": "attribute_not_exists(id)",
            }
            transactions.write([{"Update": add}, {"Put": own}])

        with ThreadPoolExecutor(_THREADS) as pool:
            list(pool.map(once, range(50)))
        item = dynamodb.get_item(TableName=table, Key={"id": {"S": "counter"}}, ConsistentRead=True)["Item"]
    if item["n"]["N"] != "50":
        raise WrongError(f"50 transactions counted {item['n']['N']}")
    return "50 at once on one item: 50 counted"


def cold_table(account: Account) -> str:
    """A new table takes 4,000 writes a second; what it refuses comes through when it is tried again."""
    dynamodb = account.client("dynamodb")
    with account.scratch_table() as table:

        def write(start: int) -> int:
            tries, left = 0, [{"PutRequest": {"Item": _item(f"cold#{start + n}")}} for n in range(25)]
            while left:
                answer = dynamodb.batch_write_item(RequestItems={table: left})
                left = answer.get("UnprocessedItems", {}).get(table, [])
                tries += bool(left)
                if left:
                    time.sleep(min(0.05 * 2**tries, 2))
            return tries

        began = time.monotonic()
        with ThreadPoolExecutor(_THREADS) as pool:
            put_off = sum(pool.map(write, range(0, COLD_WRITES, 25)))
        seconds = time.monotonic() - began
    return (
        f"{COLD_WRITES:,} writes in {seconds:.1f} s, {COLD_WRITES / seconds:,.0f} a second, {put_off} batches put off"
    )


def _item(id_: str, size: int = 0) -> dict[str, dict[str, str]]:
    return {"id": {"S": id_}, **({"filler": {"S": "x" * size}} if size else {})}
