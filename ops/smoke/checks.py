"""The checks: each holds one thing to what our code takes for granted and no emulator shows."""

from __future__ import annotations

import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from rollcall.store.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ops.smoke.account import Account

#: USD for a million write units, on demand, in us-east-1: docs/costs.md has the source and the date.
USD_PER_MILLION_WRITES: Final = 0.625
_KB: Final = 1024
_MB: Final = 1024 * 1024
#: Writes to a cold table: enough to reach the 4,000 a second that one gives.
_COLD_WRITES: Final = 20_000
_THREADS: Final = 16
_ACK_SECONDS: Final = 3.0


class WrongError(Exception):
    """AWS does not behave as our code takes for granted; says how."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        name: what is checked, as a sentence that is true if all is well.
        run: does it, and tells what it saw.
        usd: what it costs at most.
    """

    name: str
    run: Callable[[Account], str]
    usd: float


def batches(account: Account) -> str:
    """A batch takes 25 writes and a transaction 100 actions, and not one more."""
    dynamodb = account.client("dynamodb")
    with account.scratch_table() as table:
        puts = [{"PutRequest": {"Item": _item(f"batch#{n}")}} for n in range(26)]
        dynamodb.batch_write_item(RequestItems={table: puts[:25]})
        _refused(lambda: dynamodb.batch_write_item(RequestItems={table: puts}), "a batch of 26 writes")
        actions = [{"Put": {"TableName": table, "Item": _item(f"action#{n}")}} for n in range(101)]
        dynamodb.transact_write_items(TransactItems=actions[:100])
        _refused(lambda: dynamodb.transact_write_items(TransactItems=actions), "a transaction of 101 actions")
    return "25 and 100 taken, 26 and 101 refused"


def sizes(account: Account) -> str:
    """An item has at most 400 KB and a transaction 4 MB."""
    dynamodb = account.client("dynamodb")
    with account.scratch_table() as table:
        large = {"TableName": table, "Item": _item("large", 399 * _KB)}
        dynamodb.put_item(**large)
        _refused(lambda: dynamodb.put_item(TableName=table, Item=_item("larger", 401 * _KB)), "an item of 401 KB")
        actions = [{"Put": {"TableName": table, "Item": _item(f"part#{n}", 390 * _KB)}} for n in range(11)]
        _refused(lambda: dynamodb.transact_write_items(TransactItems=actions), "a transaction of 4.2 MB")
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
            put_off = sum(pool.map(write, range(0, _COLD_WRITES, 25)))
        seconds = time.monotonic() - began
    return (
        f"{_COLD_WRITES:,} writes in {seconds:.1f} s, {_COLD_WRITES / seconds:,.0f} a second, {put_off} batches put off"
    )


def small_parts(account: Account) -> str:
    """S3 refuses a part below 5 MB that is not the last."""
    s3, key = account.client("s3"), account.key("parts")
    made = s3.create_multipart_upload(Bucket=account.bucket, Key=key)
    named = {"Bucket": account.bucket, "Key": key, "UploadId": made["UploadId"]}
    tags = [s3.upload_part(**named, PartNumber=n, Body=b"x" * _KB)["ETag"] for n in (1, 2)]
    parts = [{"PartNumber": n, "ETag": tag} for n, tag in enumerate(tags, start=1)]
    _refused(lambda: s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts}), "a part of 1 KB")
    s3.abort_multipart_upload(**named)  # else the bucket forgets it after two days
    return "refused"


def forms(account: Account) -> str:
    """A form for one file takes that key and that size, and nothing after its time."""
    s3, key = account.client("s3"), account.key("form")
    conditions = [["content-length-range", 1, _KB]]

    def form(seconds: int) -> dict[str, Any]:
        made: dict[str, Any] = s3.generate_presigned_post(account.bucket, key, Conditions=conditions, ExpiresIn=seconds)
        return made

    def sent(made: Mapping[str, Any], size: int, **other: str) -> int:
        return _post_form(made["url"], {**made["fields"], **other}, b"x" * size)

    good, late = form(60), form(1)
    time.sleep(2)
    seen = {
        "as it is": sent(good, _KB),
        "a byte too long": sent(good, _KB + 1),
        "another key": sent(good, _KB, key=f"{key}-other"),
        "after its time": sent(late, _KB),
    }
    s3.delete_object(Bucket=account.bucket, Key=key)
    wrong = [name for name, status in seen.items() if (status < HTTPStatus.BAD_REQUEST) != (name == "as it is")]
    if wrong:
        raise WrongError(f"{', '.join(wrong)}: {seen}")
    return f"taken as it is, refused otherwise {tuple(seen.values())}"


def missing_objects(account: Account) -> str:
    """Whoever asks for objects that may be gone may list the bucket: else S3 answers 403, as if they were forbidden."""
    iam, functions = account.client("iam"), account.client("lambda")
    bucket = f"arn:aws:s3:::{account.bucket}"
    for output in ("PlanUploadName", "RunJobName"):
        role = functions.get_function_configuration(FunctionName=account.outputs[output])["Role"]
        answer = iam.simulate_principal_policy(
            PolicySourceArn=role, ActionNames=["s3:ListBucket"], ResourceArns=[bucket]
        )
        if answer["EvaluationResults"][0]["EvalDecision"] != "allowed":
            raise WrongError(f"{account.outputs[output]} may not list the bucket")
    return "PlanUpload and RunJob may"


def plain_http(account: Account) -> str:
    """The bucket refuses plain HTTP, and the public."""
    s3 = account.client("s3")
    blocked = s3.get_public_access_block(Bucket=account.bucket)["PublicAccessBlockConfiguration"]
    if not all(blocked.values()):
        raise WrongError(f"public access is not blocked: {blocked}")
    policy = s3.get_bucket_policy(Bucket=account.bucket)["Policy"]
    if "aws:SecureTransport" not in policy:
        raise WrongError("no statement refuses plain HTTP")
    return "both refused"


def unsigned(account: Account) -> str:
    """An unsigned request is refused, within Slack's three seconds even if it is the first of the day."""
    began = time.monotonic()
    status = _post(account.bot_url, b"command=%2Frollcall&text=help")
    seconds = time.monotonic() - began
    if status != HTTPStatus.UNAUTHORIZED:
        raise WrongError(f"answered with {status}")
    if seconds > _ACK_SECONDS:
        raise WrongError(f"refused after {seconds:.1f} s: see SlowAnswersAlarm in docs/runbook.md")
    return f"401 after {seconds:.2f} s"


def large_requests(account: Account) -> str:
    """A request of more than 10 MB does not get as far as our code."""
    status = _post(account.bot_url, b"x" * (10 * _MB + 1))
    if status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise WrongError(f"answered with {status}")
    return "413"


def snapshot(account: Account) -> str:
    """The bot's live version has its snapshot."""
    functions = account.client("lambda")
    found = functions.get_function_configuration(FunctionName=account.outputs["BotName"], Qualifier="live")
    snap = found.get("SnapStart", {})
    if snap.get("ApplyOn") == "None" or not snap:
        return "none is asked for"
    if snap.get("OptimizationStatus") != "On" or found.get("State") != "Active":
        raise WrongError(f"{found.get('State')}, {snap}")
    return f"version {found['Version']} has one"


CHECKS: Final = (
    Check("Batches and transactions have the sizes that our code keeps to", batches, 0.001),
    Check("Items and transactions have the bytes that our code keeps to", sizes, 0.01),
    Check("Transactions that meet all come through, each once", conflicts, 0.001),
    Check("A cold table is filled by trying again", cold_table, 2 * _COLD_WRITES * USD_PER_MILLION_WRITES / 1e6),
    Check("S3 wants parts of 5 MB", small_parts, 0.001),
    Check("Upload forms hold: key, size, time", forms, 0.001),
    Check("Missing objects are told from forbidden ones", missing_objects, 0.0),
    Check("The bucket refuses plain HTTP and the public", plain_http, 0.001),
    Check("Unsigned requests are refused in time", unsigned, 0.001),
    Check("Requests over 10 MB do not reach our code", large_requests, 0.001),
    Check("The bot starts from its snapshot", snapshot, 0.0),
)


def _item(id_: str, size: int = 0) -> dict[str, dict[str, str]]:
    return {"id": {"S": id_}, **({"filler": {"S": "x" * size}} if size else {})}


def _refused(call: Callable[[], object], what: str) -> None:
    try:
        call()
    except ClientError:
        return
    raise WrongError(f"{what} was taken")


def _post(url: str, body: bytes, content_type: str = "application/x-www-form-urlencoded") -> int:
    request = urllib.request.Request(url, data=body, headers={"Content-Type": content_type})  # noqa: S310 - the stack's own address
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - likewise
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _post_form(url: str, fields: Mapping[str, str], content: bytes) -> int:
    line = "rollcall-smoke"
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = "".join([*parts, head]).encode() + content + f"\r\n--{line}--\r\n".encode()
    return _post(url, body, f"multipart/form-data; boundary={line}")
