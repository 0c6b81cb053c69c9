"""The template's tables, bucket, queues and keys on a moto server, for functions that sam runs in containers."""

from __future__ import annotations

import logging
import socket
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3
from moto.server import ThreadedMotoServer
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped] # has no types

from local.emulator import ACCESS_KEY, HOST, REGION, SECRET_KEY
from ops import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BUCKET: Final = "rollcall-uploads-local"
#: Of a table, what moto is told; the rest is for AWS.
_TABLE: Final = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode", "StreamSpecification")


@dataclass(frozen=True, slots=True)
class MotoWorld:
    """A running moto server with what the template declares.

    Attributes:
        endpoint: its address, without a slash at the end.
        inside: the same as containers reach it.
        made: logical id → what a ``Ref`` to it gives.
        arns: logical id → what its ``Arn`` gives.
        template: the template, as parsed.
    """

    endpoint: str
    inside: str
    made: Mapping[str, str]
    arns: Mapping[str, str]
    template: Mapping[str, Any]

    def client(self, service: str) -> Any:  # noqa: ANN401 - the caller knows which of boto3's clients it asked for
        """A boto3 client of this AWS.

        Args:
            service: as boto3 names it.
        """
        return _client(self.endpoint, service)

    def variables(self, function: str) -> dict[str, str]:
        """Environment variables of a function, as CloudFormation would fill them in.

        What depends on an API's address is left out: sam gives that address itself.

        Args:
            function: logical id.
        """
        own = self.template["Resources"][function]["Properties"].get("Environment", {}).get("Variables", {})
        wanted = {**self.template["Globals"]["Function"]["Environment"]["Variables"], **own}
        found = {name: self._value(value) for name, value in wanted.items()}
        return {name: value for name, value in found.items() if value is not None}

    def _value(self, value: object) -> str | None:
        if not isinstance(value, dict):
            return str(value)
        if "Ref" in value:
            name = value["Ref"]
            default = self.template["Parameters"].get(name, {}).get("Default")
            made = self.made.get(name, None if default is None else str(default))
            return made and made.replace(self.endpoint, self.inside)  # a queue's name is an address
        if "Fn::GetAtt" in value:
            target = value["Fn::GetAtt"]
            return self.arns.get(target[0] if isinstance(target, list) else target.partition(".")[0])
        return None


@contextmanager
def running_world(port: int = 0, *, reached_at: str = HOST) -> Iterator[MotoWorld]:
    """Runs a moto server for the length of a ``with`` block; it keeps nothing.

    Args:
        port: TCP port; 0 takes a free one.
        reached_at: IP address under which containers reach this machine. Where it is an address of this machine, such
            as that of the containers' bridge, the server listens there and nowhere else; otherwise on loopback, where a
            container engine that runs in a machine of its own brings its requests. No name: boto3 would put the
            bucket's before it.
    """
    bound = reached_at if _is_ours(reached_at) else HOST
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # else it writes a line for each request
    server = ThreadedMotoServer(ip_address=bound, port=port, verbose=False)
    server.start()
    try:
        _, used = server.get_host_and_port()
        endpoint = f"http://{bound}:{used}"
        template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
        made, arns = _make(endpoint, template["Resources"])
        yield MotoWorld(endpoint, f"http://{reached_at}:{used}", made, arns, template)
    finally:
        _forget(server)
        server.stop()


def _forget(server: ThreadedMotoServer) -> None:
    """Empties what moto holds for the whole process, whoever uses it next."""
    address = "http://{}:{}/moto-api/reset".format(*server.get_host_and_port())
    urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=30).close()  # noqa: S310 - our own


def _is_ours(address: str) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _make(endpoint: str, resources: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    made: dict[str, str] = {}
    arns: dict[str, str] = {}
    sqs, dynamodb, kms, s3 = (_client(endpoint, service) for service in ("sqs", "dynamodb", "kms", "s3"))
    for name, resource in resources.items():
        match resource["Type"]:
            case "AWS::SQS::Queue":
                made[name] = sqs.create_queue(QueueName=name)["QueueUrl"]
            case "AWS::DynamoDB::Table":
                properties = {key: value for key, value in resource["Properties"].items() if key in _TABLE}
                if "StreamSpecification" in properties:
                    properties["StreamSpecification"] = {**properties["StreamSpecification"], "StreamEnabled": True}
                made[name] = dynamodb.create_table(TableName=name, **properties)["TableDescription"]["TableName"]
            case "AWS::KMS::Key":
                arns[name] = kms.create_key()["KeyMetadata"]["Arn"]
            case "AWS::S3::Bucket":
                s3.create_bucket(Bucket=BUCKET)
                s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
                made[name] = BUCKET
            case "AWS::Events::EventBus":
                made[name] = "default"
            case _:
                pass
    return made, arns


def _client(endpoint: str, service: str) -> Any:  # noqa: ANN401 - any of boto3's clients
    return boto3.client(
        service,  # type: ignore[call-overload] # any name, not each apart
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
    )
