"""What ``make deploy`` asks the first time, and again with ``GUIDED=1``."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final, TypeVar

from ops.environments import EMAIL, NAME, PREFIX, REGION, RUNTIMES, SUFFIX, ChoiceError, Environment, Operator, check

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Shows a question and gives the line that was typed.
    Ask = Callable[[str], str]

Value = TypeVar("Value")

#: Tries for one answer; after them somebody should read up on it instead.
_TRIES: Final = 5
_SECONDS: Final = 20


def environment(name: str, ask: Ask, *, known: Environment | None, region: str, runtime: str) -> Environment:
    """Asks for everything that an environment is made of.

    Args:
        name: of the environment; empty to ask for it.
        ask: shows a question, gives the answer.
        known: what was chosen before, offered again.
        region: offered where nothing was chosen before.
        runtime: likewise.

    Raises:
        ChoiceError: an answer could not be used five times.
    """
    name = name or _asked(ask, "Environment, such as dev or prod", "dev", lambda text: check("name", text, NAME, "dev"))
    operators = ", ".join(map(str, known.operators)) if known else ""
    return Environment(
        name=name,
        region=_asked(
            ask,
            "AWS region",
            known.region if known else region,
            lambda text: check("region", text, REGION, "eu-central-1"),
        ),
        prefix=_asked(
            ask,
            "Prefix: the stack's name, and the first part of the bucket's",
            known.prefix if known else f"rollcall-{name}",
            lambda text: check("prefix", text, PREFIX, "acme-rollcall, at most 24 characters"),
        ),
        operators=_asked(
            ask,
            "Operators, as workspace:user:name (ids in Slack: profile, Copy member ID); several with commas",
            operators,
            _operators,
        ),
        suffix=_asked(
            ask,
            "Suffix of the slash commands, such as -dev; a dash alone for none",
            known.suffix if known and known.suffix else "-",
            lambda text: check("command suffix", "" if text == "-" else text, SUFFIX, "-dev, or a dash alone"),
        ),
        runtime=_asked(
            ask,
            f"Python of the functions ({', '.join(RUNTIMES)}); sam build needs it on the PATH",
            known.runtime if known else runtime,
            _runtime,
        ),
        alarms_email=_asked(
            ask,
            "Mail address that hears of alarms; empty for none",
            known.alarms_email if known else "",
            lambda text: check("address", text, EMAIL, "ops@example.com, or nothing"),
        ),
        alarms_channel=known.alarms_channel if known else "",
        more=known.more if known else {},
    )


def installed_runtime() -> str:
    """The newest Python here that Lambda has, as ``sam build`` builds for no other; else Lambda's newest."""
    for runtime in RUNTIMES:
        try:
            done = subprocess.run([runtime, "--version"], check=False, capture_output=True, timeout=_SECONDS)  # noqa: S603 - one of three names
        except OSError:
            continue
        if done.returncode == 0:  # a shim of a version manager may stand there for a Python that does not
            return runtime
    return RUNTIMES[0]


def _asked(ask: Ask, question: str, default: str, read: Callable[[str], Value]) -> Value:
    wrong = ""
    for _ in range(_TRIES):
        answer = ask(f"{wrong}{question} [{default}]: " if default else f"{wrong}{question}: ").strip() or default
        try:
            return read(answer)
        except ChoiceError as fault:
            wrong = f"{fault}\n"
    raise ChoiceError(wrong.strip())


def _operators(text: str) -> tuple[Operator, ...]:
    found = tuple(Operator.parse(word) for word in text.split(",") if word.strip())
    if not found:
        raise ChoiceError("At least one operator is needed: nobody else can invite the first company. T0OPS:U0OPS")
    return found


def _runtime(text: str) -> str:
    if text not in RUNTIMES:
        raise ChoiceError(f"{text!r} is no runtime: one of {', '.join(RUNTIMES)}")
    return text
