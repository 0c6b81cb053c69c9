"""``make smoke-aws``: says what it would cost, and on a yes runs every check and tells what it saw."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

import ops  # noqa: F401 - puts the layer on the path
from ops import samconfig
from ops.deploy import CONFIG
from ops.environments import ChoiceError, Environment
from ops.smoke.account import on_aws, on_laptop
from ops.smoke.checks import CHECKS
from ops.smoke.refusals import WrongError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ops.smoke.account import Account
    from ops.smoke.checks import Check


def run(account: Account, checks: Iterable[Check], say: Callable[[str], None]) -> list[str]:
    """Runs checks, each whatever came of the one before.

    Args:
        account: where.
        checks: which.
        say: is told of each.

    Returns:
        Names of those that failed.
    """
    failed = []
    for check in checks:
        try:
            say(f"  ok    {check.name}: {check.run(account)}")
        except (WrongError, BotoCoreError, ClientError, OSError, KeyError) as wrong:
            failed.append(check.name)
            say(f"  WRONG {check.name}: {type(wrong).__name__}: {wrong}")
    return failed


def main(arguments: Sequence[str] | None = None, *, ask: Callable[[str], str] = input) -> int:
    """Asks, runs, tells.

    Returns:
        0 if every check came out right, 1 if not, 2 if nothing was run.
    """
    options = _options(arguments)
    try:
        account = on_laptop(options.stack_json) if options.stack_json else _on_aws(options.environment)
    except (BotoCoreError, ChoiceError, ClientError, LookupError, OSError) as error:
        sys.stderr.write(f"There is no stack to check: {error}\n")
        return 2
    _say(f"{len(CHECKS)} checks on {account.bucket}, with tables of their own that are deleted again.")
    _say(f"They cost at most {sum(check.usd for check in CHECKS):.2f} USD, and take about two minutes.")
    if not options.yes and ask("Go on? [y/N] ").strip().lower() not in ("y", "yes"):
        return 2
    failed = run(account, CHECKS, _say)
    _say(f"{len(CHECKS) - len(failed)} of {len(CHECKS)} as our code takes for granted.")
    return 1 if failed else 0


def _on_aws(name: str) -> Account:
    sections = samconfig.read(CONFIG)
    name = name or (next(iter(sections)) if len(sections) == 1 else "")
    if name not in sections:
        raise ChoiceError(f"samconfig.toml has no environment {name!r}: name one with ENV=, or make deploy first")
    environment = Environment.of_section(name, sections[name])
    return on_aws(environment.stack, environment.region)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ops.smoke", description=__doc__)
    parser.add_argument("--environment", default="", metavar="NAME", help="section of samconfig.toml, such as prod")
    parser.add_argument("--stack-json", type=Path, metavar="PATH", help="the local stack that wrote this file, instead")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
