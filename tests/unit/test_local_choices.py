"""What can be chosen for the local stack, and what is said where a choice cannot be followed."""

from pathlib import Path

import pytest

from local.up import ChoiceError, Choices, run


def test_nothing_chosen_is_a_folder_of_the_project_and_its_sample_accounts():
    assert Choices.from_env({}) == Choices(Path(".local"), 4600, Path("local/directory.yaml"))


def test_all_three_can_be_chosen():
    env = {"ROLLCALL_STATE": "/s", "ROLLCALL_PORT": "5000", "ROLLCALL_DIRECTORY": "/d.yaml"}
    assert Choices.from_env(env) == Choices(Path("/s"), 5000, Path("/d.yaml"))


@pytest.mark.parametrize("port", ["80", "65001", "-1", "4600x", "٤٦٠٠"])
def test_a_port_that_cannot_be_used_is_named(port):
    with pytest.raises(ChoiceError, match="ROLLCALL_PORT"):
        Choices.from_env({"ROLLCALL_PORT": port})


@pytest.mark.parametrize("content", ["resellers: [", "resellers: [{id: 3}]", None], ids=["no YAML", "fault", "no file"])
def test_an_accounts_file_is_checked_before_anything_starts(tmp_path, content):
    accounts = tmp_path / "accounts.yaml"
    if content:
        accounts.write_text(content)
    with pytest.raises(ChoiceError, match="accounts.yaml cannot be used"):
        run(Choices(tmp_path / "state", 4600, accounts))
    assert not (tmp_path / "state").exists()
