"""What the bucket takes, and what becomes of a file that is gone."""

from __future__ import annotations

import json
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from ops.smoke.refusals import WrongError, refused
from ops.smoke.web import post_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ops.smoke.account import Account

_KB: Final = 1024


def small_parts(account: Account) -> str:
    """S3 refuses a part below 5 MB that is not the last."""
    s3, key = account.client("s3"), account.key("parts")
    made = s3.create_multipart_upload(Bucket=account.bucket, Key=key)
    named = {"Bucket": account.bucket, "Key": key, "UploadId": made["UploadId"]}
    tags = [s3.upload_part(**named, PartNumber=n, Body=b"x" * _KB)["ETag"] for n in (1, 2)]
    parts = [{"PartNumber": n, "ETag": tag} for n, tag in enumerate(tags, start=1)]
    refused(lambda: s3.complete_multipart_upload(**named, MultipartUpload={"Parts": parts}), "a part of 1 KB")
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
        return post_form(made["url"], {**made["fields"], **other}, b"x" * size)

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
    """A function that asks for an object that is gone is told so: it may list what it reads, else S3 would answer 403.

    Operators are told of a catalogue, named after this run, whose file is gone.
    """
    s3, key = account.client("s3"), account.key("gone")
    version = s3.put_object(Bucket=account.bucket, Key=key, Body=b"gone")["VersionId"]
    s3.delete_object(Bucket=account.bucket, Key=key, VersionId=version)
    gone = {"bucket": account.bucket, "key": f"catalogue/smoke-{account.run}.csv", "version": version}
    record = {
        "messageId": account.run,
        "receiptHandle": "none",
        "body": json.dumps({"kind": "import_catalogue", "id": account.run, **gone}),
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": str(int(time.time() * 1000))},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:::smoke",
    }
    answer = account.client("lambda").invoke(
        FunctionName=account.outputs["RunJobName"], Payload=json.dumps({"Records": [record]})
    )
    said = json.loads(answer["Payload"].read())
    if said != {"batchItemFailures": []}:
        raise WrongError(f"RunJob answered {said}")
    return "RunJob takes it for gone"


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
