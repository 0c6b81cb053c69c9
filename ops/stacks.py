"""Where a deployment keeps things: the outputs of its stack, in AWS or on the local stack."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

import boto3

if TYPE_CHECKING:
    from pathlib import Path

STACK: Final = "rollcall"


def aws_output(stack: str, name: str) -> str:
    """An output of a stack in AWS, with the credentials and the region of the environment.

    Raises:
        LookupError: the stack has no such output.
    """
    return _output(stack, name, None, None)


def local_output(stack_json: Path, name: str) -> tuple[str, str, str]:
    """An output of the local stack that wrote this file, its region and its endpoint.

    The stack's sample credentials become this process's.

    Raises:
        OSError: there is no such file: the stack is not running.
        ValueError: the file is not what the stack writes.
        LookupError: the stack has no such output.
    """
    stack = json.loads(stack_json.read_text(encoding="utf-8"))
    for variable in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        os.environ.pop(variable, None)
    os.environ["AWS_ACCESS_KEY_ID"] = stack["aws_access_key_id"]
    os.environ["AWS_SECRET_ACCESS_KEY"] = stack["aws_secret_access_key"]
    region, host = str(stack["region"]), str(stack["aws_endpoint"])
    return _output(STACK, name, region, host), region, host


def _output(stack: str, name: str, region: str | None, host: str | None) -> str:
    formation = boto3.client("cloudformation", region_name=region, endpoint_url=host)
    for output in formation.describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", []):
        if output["OutputKey"] == name:
            return output["OutputValue"]
    raise LookupError(f"the stack {stack} has no output {name}")
