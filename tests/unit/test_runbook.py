"""The runbook has a heading for every alarm, and no other; what it says to type is there."""

from __future__ import annotations

import re

import pytest

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
        "The app's secrets",
    ],
)
def test_what_an_operator_looks_for_is_there(word):
    assert section(word).strip()
    assert '"The app\'s secrets"' in deploy.NEXT


def test_every_module_and_target_that_it_names_is_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for module in set(re.findall(r"python -m ops\.(\w+)", RUNBOOK)):
        assert (ROOT / "ops" / f"{module}.py").exists(), module
    for target in set(re.findall(r"^make ([a-z-]+)", RUNBOOK, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for what in set(re.findall(r"ops\.upkeep .*?(?:stack\.json|STACK) (\w+)", RUNBOOK)):
        assert what in {"letters", "replay", "restore", "erase", "secret", "versions"}


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
