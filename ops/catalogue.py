"""Loads a manufacturer's catalogue: ``python -m ops.catalogue FILE [--check] [--stack NAME | --stack-json PATH]``."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

import ops  # noqa: F401 - puts the layer on the path
from ops.stacks import STACK, aws_output, local_output
from rollcall.registry_catalogue import CatalogueError, edition_of, read_file
from rollcall.store.registry_catalogue import CatalogueStore
from rollcall.store.transactions import Transactions
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from rollcall.registry_catalogue import Catalogue, Edition

_BAD_FILE = 2
#: No stack, no table, no credentials, no permission, no answer.
_UNREACHABLE = (BotoCoreError, ClientError, LookupError, OSError, ValueError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the file, puts it in the place of the catalogue that counts, prints what is loaded now.

    Returns:
        0 if the deployment now answers out of this file, 1 if it could not be reached or refused, 2 if the file is no
        catalogue. Before it is loaded whole, the catalogue that was there goes on counting.
    """
    options = _options(arguments)
    try:
        catalogue = read_file(options.file)
    except (CatalogueError, OSError) as error:
        _say(f"{options.file} is no catalogue: {error}", sys.stderr)
        return _BAD_FILE
    edition = edition_of(catalogue, at=utc(datetime.now(UTC)), by="ops", source=options.file.name)
    for line in report(catalogue, edition):
        _say(line)
    if options.check:
        return 0
    try:
        store = local_store(options.stack_json) if options.stack_json else aws_store(options.stack)
        store.load(edition, catalogue.models)
    except _UNREACHABLE as error:
        _say(f"The catalogue could not be loaded: {error}", sys.stderr)
        return 1
    _say("It counts now; what was stored before is asked about again with /rollcall devices refresh.")
    return 0


def report(catalogue: Catalogue, edition: Edition) -> Iterator[str]:
    """What stands in the file."""
    yield f"{edition.id}: {edition.codes:,} type allocation codes, {edition.pairs:,} pairs of a code and a model"
    alone = sum(len(models) == 1 for models in catalogue.models.values())
    yield f"{alone:,} codes are of one model only; devices of those are given it where a file names none"
    if catalogue.bad:
        yield f"{catalogue.bad:,} lines were left out:"
        yield from (f"  line {bad.line}: {bad.value!r}: {bad.problem}" for bad in catalogue.named)
        if catalogue.bad > len(catalogue.named):
            yield f"  and {catalogue.bad - len(catalogue.named):,} more"


def local_store(stack_json: Path) -> CatalogueStore:
    """The catalogue of the local stack that wrote this file.

    Raises:
        OSError: there is no such file: the stack is not running.
        ValueError: the file is not what the stack writes.
        LookupError: the stack has no accounts table.
    """
    table, region, host = local_output(stack_json, "AccountsTableName")
    return _store(boto3.client("dynamodb", region_name=region, endpoint_url=host), table)


def aws_store(stack: str) -> CatalogueStore:
    """The catalogue of a stack in AWS, with the credentials and the region of the environment.

    Raises:
        LookupError: the stack has no accounts table.
    """
    return _store(boto3.client("dynamodb"), aws_output(stack, "AccountsTableName"))


def _store(client: object, table: str) -> CatalogueStore:
    # Nobody ends the program; a person waits for it.
    transactions = Transactions(client, seconds_left=lambda: float("inf"))  # type: ignore[arg-type] # a client of boto3
    return CatalogueStore(client, transactions, table)  # type: ignore[arg-type] # likewise


def _say(line: object, to: TextIO | None = None) -> None:
    (to or sys.stdout).write(f"{line}\n")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ops.catalogue", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV: a column tac, and one or more columns model")
    parser.add_argument("--check", action="store_true", help="only say what stands in the file")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--stack", default=STACK, help="the CloudFormation stack in AWS (default: %(default)s)")
    where.add_argument("--stack-json", type=Path, metavar="PATH", help="instead: the local stack that wrote this file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
