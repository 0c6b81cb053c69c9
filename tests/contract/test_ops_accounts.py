"""`python -m ops.accounts`: from a file on a laptop to the accounts of a deployment."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from ops import accounts
from rollcall.store.accounts import AccountsStore

FILE = str(Path(__file__).parents[2] / "local" / "directory.yaml")


class Formation:
    """CloudFormation as far as the tool asks it."""

    def __init__(self, outputs):
        self.outputs = outputs
        self.asked = []

    def describe_stacks(self, **asked):
        self.asked.append(asked["StackName"])
        return {"Stacks": [{"Outputs": self.outputs}]}


@pytest.fixture
def formation(monkeypatch, accounts_table):
    formation = Formation([{"OutputKey": "AccountsTableName", "OutputValue": accounts_table}])
    session = accounts.boto3.Session
    monkeypatch.setattr(accounts, "boto3", SimpleNamespace(client=lambda *_, **__: formation, Session=session))
    return formation


@pytest.fixture
def stack_json(tmp_path, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "before")
    path = tmp_path / "stack.json"
    path.write_text(
        json.dumps(
            {
                "aws_endpoint": None,  # the emulation in this process answers for AWS itself
                "region": "eu-central-1",
                "aws_access_key_id": "local",
                "aws_secret_access_key": "local",
            }
        )
    )
    return str(path)


@pytest.mark.feature("B25")
def test_the_default_file_goes_into_the_local_stack(formation, stack_json, accounts_table, capsys):
    assert accounts.main([FILE, "--stack-json", stack_json]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "added      RSL-ACME member T0ACME/U0RAE Rae" in lines
    assert lines[-1] == "25 added, 0 changed, 0 unchanged, 0 removed, 0 kept"
    assert formation.asked == ["rollcall"]
    assert AccountsStore(accounts_table, region="eu-central-1").key("local-acme-key")


def test_again_nothing_changes(formation, stack_json, capsys):
    accounts.main([FILE, "--stack-json", stack_json])
    capsys.readouterr()

    assert accounts.main([FILE, "--stack-json", stack_json, "--prune"]) == 0

    assert capsys.readouterr().out.splitlines()[-1] == "0 added, 0 changed, 25 unchanged, 0 removed, 0 kept"


def test_keys_of_a_file_do_not_go_to_aws(formation, accounts_table, capsys):
    assert accounts.main([FILE, "--stack", "rollcall-prod"]) == 0

    assert formation.asked == ["rollcall-prod"]
    assert "left out" in capsys.readouterr().out
    assert AccountsStore(accounts_table, region="eu-central-1").key("local-acme-key") is None


def test_prune_is_asked_for(formation, stack_json, tmp_path, capsys):
    smaller = tmp_path / "smaller.yaml"
    text = Path(FILE).read_text(encoding="utf-8")
    smaller.write_text("".join(line for line in text.splitlines(keepends=True) if "U0NIA" not in line))
    accounts.main([FILE, "--stack-json", stack_json])

    accounts.main([str(smaller), "--stack-json", stack_json])
    assert ", 0 removed," in capsys.readouterr().out

    accounts.main([str(smaller), "--stack-json", stack_json, "--prune"])
    assert "removed    CUST-NORTHWIND member T0NW/U0NIA Nia" in capsys.readouterr().out


def test_an_account_that_nobody_attends_is_named(formation, stack_json, tmp_path, capsys):
    path = tmp_path / "directory.yaml"
    path.write_text("resellers: [{id: RSL-A, name: A}]\ncustomers: [{id: CUST-A, name: A}]\n")

    assert accounts.main([str(path), "--stack-json", stack_json]) == 0

    assert capsys.readouterr().out.splitlines()[-2:] == [
        "RSL-A has nobody who may upload",
        "CUST-A has nobody who may accept",
    ]


def test_every_fault_of_a_bad_file_is_printed_and_nothing_done(formation, stack_json, tmp_path, capsys):
    path = tmp_path / "directory.yaml"
    path.write_text("resellers: [{id: RSL-A}]\ncustomers: [{id: CUST-A, name: A, msp: MSP-A}]\n")

    assert accounts.main([str(path), "--stack-json", stack_json]) == 2

    errors = capsys.readouterr().err
    assert "2 faults" in errors
    assert "resellers[0].name: missing" in errors
    assert "customers[0].msp: unknown" in errors
    assert formation.asked == []


@pytest.mark.parametrize("text", ["resellers: [", None, b"\xff\xfe\x00"], ids=["not YAML", "no file", "not UTF-8"])
def test_a_file_that_cannot_be_read(tmp_path, text, capsys):
    path = tmp_path / "directory.yaml"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    assert accounts.main([str(path)]) == 2

    assert "cannot be read" in capsys.readouterr().err


def test_a_stack_without_accounts(formation, capsys):
    formation.outputs = []

    assert accounts.main([FILE]) == 1

    assert "no output AccountsTableName" in capsys.readouterr().err


def test_a_local_stack_that_is_not_running(tmp_path, capsys):
    assert accounts.main([FILE, "--stack-json", str(tmp_path / "stack.json")]) == 1

    assert "stack.json" in capsys.readouterr().err
