"""An emulated AWS with small tables."""

from __future__ import annotations

from contextlib import contextmanager

import boto3
import pytest
from moto import mock_aws

from tests.cloud import REGION, create_tables
from tests.quick_moto import quick_moto


@pytest.fixture(scope="module")
def aws():
    """AWS in this process; nothing leaves it."""
    with pytest.MonkeyPatch.context() as env:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            env.setenv(name, "testing")
        env.setenv("AWS_DEFAULT_REGION", REGION)
        with mock_aws(), quick_moto():
            yield


@contextmanager
def _accounts_table():
    """An empty accounts table for a while, as the template declares it; gives its name."""
    dynamodb = boto3.client("dynamodb", region_name=REGION)
    create_tables(dynamodb, ["AccountsTable"])
    yield "AccountsTable"
    dynamodb.delete_table(TableName="AccountsTable")


@pytest.fixture(scope="module")
def new_accounts_table(aws):
    """Makes an empty accounts table, for as long as a `with` lasts."""
    return _accounts_table


@pytest.fixture
def accounts_table(aws):
    """The name of an empty accounts table."""
    with _accounts_table() as name:
        yield name
