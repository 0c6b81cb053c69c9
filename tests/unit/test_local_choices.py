"""What can be chosen for the local stack, and what is said where a choice cannot be followed."""

from pathlib import Path

import pytest

from local.choices import ChoiceError, Choices


def chosen(env):
    choices = Choices.from_env(env)
    return choices.state, choices.port, choices.directory


def test_nothing_chosen_is_a_folder_of_the_project_and_its_sample_accounts():
    assert chosen({}) == (Path(".local"), 4600, Path("local/directory.yaml"))


def test_folder_port_and_accounts_can_be_chosen():
    env = {"ROLLCALL_STATE": "/s", "ROLLCALL_PORT": "5000", "ROLLCALL_DIRECTORY": "/d.yaml"}
    assert chosen(env) == (Path("/s"), 5000, Path("/d.yaml"))


@pytest.mark.parametrize("port", ["80", "65001", "-1", "4600x", "٤٦٠٠"])
def test_a_port_that_cannot_be_used_is_named(port):
    with pytest.raises(ChoiceError, match="ROLLCALL_PORT"):
        Choices.from_env({"ROLLCALL_PORT": port})
