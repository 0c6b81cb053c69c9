"""Deploys to AWS: ``python -m ops.deploy [--environment NAME] [--guided] [--dry-run]``.

The first time it asks, and writes the answers into samconfig.toml; from then on the environment's name is enough.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped] # has no types

from ops import ROOT, concurrency, manifest, questions, samconfig
from ops.accounts import aws_store, report
from ops.environments import ChoiceError, Environment
from rollcall.account_errors import AccountsError
from rollcall.directory import DirectoryError, parse_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

CONFIG: Final = ROOT / "samconfig.toml"
_FALLBACK_REGION: Final = "eu-central-1"
#: Where the filled manifest is put; the folder is sam's own and in no repository.
_MANIFESTS: Final = ROOT / ".aws-sam"


@dataclass(frozen=True, slots=True)
class Steps:
    """What a deployment does outside this process.

    Attributes:
        build: sam's command that makes the bundles.
        deploy: sam's command that brings the stack up to date; it shows the changes and asks first.
    """

    build: tuple[str, ...]
    deploy: tuple[str, ...]


def steps(environment: Environment, *, config: Path, sam: str = "sam") -> Steps:
    """The commands that deploy an environment.

    Args:
        environment: which; its section of the file gives the values.
        config: path of samconfig.toml.
        sam: the program.
    """
    named = ("--config-file", str(config), "--config-env", environment.name)
    return Steps((sam, "build", *named), (sam, "deploy", *named))


def main(arguments: Sequence[str] | None = None, *, ask: Callable[[str], str] = input, config: Path = CONFIG) -> int:
    """Asks what is not known, builds, deploys, and says what is left to do in Slack.

    Returns:
        0 if the stack is up to date, 1 if a step failed, 2 if a value cannot be used; sam has said why, or we do.
    """
    options = _options(arguments)
    try:
        sections = samconfig.read(config)
        environment = _environment(options, sections, ask)
    except (ChoiceError, tomllib.TOMLDecodeError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    sections[environment.name] = environment.section()
    todo = steps(environment, config=config, sam=options.sam)
    if options.dry_run:
        _show(environment, todo, samconfig.text({environment.name: environment.section()}))
        return 0
    config.write_text(samconfig.text(sections), encoding="utf-8")
    try:
        _say(f"AWS account {_account(environment)}, {environment.region}, stack {environment.stack}")
        _warn_of_few(environment)
        for command in (todo.build, todo.deploy):
            _say(f"\n$ {' '.join(command)}")
            subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "SAM_CLI_TELEMETRY": "0"})  # noqa: S603 - our own words
        outputs = outputs_of(environment)
        _appoint(environment)
    except subprocess.CalledProcessError as failed:
        sys.stderr.write(f"{failed.cmd[1]} ended with {failed.returncode}; nothing after it was done.\n")
        return 1
    except (AccountsError, BotoCoreError, ClientError, DirectoryError, LookupError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _tell(environment, outputs)
    return 0


def outputs_of(environment: Environment) -> dict[str, str]:
    """The stack's outputs by name."""
    formation = boto3.client("cloudformation", region_name=environment.region)
    found = formation.describe_stacks(StackName=environment.stack)["Stacks"][0].get("Outputs", [])
    return {output["OutputKey"]: output["OutputValue"] for output in found}


def _environment(options: argparse.Namespace, sections: Mapping[str, object], ask: Callable[[str], str]) -> Environment:
    name = options.environment or (next(iter(sections)) if len(sections) == 1 else "")
    section = sections.get(name)
    known = Environment.of_section(name, section) if isinstance(section, dict) else None
    if known and not options.guided:
        return known
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or _FALLBACK_REGION
    return questions.environment(name, ask, known=known, region=region, runtime=questions.installed_runtime())


def _account(environment: Environment) -> str:
    return str(boto3.client("sts", region_name=environment.region).get_caller_identity()["Account"])


def _warn_of_few(environment: Environment) -> None:
    """Says where the account runs too few functions at once; that is no reason not to deploy."""
    try:
        settings = boto3.client("lambda", region_name=environment.region).get_account_settings()
    except ClientError:  # whoever deploys may not be allowed to ask
        return
    template = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    limit = settings["AccountLimit"]["ConcurrentExecutions"]
    if warning := concurrency.warning(limit, concurrency.wanted(template, environment.parameters)):
        _say(f"\n{warning}\n")


def _appoint(environment: Environment) -> None:
    """Makes the operators operators; companies and their people are theirs to add."""
    named = [{"team": one.team, "user": one.user, "name": one.name} for one in environment.operators]
    directory = parse_directory({"operators": named, "resellers": [], "customers": []})
    os.environ["AWS_DEFAULT_REGION"] = environment.region
    store = aws_store(environment.stack)
    for line in report(store, directory, store.apply(directory)):
        _say(line)


def _tell(environment: Environment, outputs: Mapping[str, str]) -> None:
    filled = manifest.text(manifest.filled(manifest.load(), url=outputs["SlackRequestUrl"], suffix=environment.suffix))
    path = _MANIFESTS / f"manifest-{environment.name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(filled, encoding="utf-8")
    _say(f"\n{filled}\nThis is the app's manifest, also in {path}.\n")
    _say(next_steps(environment))


def next_steps(environment: Environment) -> str:
    """What is left to do after a deployment, which only a person can."""
    return NEXT.format(
        environment=environment.name,
        region=environment.region,
        stack=environment.stack,
        secrets=environment.secrets,
    )


#: What only a person can do.
NEXT: Final = """\
1. On api.slack.com/apps: Create New App, From a manifest, and paste it. (Later versions: App Manifest, and paste it.)
2. Put the app's secrets where the stack looks for them; docs/runbook.md says more under "The app's secrets":
     export AWS_REGION={region}
     for name in signing-secret client-id client-secret; do
       read -rsp "$name: " value; echo
       echo "$value" | .venv/bin/python -m ops.upkeep --stack {stack} secret $name --path {secrets}
     done
3. Install the app in your own workspace.
4. make smoke-aws ENV={environment}     checks on the account what a laptop cannot show; says first what it costs
5. make accounts FILE=... STACK={stack}     if your companies are in an accounts file already"""


def _show(environment: Environment, todo: Steps, section: str) -> None:
    """What would be done, and with what."""
    _say(section)
    for command in (todo.build, todo.deploy):
        _say(f"$ {' '.join(command)}")
    url = f"https://<the API's id>.execute-api.{environment.region}.amazonaws.com/slack/events"
    _say(f"\n{manifest.text(manifest.filled(manifest.load(), url=url, suffix=environment.suffix))}")
    _say("Nothing was written, built or deployed.")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # sam writes to the same terminal


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ops.deploy", description=__doc__)
    parser.add_argument("--environment", default="", metavar="NAME", help="section of samconfig.toml, such as prod")
    parser.add_argument("--guided", action="store_true", help="ask again, offering what was chosen before")
    parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")
    parser.add_argument("--sam", default="sam", help="the program (default: %(default)s)")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
