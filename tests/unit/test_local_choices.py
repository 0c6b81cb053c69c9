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


def slack(**env):
    choices = Choices.from_env({f"SLACK_{name}": value for name, value in env.items()})
    return choices.slack_api_url, choices.slack_bot_token, choices.slack_signing_secret, choices.slack_app_token


def test_without_a_word_of_slack_it_is_the_built_in_workspace():
    assert slack() == ("", "", "", "")
    assert slack(SIGNING_SECRET="mine") == ("", "", "mine", "")


def test_another_slack_can_be_named():
    url = "http://127.0.0.1:9/api/"
    assert slack(API_URL=url, BOT_TOKEN="xoxb-1", SIGNING_SECRET="s") == (url, "xoxb-1", "s", "")
    assert slack(API_URL=url) == (url, "xoxb-local", "", "")
    assert slack(API_URL=url, APP_TOKEN="xapp-1") == (url, "xoxb-local", "", "xapp-1")


def test_an_app_token_alone_is_for_the_real_one():
    assert slack(APP_TOKEN="xapp-1", BOT_TOKEN="xoxb-1") == ("https://slack.com/api/", "xoxb-1", "", "xapp-1")
    with pytest.raises(ChoiceError, match="SLACK_BOT_TOKEN"):
        slack(APP_TOKEN="xapp-1")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://127.0.0.1:9/api", "ftp://127.0.0.1/api/", "/api/"])
def test_an_address_that_is_no_web_api_is_named(url):
    with pytest.raises(ChoiceError, match="SLACK_API_URL"):
        slack(API_URL=url)
