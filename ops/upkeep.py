"""Mends a running deployment: ``python -m ops.upkeep [--stack NAME | --stack-json PATH] WHAT …``.

What docs/runbook.md says to do, in the shape of commands that work alike on AWS and on the local stack.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

import ops  # noqa: F401 - puts the layer on the path
from ops.smoke.account import on_aws, on_laptop
from rollcall.letters import DeadQueue
from rollcall.store.dead_letters import DeadLetters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ops.smoke.account import Account

#: Table → the output that names it, and its hash key.
TABLES: Final = {
    "devices": ("DevicesTableName", "id"),
    "uploads": ("UploadsTableName", "pk"),
    "accounts": ("AccountsTableName", "pk"),
}
#: Secrets of the Slack app, under the path that the parameter SlackSecrets names.
SECRETS: Final = ("signing-secret", "client-id", "client-secret")
_DEAD: Final = "DeadLettersUrl"
#: The alias that requests go to, and how many of the newest versions stay besides: this one and the one before.
_LIVE: Final = "live"
_VERSIONS_KEPT: Final = 2
_PATIENCE: Final = 600.0
_REGION: Final = "eu-central-1"


def letters(account: Account) -> Iterator[str]:
    """How many dead letters each queue has."""
    sqs = account.client("sqs")
    for output in sorted(name for name in account.outputs if name.endswith(_DEAD)):
        answer = sqs.get_queue_attributes(
            QueueUrl=account.outputs[output], AttributeNames=["ApproximateNumberOfMessages"]
        )
        yield f"{output.removesuffix(_DEAD):<10} {answer['Attributes']['ApproximateNumberOfMessages']}"


def replay(account: Account, queue: str) -> Iterator[str]:
    """Sends a queue's dead letters back to where they failed. What is done twice comes out as done once.

    Args:
        account: where.
        queue: such as ``Chunks``.
    """
    from_to = DeadQueue(queue, account.outputs[f"{queue}{_DEAD}"], account.outputs[f"{queue}QueueUrl"])
    until = time.monotonic() + _PATIENCE
    sent, done = DeadLetters(account.client("sqs"), {queue: from_to}).replay(
        queue, only="", enough=lambda: time.monotonic() > until
    )
    yield f"{sent} sent back" + ("" if done else "; there are more: do it again")


def restore(account: Account, source: str, table: str) -> Iterator[str]:
    """Copies what is in a restored table and no more in the live one; nothing that is there is changed.

    Args:
        account: where.
        source: name of the restored table; ``-`` for the live one itself, which is a rehearsal.
        table: ``devices``, ``uploads`` or ``accounts``.
    """
    output, key = TABLES[table]
    dynamodb, live = account.client("dynamodb"), account.outputs[output]
    source = live if source == "-" else source
    read = copied = 0
    for page in dynamodb.get_paginator("scan").paginate(TableName=source):
        for item in page["Items"]:
            read += 1
            copied += _put(dynamodb, live, item, key)
    yield f"{read} items in {source}, {copied} of them were missing in {live} and are there again"


def erase(account: Account, upload: str, key: str) -> Iterator[str]:
    """Deletes every version of what is kept of an upload as files: the file itself, what lay between, its reports.

    Args:
        account: where.
        upload: its whole id.
        key: of the file that was sent; empty if that is to stay, or is gone.
    """
    s3 = account.client("s3")
    prefixes = [f"work/{upload}/", *_report_places(s3, account.bucket, upload), *([key] if key else [])]
    for prefix in prefixes:
        gone = 0
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=account.bucket, Prefix=prefix):
            found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            for one in found:
                if prefix != key or one["Key"] == key:
                    s3.delete_object(Bucket=account.bucket, Key=one["Key"], VersionId=one["VersionId"])
                    gone += 1
        yield f"{prefix}: {gone} versions deleted for good"


def secret(account: Account, path: str, name: str, value: str) -> Iterator[str]:
    """Stores a secret of the Slack app; functions have it within minutes, without a deployment.

    Args:
        account: where.
        path: as the parameter ``SlackSecrets`` says.
        name: one of ``SECRETS``.
        value: of the secret.
    """
    account.client("ssm").put_parameter(Name=f"{path}/{name}", Value=value, Type="SecureString", Overwrite=True)
    yield f"{path}/{name} is stored"


def versions(account: Account) -> Iterator[str]:
    """Deletes versions of the bot that nobody goes back to: each is charged for its snapshot as long as it is there.

    Those that answer requests stay, and the newest ones.

    Args:
        account: where.
    """
    functions, bot = account.client("lambda"), account.outputs["BotName"]
    alias = functions.get_alias(FunctionName=bot, Name=_LIVE)
    weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    pages = functions.get_paginator("list_versions_by_function").paginate(FunctionName=bot)
    found = [one["Version"] for page in pages for one in page["Versions"] if one["Version"] != "$LATEST"]
    newest = sorted(found, key=int)[-_VERSIONS_KEPT:]
    for version in sorted(set(found) - {alias["FunctionVersion"], *weights, *newest}, key=int):
        functions.delete_function(FunctionName=bot, Qualifier=version)
        yield f"version {version} is deleted"
    yield f"version {alias['FunctionVersion']} answers; {', '.join(newest)} can be gone back to"


def main(arguments: Sequence[str] | None = None) -> int:
    """Does one thing and tells what came of it.

    Returns:
        0 if it is done, 1 if AWS refused it or could not be reached.
    """
    options = _options(arguments)
    try:
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or _REGION
        account = on_laptop(options.stack_json) if options.stack_json else on_aws(options.stack, region)
        for line in _done(account, options):
            sys.stdout.write(f"{line}\n")
    except (BotoCoreError, ClientError, LookupError, OSError, ValueError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    return 0


def _done(account: Account, options: argparse.Namespace) -> Iterator[str]:
    match options.what:
        case "letters":
            return letters(account)
        case "replay":
            return replay(account, options.queue)
        case "restore":
            return restore(account, options.source, options.table)
        case "erase":
            return erase(account, options.upload, options.key)
        case "versions":
            return versions(account)
        case _:
            return secret(account, options.path, options.name, sys.stdin.readline().strip())


def _put(dynamodb: Any, table: str, item: dict[str, Any], key: str) -> bool:  # noqa: ANN401 - a client of boto3
    try:
        dynamodb.put_item(
            TableName=table,
            Item=item,
            ConditionExpression="attribute_not_exists(#key)",
            ExpressionAttributeNames={"#key": key},
        )
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return False
    return True


def _report_places(s3: Any, bucket: str, upload: str) -> list[str]:  # noqa: ANN401 - a client of boto3
    """Folders of an upload's reports: below its reseller, which the id does not name."""
    accounts = s3.list_objects_v2(Bucket=bucket, Prefix="reports/", Delimiter="/").get("CommonPrefixes", [])
    return [f"{one['Prefix']}{upload}/" for one in accounts]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ops.upkeep", description=__doc__)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--stack", default="rollcall", help="the CloudFormation stack in AWS (default: %(default)s)")
    where.add_argument("--stack-json", type=Path, metavar="PATH", help="instead: the local stack that wrote this file")
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("letters", help="count the dead letters of each queue")
    one = what.add_parser("replay", help="send the dead letters of a queue back to where they failed")
    one.add_argument("queue", choices=["Uploads", "Chunks", "Finishes", "Notices", "Jobs"])
    one = what.add_parser("restore", help="copy what a restored table has and the live one has not")
    one.add_argument("source", help="name of the restored table; - for the live one, to rehearse")
    one.add_argument("table", choices=sorted(TABLES))
    one = what.add_parser("erase", help="delete every version of the files of an upload")
    one.add_argument("upload", help="its whole id")
    one.add_argument("--key", default="", help="key of the file that was sent, to delete that too")
    what.add_parser("versions", help="delete versions of the bot that nobody goes back to")
    one = what.add_parser("secret", help="store a secret of the Slack app, read from standard input")
    one.add_argument("name", choices=SECRETS)
    one.add_argument("--path", default="/rollcall/slack", help="the parameter SlackSecrets (default: %(default)s)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
