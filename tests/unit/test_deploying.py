"""``make deploy`` up to the point where AWS is asked: questions, values, parameters, commands, the manifest."""

from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops import concurrency, deploy, manifest, questions, samconfig
from ops.environments import RUNTIMES, ChoiceError, Environment, Operator
from tests.cloud import TEMPLATE

OLU = Operator("T0OPS", "U0OPS", "Olu Ops")
PROD = Environment(
    name="prod",
    region="eu-central-1",
    prefix="acme-rollcall",
    operators=(OLU,),
    suffix="-acme",
    runtime="python3.12",
    alarms_email="ops@acme.example",
    alarms_channel="T0OPS:C0ALARMS",
    more={"MaxRows": "5000"},
)
URL = "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/slack/events"


class Typist:
    """Types given lines, and remembers what was asked."""

    def __init__(self, *lines):
        self.lines = list(lines)
        self.asked = []

    def __call__(self, question):
        self.asked.append(question)
        return self.lines.pop(0)


def test_the_first_time_everything_is_asked_and_defaults_are_taken_with_return():
    ask = Typist("dev", "", "", "T0OPS:U0OPS", "-dev", "", "")

    made = questions.environment("", ask, known=None, region="eu-west-1", runtime="python3.12")

    assert (made.name, made.region, made.prefix, made.suffix) == ("dev", "eu-west-1", "rollcall-dev", "-dev")
    assert made.operators == (Operator("T0OPS", "U0OPS", "U0OPS"),)
    assert made.parameters == {
        "Prefix": "rollcall-dev",
        "PythonRuntime": "python3.12",
        "SlackSecrets": "/rollcall-dev/slack",
        "CommandSuffix": "-dev",
    }
    assert ask.lines == []


def test_a_wrong_answer_is_asked_for_again_with_what_was_wrong():
    ask = Typist("Berlin", "eu-central-1", "", "nobody", "", "T0OPS:U0OPS", "-", "", "")

    made = questions.environment("prod", ask, known=None, region="eu-west-1", runtime="python3.13")

    assert "'Berlin' is no region: such as eu-central-1" in ask.asked[1]
    assert any("'nobody' is no operator" in question for question in ask.asked)
    assert any("At least one operator" in question for question in ask.asked)
    assert (made.region, made.suffix) == ("eu-central-1", "")


def test_somebody_who_answers_wrongly_five_times_is_not_asked_a_sixth():
    with pytest.raises(ChoiceError, match="no region"):
        questions.environment("prod", Typist(*["?"] * 5), known=None, region="eu-west-1", runtime="python3.13")


def test_asked_again_each_answer_of_before_is_offered():
    again = questions.environment("prod", Typist(*[""] * 6), known=PROD, region="us-east-1", runtime="python3.13")

    assert again == PROD


def test_values_become_parameters_that_the_template_has():
    assert PROD.parameters == {
        "Prefix": "acme-rollcall",
        "PythonRuntime": "python3.12",
        "SlackSecrets": "/acme-rollcall/slack",
        "CommandSuffix": "-acme",
        "AlarmsEmail": "ops@acme.example",
        "AlarmsSlackTeam": "T0OPS",
        "AlarmsSlackChannel": "C0ALARMS",
        "MaxRows": "5000",
    }
    assert PROD.parameters.keys() <= TEMPLATE["Parameters"].keys()
    assert set(RUNTIMES) == set(TEMPLATE["Parameters"]["PythonRuntime"]["AllowedValues"])


def test_samconfig_keeps_a_section_for_each_environment_and_reads_them_back(tmp_path):
    path = tmp_path / "samconfig.toml"
    dev = Environment(name="dev", region="us-east-1", prefix="rollcall-dev", operators=(OLU,))
    path.write_text(samconfig.text({"prod": PROD.section(), "dev": dev.section()}), encoding="utf-8")

    sections = samconfig.read(path)

    assert list(sections) == ["dev", "prod"]
    assert Environment.of_section("prod", sections["prod"]) == PROD
    assert Environment.of_section("dev", sections["dev"]) == dev
    assert "signing-secret" not in path.read_text(encoding="utf-8"), "where secrets lie, and none of them"


@given(st.dictionaries(st.sampled_from(["LogLevel", "EeModels"]), st.text(max_size=20).filter(lambda s: "\n" not in s)))
def test_any_value_survives_the_file(more):
    section = samconfig.text({"dev": Environment(name="dev", region="us-east-1", prefix="rc", more=more).section()})

    assert Environment.of_section("dev", tomllib.loads(section)["dev"]).more == more


def test_the_commands_name_the_file_and_the_environment(tmp_path):
    todo = deploy.steps(PROD, config=tmp_path / "samconfig.toml")

    assert todo.build == ("sam", "build", "--config-file", str(tmp_path / "samconfig.toml"), "--config-env", "prod")
    assert todo.deploy[:2] == ("sam", "deploy")
    assert todo.deploy[2:] == todo.build[2:]


def test_what_is_left_to_do_names_this_environments_stack_and_secrets():
    text = deploy.next_steps(PROD)

    assert "--stack acme-rollcall secret $name --path /acme-rollcall/slack" in text
    assert "make smoke-aws ENV=prod" in text
    assert "{" not in text


def test_a_dry_run_shows_everything_and_writes_nothing(tmp_path, capsys):
    config = tmp_path / "samconfig.toml"
    ask = Typist("", "", "T0OPS:U0OPS", "-dev", "", "")

    assert deploy.main(["--environment", "dev", "--dry-run"], ask=ask, config=config) == 0

    shown = capsys.readouterr().out
    assert "--config-env dev" in shown
    assert '"/rollcall-dev"' in shown
    assert "Prefix=rollcall-dev" in shown
    assert not config.exists()


def test_a_section_that_cannot_be_used_says_why(tmp_path, capsys):
    config = tmp_path / "samconfig.toml"
    config.write_text("version = 0.1\n[prod.deploy.parameters]\nregion = 'eu-central-1'\n", encoding="utf-8")

    assert deploy.main(["--environment", "prod", "--dry-run"], ask=Typist(), config=config) == 2
    assert "stack_name is not there" in capsys.readouterr().err


def test_the_manifest_names_the_deployments_own_addresses_and_commands():
    source = manifest.load()
    text = manifest.text(source)

    made = manifest.filled(source, url=URL, suffix="-acme")

    assert manifest.PLACEHOLDER not in manifest.text(made)
    assert made["settings"]["interactivity"]["request_url"] == URL
    commands = {command["command"] for command in made["features"]["slash_commands"]}
    assert commands == {f"{command['command']}-acme" for command in source["features"]["slash_commands"]}
    assert {command["url"] for command in made["features"]["slash_commands"]} == {URL}
    assert len(made["display_information"]["name"]) <= 35
    assert manifest.text(source) == text, "the source is not changed"


def test_without_a_suffix_the_names_stay():
    made = manifest.filled(manifest.load(), url=URL)

    assert made["display_information"] == manifest.load()["display_information"]
    assert "/rollcall" in {command["command"] for command in made["features"]["slash_commands"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Prod"),
        ("region", "frankfurt"),
        ("prefix", "UPPER"),
        ("prefix", "a" * 25),
        ("suffix", "dev"),
        ("alarms_email", "nobody"),
        ("alarms_channel", "C0ALARMS"),
        ("runtime", "python3.10"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(name, value):
    good = {"name": "dev", "region": "eu-central-1", "prefix": "rollcall"}
    with pytest.raises(ChoiceError, match=value[:5]):
        Environment(**{**good, name: value})


def test_an_account_that_runs_too_few_functions_at_once_is_told_of():
    wants = concurrency.wanted(TEMPLATE, {})
    assert wants == 37, "10 files planned and 10 finished, 5 chunks, 5 jobs, 2 notices, and 5 for people"
    assert "runs 10 functions at once, and Rollcall may want 37" in concurrency.warning(10, wants)
    assert concurrency.warning(1000, wants) == ""


def test_what_it_says_to_choose_fits_nearly_into_a_new_account():
    said = concurrency.warning(10, 37)
    chosen = dict(re.findall(r"(\w+Concurrency)=(\d+)", said))
    assert chosen.keys() == {"FileConcurrency", "ChunkConcurrency", "JobConcurrency"}
    assert chosen.keys() <= TEMPLATE["Parameters"].keys()
    assert concurrency.wanted(TEMPLATE, chosen) <= 15
    assert all(int(value) >= TEMPLATE["Parameters"][name]["MinValue"] for name, value in chosen.items())
