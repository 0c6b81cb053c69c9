"""What the runbook says to type, typed on a running local stack."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from local.accounts import apply_accounts
from local.emulator import ACCESS_KEY, REGION, SECRET_KEY
from local.stack import running_stack
from ops import upkeep
from tests.chain import sample_directory
from tests.cloud import ROOT

pytestmark = pytest.mark.stack

RUNBOOK = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```local\n(.*?)```", RUNBOOK, re.DOTALL)
    for line in block.replace("\\\n", "").splitlines()
    if line.strip()
]


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A running stack with the sample accounts, and the file that tells where it is."""
    with running_stack(tmp_path_factory.mktemp("runbook")) as running:
        apply_accounts(running, sample_directory())
        said = {
            "aws_endpoint": running.endpoint,
            "region": REGION,
            "aws_access_key_id": ACCESS_KEY,
            "aws_secret_access_key": SECRET_KEY,
            "bot_url": "",
        }
        (running.state / "stack.json").write_text(json.dumps(said), encoding="utf-8")
        yield running


def typed(stack, command):
    """Runs a command of the runbook in a shell, on this stack; what it printed."""
    mine = command.replace(".local/stack.json", str(stack.state / "stack.json"))
    done = subprocess.run(  # noqa: S602 - a line of our own runbook, as an operator types it
        mine,
        shell=True,
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "ROLLCALL_STATE": str(stack.state), "PYTHONPATH": f"{ROOT}:{ROOT / 'layers/common'}"},
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=[str(number) for number in range(len(COMMANDS))])
def test_a_command_of_the_runbook_works(stack, command):
    assert typed(stack, command).strip()


@contextmanager
def stopped(stack, function):
    """Keeps the queue's function from taking what is put back."""
    client = stack.client("lambda")
    name = stack.outputs[function]
    found = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    for mapping in found:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    try:
        yield
    finally:
        for mapping in found:
            client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)


def account(stack):
    return upkeep.on_laptop(stack.state / "stack.json")


def test_dead_letters_go_back_to_their_queue(stack):
    sqs, outputs = stack.client("sqs"), stack.outputs
    with stopped(stack, "FinishUploadName"):
        sqs.send_message(QueueUrl=outputs["FinishesDeadLettersUrl"], MessageBody='{"upload_id": "U-NONE"}')
        assert "Finishes   1" in list(upkeep.letters(account(stack)))

        assert list(upkeep.replay(account(stack), "Finishes")) == ["1 sent back"]

        assert "Finishes   0" in list(upkeep.letters(account(stack)))
        (again,) = sqs.receive_message(QueueUrl=outputs["FinishesQueueUrl"])["Messages"]
        assert json.loads(again["Body"]) == {"upload_id": "U-NONE"}
        sqs.delete_message(QueueUrl=outputs["FinishesQueueUrl"], ReceiptHandle=again["ReceiptHandle"])


def test_what_was_lost_comes_back_and_what_is_there_stays(stack):
    dynamodb, live = stack.client("dynamodb"), stack.outputs["DevicesTableName"]
    dynamodb.create_table(
        TableName="restored",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    for name in ("lost", "changed"):
        dynamodb.put_item(TableName="restored", Item={"id": {"S": name}, "was": {"S": "then"}})
    dynamodb.put_item(TableName=live, Item={"id": {"S": "changed"}, "was": {"S": "now"}})

    (said,) = upkeep.restore(account(stack), "restored", "devices")

    assert "2 items in restored, 1 of them" in said
    for name, was in (("lost", "then"), ("changed", "now")):
        item = dynamodb.get_item(TableName=live, Key={"id": {"S": name}})["Item"]
        assert item["was"] == {"S": was}
    dynamodb.delete_table(TableName="restored")


def test_files_of_an_upload_are_gone_with_every_version_and_no_other(stack):
    s3, bucket = stack.client("s3"), stack.outputs["UploadsBucketName"]
    key = "reports/RSL-ACME/U-AAAA-AAAA-AAAA-AAAA/summary.json"
    for _ in range(2):
        s3.put_object(Bucket=bucket, Key=key, Body=b"{}")
    other = "reports/RSL-ACME/U-BBBB-BBBB-BBBB-BBBB/summary.json"
    s3.put_object(Bucket=bucket, Key=other, Body=b"{}")

    list(upkeep.erase(account(stack), "U-AAAA-AAAA-AAAA-AAAA", ""))

    left = s3.list_object_versions(Bucket=bucket, Prefix="reports/").get("Versions", [])
    assert [version["Key"] for version in left] == [other]


def test_a_secret_is_stored_closed(stack):
    list(upkeep.secret(account(stack), "/rollcall/slack", "signing-secret", "another"))

    parameter = stack.client("ssm").get_parameter(Name="/rollcall/slack/signing-secret")["Parameter"]
    assert parameter["Type"] == "SecureString"


def test_a_table_is_restored_beside_the_live_one_and_what_was_deleted_since_comes_back(stack):
    """The emulator keeps no past, so it restores this moment; what AWS is asked, and the copying, are the same."""
    dynamodb, live = stack.client("dynamodb"), stack.outputs["UploadsTableName"]
    item = {"pk": {"S": "U-LOST"}, "sk": {"S": "head"}}
    dynamodb.put_item(TableName=live, Item=item)
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=live, TargetTableName="uploads-restored", RestoreDateTime=datetime.now(UTC)
    )
    dynamodb.get_waiter("table_exists").wait(TableName="uploads-restored", WaiterConfig={"Delay": 1})
    dynamodb.delete_item(TableName=live, Key=item)

    (said,) = upkeep.restore(account(stack), "uploads-restored", "uploads")

    assert "1 of them were missing" in said
    assert dynamodb.get_item(TableName=live, Key=item)["Item"] == item
    dynamodb.delete_item(TableName=live, Key=item)
    dynamodb.delete_table(TableName="uploads-restored")


def test_versions_of_the_bot_go_but_for_the_one_that_answers_and_the_newest_and_one_can_be_gone_back_to(stack):
    functions, bot = stack.client("lambda"), stack.outputs["BotName"]
    first = functions.get_alias(FunctionName=bot, Name="live")["FunctionVersion"]
    newer = []
    for text in ("second", "third", "fourth"):
        functions.update_function_configuration(FunctionName=bot, Description=text)
        newer.append(functions.publish_version(FunctionName=bot)["Version"])
    assert len({first, *newer}) == 4

    said = list(upkeep.versions(account(stack)))

    assert said == [
        f"version {newer[0]} is deleted",
        f"version {first} answers; {newer[1]}, {newer[2]} can be gone back to",
    ]
    functions.update_alias(FunctionName=bot, Name="live", FunctionVersion=newer[1])
    assert f"version {newer[1]} answers" in list(upkeep.versions(account(stack)))[-1]
    functions.update_alias(FunctionName=bot, Name="live", FunctionVersion=newer[2])
