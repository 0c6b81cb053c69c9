"""The runbook has a heading for every alarm, and no other; what it says to type is there."""

from __future__ import annotations

import re

import boto3
import pytest
from botocore import xform_name

from ops import deploy, upkeep
from tests.cloud import ROOT, TEMPLATE

RUNBOOK = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
ALARMS = [name for name, one in TEMPLATE["Resources"].items() if one["Type"] == "AWS::CloudWatch::Alarm"]


def section(title):
    """What stands below a heading, up to the next one."""
    return re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", RUNBOOK, re.MULTILINE | re.DOTALL)[1]


def test_every_alarm_has_its_heading_and_no_heading_is_left_over():
    assert sorted(re.findall(r"^### (\w+Alarm)$", RUNBOOK, re.MULTILINE)) == sorted(ALARMS)


@pytest.mark.parametrize("alarm", ALARMS)
def test_an_alarms_section_says_something(alarm):
    assert len(section(alarm).split()) >= 4


@pytest.mark.parametrize(
    "word",
    [
        "Replay",
        "Restore",
        "Rotate",
        "Erase",
        "Upgrade",
        "A first deployment that failed",
        "Go back",
        "Deploy while an alarm stands",
        "The app's secrets",
        "A workspace that went silent",
        "Look into a company",
    ],
)
def test_what_an_operator_looks_for_is_there(word):
    assert section(word).strip()
    assert '"The app\'s secrets"' in deploy.NEXT


def test_figures_that_wake_nobody_are_explained_with_when_to_look():
    """Those that are counted and stand in no alarm and on no dashboard, or nobody would know what they say."""
    text = section("Figures without an alarm")
    for name in ("NoticesMended", "LettersReplayed", "PeopleLeft", "ChannelsChanged", "JobsGivenUp"):
        (said,) = re.findall(rf"^- \*\*{name}\*\*(.*?)(?=^- |\Z)", text, re.MULTILINE | re.DOTALL)
        assert "**Look**" in said, name
        handlers = [path.read_text(encoding="utf-8") for path in ROOT.glob("functions/*/handler.py")]
        layer = ROOT / "layers/common/rollcall"
        errands = [
            path.read_text(encoding="utf-8") for path in (*layer.glob("errands/*.py"), *layer.glob("ticking/*.py"))
        ]
        assert any(f'"{name}"' in text for text in (*handlers, *errands)), name


def test_every_module_and_target_that_it_names_is_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for module in set(re.findall(r"python -m ops\.(\w+)", RUNBOOK)):
        assert (ROOT / "ops" / f"{module}.py").exists(), module
    for target in set(re.findall(r"^make ([a-z-]+)", RUNBOOK, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for what in set(re.findall(r"ops\.upkeep .*?(?:stack\.json|STACK) (\w+)", RUNBOOK)):
        assert what in {"letters", "replay", "restore", "erase", "secret", "versions"}


#: What the AWS CLI calls otherwise than botocore.
SERVICES = {"s3api": "s3"}
#: Words of the CLI's own, for every command.
OF_THE_CLI = {"query", "output"}


def aws_commands():
    """Every ``aws`` command, those inside of others included: service, operation and the rest of its words."""
    blocks = re.findall(r"```aws\n(.*?)```", RUNBOOK, re.DOTALL)
    text = "\n".join(blocks).replace("\\\n", " ")
    in_lines = re.findall(r"`(aws [^`]+)`", RUNBOOK)
    for line in [*text.splitlines(), *in_lines]:
        for part in [*re.findall(r"\$\(([^()]*)\)", line), re.sub(r"\$\([^()]*\)", "X", line)]:
            if match := re.match(r"\s*aws ([a-z0-9]+) ([a-z-]+)(.*)", part):
                yield match.groups()


@pytest.mark.parametrize(("service", "operation", "words"), list(aws_commands()))
def test_a_command_of_the_aws_cli_exists_with_each_of_its_words(service, operation, words):
    """No CLI is here to try them with; it is made from the same descriptions as botocore."""
    client = boto3.client(
        SERVICES.get(service, service), region_name="eu-central-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    if operation == "wait":
        waiter, _, words = words.strip().partition(" ")
        waiter = client.get_waiter(waiter.replace("-", "_"))
        method = waiter.config.operation
    else:
        names = {xform_name(name, "-"): name for name in client.meta.service_model.operation_names}
        method = names[operation]
    model = client.meta.service_model.operation_model(method).input_shape
    members = {xform_name(name, "-"): name for name in model.members}
    given = re.findall(r"--([a-z-]+)", words)
    for word in given:
        assert word in OF_THE_CLI or word in members or word.removeprefix("no-") in members, word
    if "..." not in words and "…" not in words and given:
        missing = set(model.required_members) - {members.get(word) or members.get(word[3:]) for word in given}
        assert not missing, missing


def test_every_parameter_that_it_names_is_one_of_the_template():
    named = set(re.findall(r"`([A-Z][a-z]+[A-Z]\w+)(?:=\w+)?`", RUNBOOK))
    known = TEMPLATE["Parameters"].keys() | TEMPLATE["Resources"].keys() | TEMPLATE["Outputs"].keys()
    assert len(named) > 8
    assert named - known == set()


def test_local_commands_come_in_blocks_that_are_marked():
    blocks = re.findall(r"```(\w*)\n(.*?)```", RUNBOOK, re.DOTALL)
    assert {kind for kind, _ in blocks} == {"local", "aws"}
    assert sum(kind == "local" for kind, _ in blocks) >= 5
    assert upkeep.SECRETS[0] in RUNBOOK
