"""``make up``: the local stack in the foreground, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING, NoReturn

from yaml import YAMLError

from local.bundles import BundleError
from local.choices import ChoiceError, Choices
from local.deploy import DeployError
from local.emulator import EmulatorError, tail
from local.laptop import running_laptop
from local.stackfile import stackfile
from rollcall.account_errors import AccountsError
from rollcall.directory import DirectoryError

if TYPE_CHECKING:
    from collections.abc import Callable

#: What can go wrong on the way up, each with a text for the person who typed the command.
FAULTS = (
    AccountsError,
    BundleError,
    ChoiceError,
    DeployError,
    DirectoryError,
    EmulatorError,
    OSError,
    UnicodeDecodeError,
    YAMLError,
)


class Steps:
    """Prints a line for each step that is done, with the seconds it took."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __call__(self, step: str) -> None:
        """Prints a step that is done.

        Args:
            step: what was done, and where it is found.
        """
        now = time.monotonic()
        print(f"  {step:<72} {now - self._since:5.1f} s", flush=True)  # noqa: T201 - the terminal is what it is for
        self._since = now


def run(choices: Choices) -> None:
    """Runs the stack until a signal asks for its end.

    Args:
        choices: state, ports, accounts, and which Slack.

    Raises:
        EmulatorError: the emulated AWS ended by itself, or could not write down its state.
    """
    done = Steps()
    with running_laptop(choices, say=done) as laptop:
        with stackfile(laptop) as path:
            print(f"\nReady. Addresses and keys: {path}", flush=True)  # noqa: T201 - the terminal is what it is for
            if laptop.workspace:
                print(f"Slack workspace: {laptop.workspace.url}", flush=True)  # noqa: T201 - the terminal is what it is for
            print("Ctrl-C stops it and keeps its state.", flush=True)  # noqa: T201 - the terminal is what it is for
            laptop.stack.emulator.process.wait()
        raise EmulatorError(f"The emulated AWS ended by itself; the end of its log:\n{tail(laptop.stack.emulator.log)}")


def _stop(_number: int, _frame: object) -> NoReturn:
    """Ends the stack in order; once, as a second signal would cut short the writing down of its state."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def foreground(work: Callable[[Choices], None]) -> int:
    """Runs something until it ends or a signal asks for its end.

    Returns:
        0 at its end or after a signal, 1 after a fault, which is told in one line or with the end of a log.
    """
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        work(Choices.from_env(os.environ))
    except KeyboardInterrupt:
        print("Stopped.", flush=True)  # noqa: T201 - the terminal is what it is for
    except FAULTS as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - the terminal is what it is for
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(foreground(run))
