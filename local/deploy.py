"""Puts ``template.yaml`` onto the emulated AWS the way ``sam deploy`` puts it onto the real one."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped] # has no types

from local.bundles import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_s3 import S3Client

    from local.emulator import Emulator

ROOT = Path(__file__).resolve().parent.parent
STACK = "rollcall"

#: What differs from the template's defaults here. The emulator speaks plain HTTP; two cores are soon busy; and shorter
#: timeouts, because a message that was being worked on when the stack was stopped comes back only after its queue's
#: visibility.
PARAMETERS: Mapping[str, str] = {
    "RequireTls": "false",
    "PythonRuntime": f"python3.{sys.version_info.minor}",
    "FileConcurrency": "2",
    "ChunkConcurrency": "2",
    "PlanTimeout": "120",
    "PlanVisibility": "720",
    "LoadTimeout": "20",
    "LoadVisibility": "120",
    "FinishTimeout": "120",
    "FinishVisibility": "720",
}

#: Variable that names a folder of `sam build`, such as .aws-sam/build: its bundles are deployed instead of ours.
BUILT = "ROLLCALL_BUILD"

_ARTIFACTS = "rollcall-artifacts"
# The property of each resource type that names a folder, and where Lambda wants that folder inside the zip.
_CODE = {"AWS::Serverless::Function": ("CodeUri", ""), "AWS::Serverless::LayerVersion": ("ContentUri", "python")}
_DEPLOY_SECONDS = 300
_POLL_SECONDS = 0.1


class DeployError(Exception):
    """CloudFormation refused the template or could not carry it out; says what it said."""


def deploy(emulator: Emulator, parameters: Mapping[str, str]) -> dict[str, str]:
    """Creates the stack, or brings it up to date with the template and the code.

    Args:
        emulator: where to.
        parameters: values for the template's parameters, over those of ``PARAMETERS``.

    Returns:
        The stack's outputs by name.

    Raises:
        BundleError: a function's packages could not be installed.
        DeployError: the stack was not created or not updated.
    """
    s3: S3Client = emulator.client("s3")
    formation: CloudFormationClient = emulator.client("cloudformation")
    s3.create_bucket(Bucket=_ARTIFACTS)  # says yes where we have it already
    template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    kept = {_upload_code(s3, name, resource) for name, resource in template["Resources"].items()}
    # No name leads to the emulated API, only a path that holds its id.
    public_url = f"{emulator.endpoint}/_aws/execute-api/{{api}}/$default"
    values = {**PARAMETERS, "PublicUrl": public_url, "PublicOrigin": emulator.endpoint, **parameters}
    _say_concurrency(template, values)
    _allow_batches(template)
    _leave_out(template)
    body = json.dumps(template).encode()
    url_path = f"{_ARTIFACTS}/template/{hashlib.sha256(body).hexdigest()}.json"
    s3.put_object(Bucket=_ARTIFACTS, Key=url_path.partition("/")[2], Body=body)
    _change(formation, f"{emulator.endpoint}/{url_path}", values)
    _forget_code(s3, kept)
    outputs = formation.describe_stacks(StackName=STACK)["Stacks"][0]["Outputs"]
    return {output["OutputKey"]: output["OutputValue"] for output in outputs}


def _upload_code(s3: S3Client, name: str, resource: dict[str, Any]) -> str:
    """Packs the code of a resource, uploads it, and puts its address into the template; the key, empty for no code."""
    if resource["Type"] not in _CODE:
        return ""
    uri, under = _CODE[resource["Type"]]
    source = ROOT / resource["Properties"][uri]
    if built := os.environ.get(BUILT):
        # As `sam build` leaves it: a folder for each resource, packages and all, a layer's under python/ already.
        source, under = ROOT / built / name, ""
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle.zip"
        digest = pack(source, bundle, under=under)
        key = f"code/{name}-{digest}.zip"
        if not s3.list_objects_v2(Bucket=_ARTIFACTS, Prefix=key)["KeyCount"]:
            s3.put_object(Bucket=_ARTIFACTS, Key=key, Body=bundle.read_bytes())
    resource["Properties"][uri] = f"s3://{_ARTIFACTS}/{key}"
    return key


def _say_concurrency(template: dict[str, Any], values: Mapping[str, str]) -> None:
    """Writes the event sources' concurrency into the template: ministack's poller takes a parameter for text."""
    for resource in template["Resources"].values():
        for event in resource.get("Properties", {}).get("Events", {}).values():
            scaling = event["Properties"].get("ScalingConfig", {})
            if isinstance(scaling.get("MaximumConcurrency"), dict):
                name = scaling["MaximumConcurrency"]["Ref"]
                scaling["MaximumConcurrency"] = int(values.get(name) or template["Parameters"][name]["Default"])


def _allow_batches(template: dict[str, Any]) -> None:
    """Allows sending in batches where sending is allowed: one right on AWS, two for ministack."""
    for resource in template["Resources"].values():
        for policy in resource.get("Properties", {}).get("Policies", []):
            for statement in policy["Statement"]:
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                if "sqs:SendMessage" in actions:
                    statement["Action"] = [*actions, "sqs:SendMessageBatch"]


def _leave_out(template: dict[str, Any]) -> None:
    """Takes out what ministack lacks: CodeDeploy, which lets a new version take over by and by, and sums in alarms."""
    for name, resource in list(template["Resources"].items()):
        properties = resource.get("Properties", {})
        properties.pop("DeploymentPreference", None)
        if resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in properties:
            del template["Resources"][name]


def _forget_code(s3: S3Client, kept: set[str]) -> None:
    """Deletes bundles of earlier deployments: the layer's is twenty megabytes, and the functions have theirs inside."""
    for stored in s3.list_objects_v2(Bucket=_ARTIFACTS, Prefix="code/").get("Contents", []):
        if stored["Key"] not in kept:
            s3.delete_object(Bucket=_ARTIFACTS, Key=stored["Key"])


def _change(formation: CloudFormationClient, template_url: str, values: Mapping[str, str]) -> None:
    """Creates or updates the stack through a change set, and waits until that is done."""
    name = f"change-{time.time_ns()}"
    formation.create_change_set(
        StackName=STACK,
        ChangeSetName=name,
        ChangeSetType="UPDATE" if _exists(formation) else "CREATE",
        TemplateURL=template_url,
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    while (change := formation.describe_change_set(StackName=STACK, ChangeSetName=name))["Status"].endswith(
        "_IN_PROGRESS"
    ):
        time.sleep(_POLL_SECONDS)
    if change["Status"] == "FAILED":
        reason = change.get("StatusReason", "")
        formation.delete_change_set(StackName=STACK, ChangeSetName=name)
        if "didn't contain changes" in reason:
            return
        raise DeployError(f"CloudFormation refused the template: {reason}")
    formation.execute_change_set(StackName=STACK, ChangeSetName=name)
    deadline = time.monotonic() + _DEPLOY_SECONDS
    while (status := _status(formation)).endswith("_IN_PROGRESS") and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
    if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise DeployError(f"CloudFormation ended with {status}:\n{_failures(formation)}")


def _status(formation: CloudFormationClient) -> str:
    return formation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]


def _exists(formation: CloudFormationClient) -> bool:
    try:
        status = _status(formation)
    except ClientError:
        return False
    if status == "ROLLBACK_COMPLETE":  # a first deployment that failed can only be deleted
        formation.delete_stack(StackName=STACK)
        formation.get_waiter("stack_delete_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1})
        return False
    return status != "REVIEW_IN_PROGRESS"  # a change set was made and never carried out: nothing is there yet


def _failures(formation: CloudFormationClient) -> str:
    """What the stack's events say went wrong, oldest first."""
    events = formation.describe_stack_events(StackName=STACK)["StackEvents"]
    return "\n".join(
        f"  {event['LogicalResourceId']} ({event['ResourceType']}): {event.get('ResourceStatusReason', '')}"
        for event in reversed(events)
        if event["ResourceStatus"].endswith("FAILED")
    )
