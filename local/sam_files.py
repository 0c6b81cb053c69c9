"""What ``sam local`` reads: the template that was built, made fit for it, and the variables of the functions."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped] # has no types

from local.emulator import ACCESS_KEY, REGION, SECRET_KEY
from local.laptop import APP_SECRETS, SIGNING_SECRET, SLACK_SECRETS
from ops import ROOT
from ops.accounts import load
from rollcall.installations import Installation
from rollcall.store.accounts import AccountsStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.sealing import Seal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from local.moto_world import MotoWorld

BUILT: Final = ROOT / ".aws-sam" / "build"
#: Values for the template's parameters: the Python that `make sam-build` built for, and this machine's processor. An
#: image for another one needs an emulator, which an engine may not have, and is not looked for on this machine.
PARAMETERS: Final[Mapping[str, str]] = {
    "PythonRuntime": f"python3.{sys.version_info.minor}",
    "Architecture": "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64",
}


class SamError(Exception):
    """sam could not be run, or a step did not come out right; says which and what was said."""


@dataclass(frozen=True, slots=True)
class SamLocal:
    """How sam is called.

    Attributes:
        folder: of what we write for it: the template and the variables.
        sam: the program.
        more: further words, such as ``--invoke-image …``, from ``SAM_LOCAL_OPTIONS``.
        api_port: where ``sam local start-api`` listens.
    """

    folder: Path
    sam: str = "sam"
    more: tuple[str, ...] = ()
    api_port: int = 3000

    def command(self, word: str, *own: str) -> list[str]:
        """The words of one call.

        Args:
            word: ``invoke`` or ``start-api``.
            own: words of that call alone.
        """
        files = ["--template", str(self.folder / "template.json"), "--env-vars", str(self.folder / "env.json")]
        return [self.sam, "local", word, *own, *files, "--region", REGION, *self.more]


def template_for(world: MotoWorld, built: Mapping[str, Any]) -> dict[str, Any]:
    """The template that sam is given: what was built, without what only a deployment needs.

    sam passes on only variables that a template names, so the emulated AWS's address is named here.

    Args:
        world: the emulated AWS.
        built: the template that ``sam build`` left.
    """
    template: dict[str, Any] = json.loads(json.dumps(built))
    template.pop("Outputs", None)
    for name, value in PARAMETERS.items():
        template["Parameters"][name]["Default"] = value
    everything = template["Resources"]
    template["Resources"] = {
        name: resource for name, resource in everything.items() if resource["Type"].startswith("AWS::Serverless::")
    }
    variables = template["Globals"]["Function"].setdefault("Environment", {}).setdefault("Variables", {})
    variables |= {"AWS_ENDPOINT_URL": world.inside, "POWERTOOLS_TRACE_DISABLED": "true"}
    for resource in template["Resources"].values():
        properties = resource["Properties"]
        for uri in {"CodeUri", "ContentUri"} & properties.keys():
            properties[uri] = str(BUILT / properties[uri])
        for only_deployed in ("AutoPublishAlias", "DeploymentPreference", "SnapStart", "Events", "LoggingConfig"):
            properties.pop(only_deployed, None)
    for name, resource in everything.items():
        if resource["Type"] == "AWS::ApiGatewayV2::Route":
            method, path = resource["Properties"]["RouteKey"].split()
            integration = re.search(r"\$\{(\w+)Integration\}", json.dumps(resource["Properties"]["Target"]))
            if integration:  # sam serves the routes that stand with a function
                events = template["Resources"][integration[1]]["Properties"].setdefault("Events", {})
                events[name] = {"Type": "HttpApi", "Properties": {"Method": method, "Path": path}}
    return template


def prepare(world: MotoWorld, sam: SamLocal, directory: Path) -> None:
    """Fills the emulated AWS with accounts, installations and secrets, and writes what sam reads.

    Args:
        world: the emulated AWS.
        sam: how it is called.
        directory: the accounts file.

    Raises:
        SamError: nothing was built.
    """
    if not (BUILT / "template.yaml").exists():
        raise SamError("Nothing is built: make sam-build first.")
    os.environ.update(AWS_ACCESS_KEY_ID=ACCESS_KEY, AWS_SECRET_ACCESS_KEY=SECRET_KEY, AWS_DEFAULT_REGION=REGION)
    accounts = load(directory)
    table = world.made["AccountsTable"]
    AccountsStore(table, region=REGION, host=world.endpoint).apply(accounts)
    seal = Seal(world.arns["TokensKey"], client=world.client("kms"))
    store = InstallationsStore(table, seal=seal, region=REGION, host=world.endpoint)
    for team in sorted({operator.team for operator in accounts.operators} | {one.team for one in accounts.members}):
        store.put(Installation(team, f"xoxb-local-{team}", bot_id="B0LOCAL", bot_user="U0LOCAL", name=team))
    for name, value in {**APP_SECRETS, "signing-secret": SIGNING_SECRET}.items():
        world.client("ssm").put_parameter(Name=f"{SLACK_SECRETS}/{name}", Value=value, Type="SecureString")
    sam.folder.mkdir(parents=True, exist_ok=True)
    built = yaml_parse((BUILT / "template.yaml").read_text(encoding="utf-8"))
    template = template_for(world, built)
    functions = [name for name, one in template["Resources"].items() if one["Type"] == "AWS::Serverless::Function"]
    variables = {name: {**world.variables(name), "AWS_ENDPOINT_URL": world.inside} for name in functions}
    (sam.folder / "template.json").write_text(json.dumps(template, indent=1), encoding="utf-8")
    (sam.folder / "env.json").write_text(json.dumps(variables, indent=1), encoding="utf-8")
