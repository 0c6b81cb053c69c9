"""What the checks work on: a stack in an account, or the local stack for trying the checks themselves."""

from __future__ import annotations

import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

#: Below this nothing is watched, and the bucket forgets it after a week if we could not.
SCRATCH: Final = "work/smoke"


@dataclass(frozen=True, slots=True)
class Account:
    """A stack and the way to it.

    Attributes:
        client: a boto3 client of a service, by boto3's name.
        outputs: of the stack, by name.
        bot_url: where Slack's requests are posted.
        run: names this run, in everything it makes.
    """

    client: Callable[[str], Any]
    outputs: Mapping[str, str]
    bot_url: str
    run: str

    @property
    def bucket(self) -> str:
        """The stack's bucket."""
        return self.outputs["UploadsBucketName"]

    def key(self, name: str) -> str:
        """A key of this run's."""
        return f"{SCRATCH}/{self.run}/{name}"

    @contextmanager
    def scratch_table(self) -> Iterator[str]:
        """A new on-demand table, cold as each is at first, deleted at the end."""
        dynamodb = self.client("dynamodb")
        name = f"rollcall-smoke-{self.run}"
        dynamodb.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )
        try:
            dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 2})
            yield name
        finally:
            dynamodb.delete_table(TableName=name)


def on_aws(stack: str, region: str) -> Account:
    """A stack in AWS, with the credentials of the environment.

    Args:
        stack: its name.
        region: AWS region.
    """
    session = boto3.Session(region_name=region)
    found = session.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found}
    return Account(_clients(session), outputs, outputs["SlackRequestUrl"], secrets.token_hex(4))


def on_laptop(stack_json: Path) -> Account:
    """The local stack that wrote this file."""
    stack = json.loads(stack_json.read_text(encoding="utf-8"))
    session = boto3.Session(
        aws_access_key_id=stack["aws_access_key_id"],
        aws_secret_access_key=stack["aws_secret_access_key"],
        region_name=stack["region"],
    )
    client = _clients(session, endpoint_url=stack["aws_endpoint"])
    found = client("cloudformation").describe_stacks(StackName="rollcall")["Stacks"][0]["Outputs"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found}
    return Account(client, outputs, stack["bot_url"], secrets.token_hex(4))


def _clients(session: boto3.Session, **more: str) -> Callable[[str], Any]:
    made: dict[str, Any] = {}

    def client(service: str) -> Any:  # noqa: ANN401 - the caller knows which of boto3's clients it asked for
        if service not in made:
            made[service] = session.client(service, **more)  # type: ignore[call-overload] # any name, not each apart
        return made[service]

    return client
