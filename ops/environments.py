"""An environment: one deployment of the template, and what its operator chose for it. Values only; nothing is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What an environment may be called: it stands in names of AWS, and in samconfig.toml.
NAME: Final = re.compile(r"[a-z][a-z0-9]{0,11}")
#: As the template has it; see there for the reason of the length.
PREFIX: Final = re.compile(r"[a-z][a-z0-9-]{0,22}[a-z0-9]")
REGION: Final = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
#: A suffix of the commands; Slack's longest name leaves it this room behind ``/approvals``.
SUFFIX: Final = re.compile(r"([-_][a-z0-9_-]{1,19})?")
EMAIL: Final = re.compile(r"([^@\s]+@[^@\s]+\.[^@\s]+)?")
_OPERATOR: Final = re.compile(r"(T[A-Z0-9]+)[:/#](U[A-Z0-9]+|W[A-Z0-9]+)(?:[:/#](.+))?")
_CHANNEL: Final = re.compile(r"(?:(T[A-Z0-9]+)[:/#]([CG][A-Z0-9]+))?")
#: Python versions that the template takes, the newest first.
RUNTIMES: Final = ("python3.13", "python3.12", "python3.11")


class ChoiceError(ValueError):
    """A value cannot be used; says which and what one looks like."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who looks after the deployment.

    Attributes:
        team: Slack workspace id.
        user: Slack user id.
        name: what others call them; the user id where nobody said.
    """

    team: str
    user: str
    name: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads ``T0OPS:U0OPS`` or ``T0OPS:U0OPS:Olu Ops``.

        Raises:
            ChoiceError: it is neither.
        """
        match = _OPERATOR.fullmatch(text.strip())
        if not match:
            raise ChoiceError(f"{text!r} is no operator: write workspace:user, such as T0OPS:U0OPS")
        return cls(match[1], match[2], (match[3] or match[2]).strip())

    def __str__(self) -> str:
        return f"{self.team}:{self.user}:{self.name}"


@dataclass(frozen=True, slots=True)
class Environment:
    """What was chosen for one environment. Nothing in it is secret.

    Attributes:
        name: such as ``dev`` or ``prod``.
        region: AWS region.
        prefix: first part of the bucket's name, and the stack's name.
        operators: who looks after it.
        suffix: behind every slash command, empty for none.
        runtime: Lambda's Python.
        alarms_email: who hears of alarms by mail; empty for nobody.
        alarms_channel: ``T…:C…`` of the Slack channel that hears of them; empty for none.
        more: other parameters of the template that its section of samconfig.toml gives.
    """

    name: str
    region: str
    prefix: str
    operators: tuple[Operator, ...] = ()
    suffix: str = ""
    runtime: str = RUNTIMES[0]
    alarms_email: str = ""
    alarms_channel: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Looks at each value.

        Raises:
            ChoiceError: one cannot be used.
        """
        check("name", self.name, NAME, "dev or prod")
        check("region", self.region, REGION, "eu-central-1")
        check("prefix", self.prefix, PREFIX, "acme-rollcall, at most 24 characters")
        check("command suffix", self.suffix, SUFFIX, "-dev, or nothing")
        check("address", self.alarms_email, EMAIL, "ops@example.com, or nothing")
        check("channel", self.alarms_channel, _CHANNEL, "T0OPS:C0ALARMS, or nothing")
        if self.runtime not in RUNTIMES:
            raise ChoiceError(f"{self.runtime!r} is no runtime: one of {', '.join(RUNTIMES)}")

    @property
    def stack(self) -> str:
        """Name of its CloudFormation stack."""
        return self.prefix

    @property
    def secrets(self) -> str:
        """Path in Parameter Store of the Slack app's secrets: each environment is an app of its own."""
        return f"/{self.prefix}/slack"

    @property
    def parameters(self) -> dict[str, str]:
        """Values for the template's parameters; what is not here keeps the template's default."""
        chosen = {"Prefix": self.prefix, "PythonRuntime": self.runtime, "SlackSecrets": self.secrets}
        if self.suffix:
            chosen["CommandSuffix"] = self.suffix
        if self.alarms_email:
            chosen["AlarmsEmail"] = self.alarms_email
        if match := _CHANNEL.fullmatch(self.alarms_channel):
            chosen |= {"AlarmsSlackTeam": match[1], "AlarmsSlackChannel": match[2]} if match[1] else {}
        return {**chosen, **self.more}

    def section(self) -> dict[str, Any]:
        """Its section of samconfig.toml."""
        return {
            "build": {"parameters": {"parameter_overrides": [f"PythonRuntime={self.runtime}"]}},
            "deploy": {
                "parameters": {
                    "stack_name": self.stack,
                    "region": self.region,
                    "resolve_s3": True,
                    "s3_prefix": self.prefix,
                    "capabilities": ["CAPABILITY_IAM"],
                    "confirm_changeset": True,
                    "fail_on_empty_changeset": False,
                    "parameter_overrides": [f"{name}={value}" for name, value in self.parameters.items()],
                }
            },
            "rollcall": {
                "parameters": {
                    "operators": [str(operator) for operator in self.operators],
                    "command_suffix": self.suffix,
                }
            },
        }

    @classmethod
    def of_section(cls, name: str, section: Mapping[str, Any]) -> Self:
        """Reads it back.

        Args:
            name: of the environment.
            section: of samconfig.toml; parameters that a person added to it are kept.

        Raises:
            ChoiceError: something needed is not there, or cannot be used.
        """
        try:
            deploy = section["deploy"]["parameters"]
            region, stack = deploy["region"], deploy["stack_name"]
        except KeyError as missing:
            raise ChoiceError(f"samconfig.toml, {name}: {missing.args[0]} is not there") from missing
        given = deploy.get("parameter_overrides", [])
        pairs = given.split() if isinstance(given, str) else given
        values = dict(pair.split("=", 1) for pair in pairs)
        ours = section.get("rollcall", {}).get("parameters", {})
        if values.get("SlackSecrets") == f"/{values.get('Prefix', stack)}/slack":
            del values["SlackSecrets"]  # as it is without being said
        suffix = values.pop("CommandSuffix", "")
        team, channel = values.pop("AlarmsSlackTeam", ""), values.pop("AlarmsSlackChannel", "")
        return cls(
            name=name,
            region=region,
            prefix=values.pop("Prefix", stack),
            operators=tuple(Operator.parse(text) for text in ours.get("operators", [])),
            suffix=ours.get("command_suffix", suffix),
            runtime=values.pop("PythonRuntime", RUNTIMES[0]),
            alarms_email=values.pop("AlarmsEmail", ""),
            alarms_channel=f"{team}:{channel}" if channel else "",
            more=values,
        )


def check(what: str, value: str, form: re.Pattern[str], example: str) -> str:
    """The value, if it has the form.

    Raises:
        ChoiceError: it has not.
    """
    if not form.fullmatch(value):
        raise ChoiceError(f"{value!r} is no {what}: such as {example}")
    return value
