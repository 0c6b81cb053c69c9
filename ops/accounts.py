"""Puts an accounts file into a deployment: ``python -m ops.accounts FILE [--stack NAME | --stack-json PATH]``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

import boto3
import yaml
from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

import ops  # noqa: F401 - puts the layer on the path
from rollcall.account_errors import AccountsError
from rollcall.directory import DirectoryError, parse_directory
from rollcall.permissions import is_attended
from rollcall.store.accounts import AccountsStore, Changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from rollcall.accounts import Directory

STACK: Final = "rollcall"
_BAD_FILE: Final = 2
#: No stack, no table, no credentials, no permission, no answer.
_UNREACHABLE: Final = (PynamoDBException, BotoCoreError, ClientError, LookupError, OSError, ValueError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the file, applies it, prints what that did.

    Returns:
        0 if the deployment now says what the file says, 1 if it could not be reached or refused, 2 if the file is
        at fault; then nothing was changed, and every fault is printed.
    """
    options = _options(arguments)
    try:
        directory = load(options.file)
    except DirectoryError as error:
        count = len(error.faults)
        _say(f"{options.file}: {count} fault{'s' * (count != 1)}, nothing was changed", sys.stderr)
        _say(error, sys.stderr)
        return _BAD_FILE
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        _say(f"{options.file} cannot be read: {error}", sys.stderr)
        return _BAD_FILE
    try:
        store = local_store(options.stack_json) if options.stack_json else aws_store(options.stack)
        # Keys in a file are made up for a laptop; where it counts, people make random ones in Slack.
        changes = store.apply(directory, prune=options.prune, keys=bool(options.stack_json))
        for line in report(store, directory, changes):
            _say(line)
    except (AccountsError, *_UNREACHABLE) as error:
        _say(f"The accounts could not be applied: {error}", sys.stderr)
        return 1
    if directory.keys and not options.stack_json:
        _say("api_keys in a file are for the local stack only and were left out; make keys with /rollcall keys.")
    return 0


def load(path: Path) -> Directory:
    """Reads an accounts file.

    Raises:
        DirectoryError: with every fault in it.
        OSError: it cannot be opened.
        UnicodeDecodeError: it is not UTF-8.
        yaml.YAMLError: it is not YAML.
    """
    return parse_directory(yaml.safe_load(path.read_text(encoding="utf-8")))


def local_store(stack_json: Path) -> AccountsStore:
    """The accounts of the local stack that wrote this file; its sample credentials become this process's.

    Raises:
        OSError: there is no such file: the stack is not running.
        ValueError: the file is not what the stack writes.
        LookupError: the stack has no accounts table.
    """
    stack = json.loads(stack_json.read_text(encoding="utf-8"))
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        os.environ.pop(name, None)
    os.environ["AWS_ACCESS_KEY_ID"] = stack["aws_access_key_id"]
    os.environ["AWS_SECRET_ACCESS_KEY"] = stack["aws_secret_access_key"]
    region, host = stack["region"], stack["aws_endpoint"]
    return AccountsStore(_table(STACK, region=region, host=host), region=region, host=host)


def aws_store(stack: str) -> AccountsStore:
    """The accounts of a stack in AWS, with the credentials and the region of the environment.

    Raises:
        LookupError: the stack has no accounts table.
    """
    return AccountsStore(_table(stack), region=boto3.Session().region_name)


def report(store: AccountsStore, directory: Directory, changes: Changes) -> Iterator[str]:
    """What was done, a line each, then the figures, then what someone should see to."""
    for field in fields(Changes):
        yield from (f"{field.name:<9}  {name}" for name in getattr(changes, field.name))
    yield ", ".join(f"{len(getattr(changes, field.name))} {field.name}" for field in fields(Changes))
    for name in changes.kept:
        yield f"kept although the file says otherwise, because nobody else is admin there: {name}"
    for reseller in directory.resellers:
        if not is_attended(member.role for member in store.members_of(reseller.id)):
            yield f"{reseller.id} has nobody who may upload"
    for customer in directory.customers:
        if not is_attended(member.role for member in store.members_of(customer.id)):
            yield f"{customer.id} has nobody who may accept"


def _table(stack: str, *, region: str | None = None, host: str | None = None) -> str:
    formation = boto3.client("cloudformation", region_name=region, endpoint_url=host)
    outputs = formation.describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
    for output in outputs:
        if output["OutputKey"] == "AccountsTableName":
            return output["OutputValue"]
    raise LookupError(f"the stack {stack} has no output AccountsTableName")


def _say(line: object, to: TextIO | None = None) -> None:
    (to or sys.stdout).write(f"{line}\n")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ops.accounts", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="the accounts file, such as local/directory.yaml")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--stack", default=STACK, help="the CloudFormation stack in AWS (default: %(default)s)")
    where.add_argument("--stack-json", type=Path, metavar="PATH", help="instead: the local stack that wrote this file")
    parser.add_argument(
        "--prune", action="store_true", help="also remove members, links and keys that the file does not name"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
