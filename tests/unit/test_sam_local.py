"""What ``make sam-local`` gives to sam: the template's own resources on moto, and a template that sam can serve."""

from __future__ import annotations

import copy
import json
import platform
import sys
from dataclasses import replace

import pytest

from local import moto_world
from local.moto_world import BUCKET, running_world
from local.sam_files import BUILT, SamLocal, template_for
from local.sam_local import sqs_event
from rollcall.settings import Settings
from tests.cloud import ROOT, TEMPLATE

FUNCTIONS = [name for name, one in TEMPLATE["Resources"].items() if one["Type"] == "AWS::Serverless::Function"]


@pytest.fixture(scope="module")
def world():
    """A moto server with the template's resources."""
    with running_world() as running:
        yield running


def test_every_table_queue_and_bucket_of_the_template_is_there(world):
    kinds = ("AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::S3::Bucket")
    declared = {name for name, one in TEMPLATE["Resources"].items() if one["Type"] in kinds}

    assert declared <= world.made.keys()
    tables = world.client("dynamodb").list_tables()["TableNames"]
    queues = world.client("sqs").list_queues()["QueueUrls"]
    assert set(tables) == {"DevicesTable", "UploadsTable", "AccountsTable"}
    assert len(queues) == sum(name.endswith(("Queue", "Letters")) for name in declared)
    assert world.client("s3").get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_can_read_its_settings_from_the_variables(world, function):
    variables = world.variables(function)

    settings = Settings.from_env(variables)

    assert settings.bucket == BUCKET
    assert settings.jobs_queue_url.startswith(world.inside)
    assert settings.tokens_key.startswith("arn:aws:kms:")
    assert variables["POWERTOOLS_SERVICE_NAME"]


def test_containers_find_queues_at_the_address_that_reaches_us(world):
    inside = replace(world, inside="http://203.0.113.1:5000")

    assert inside.variables("LoadChunk")["CHUNKS_QUEUE_URL"].startswith("http://203.0.113.1:5000/")


def test_we_listen_on_an_address_of_containers_only_if_it_is_ours():
    """203.0.113.1 is nobody's; so is, seen from here, that of a container engine in a machine of its own."""
    assert moto_world._is_ours("127.0.0.1")
    assert not moto_world._is_ours("203.0.113.1")


def test_the_template_for_sam_has_every_route_at_its_function_and_nothing_that_only_aws_has(world):
    made = template_for(world, copy.deepcopy(TEMPLATE))

    routes = {
        (event["Properties"]["Method"], event["Properties"]["Path"]): name
        for name, one in made["Resources"].items()
        for event in one["Properties"].get("Events", {}).values()
    }
    declared = {
        tuple(one["Properties"]["RouteKey"].split())
        for one in TEMPLATE["Resources"].values()
        if one["Type"] == "AWS::ApiGatewayV2::Route"
    }
    assert routes.keys() == declared
    assert routes["POST", "/slack/events"] == "Bot"
    assert {one["Type"] for one in made["Resources"].values()} == {
        "AWS::Serverless::Function",
        "AWS::Serverless::LayerVersion",
    }
    assert made["Globals"]["Function"]["Environment"]["Variables"]["AWS_ENDPOINT_URL"] == world.inside
    assert made["Resources"]["Bot"]["Properties"]["CodeUri"].startswith(str(BUILT))
    assert "AutoPublishAlias" not in made["Resources"]["Bot"]["Properties"]


def test_sam_is_called_with_our_files_and_the_words_of_who_calls():
    sam = SamLocal(ROOT / "x", sam="/bin/sam", more=("--skip-pull-image",))

    command = sam.command("invoke", "Tick")

    assert command[:4] == ["/bin/sam", "local", "invoke", "Tick"]
    assert command[command.index("--template") + 1] == str(ROOT / "x" / "template.json")
    assert command[-1] == "--skip-pull-image"


def test_a_message_is_handed_over_as_lambda_does():
    (record,) = sqs_event(json.dumps({"upload_id": "U"}), "ChunksQueue")["Records"]

    assert record["eventSource"] == "aws:sqs"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert json.loads(record["body"]) == {"upload_id": "U"}


def test_containers_are_of_this_machine_and_of_the_python_that_was_built_for(world):
    parameters = template_for(world, copy.deepcopy(TEMPLATE))["Parameters"]

    assert parameters["PythonRuntime"]["Default"] == f"python3.{sys.version_info.minor}"
    assert parameters["Architecture"]["Default"] in TEMPLATE["Parameters"]["Architecture"]["AllowedValues"]
    assert (parameters["Architecture"]["Default"] == "arm64") == (platform.machine() in {"arm64", "aarch64"})
