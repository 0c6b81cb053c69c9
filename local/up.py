"""``make up``: the local stack in the foreground, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from yaml import YAMLError

from local.accounts import apply_accounts
from local.bundles import BundleError
from local.deploy import DeployError
from local.emulator import EmulatorError, tail
from local.stack import running_stack
from local.stackfile import stackfile
from ops.accounts import load
from rollcall.account_errors import AccountsError
from rollcall.directory import DirectoryError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS = range(1024, 65000)


class ChoiceError(Exception):
    """What was chosen cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the caller can choose.

    Attributes:
        state: folder that keeps the stack's state.
        port: first of the TCP ports used, on loopback.
        directory: accounts file.
    """

    state: Path
    port: int
    directory: Path

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Choices:
        """Reads ``ROLLCALL_STATE``, ``ROLLCALL_PORT`` and ``ROLLCALL_DIRECTORY``.

        Args:
            env: the variables, usually ``os.environ``.

        Raises:
            ChoiceError: the port is not one.
        """
        port = env.get("ROLLCALL_PORT") or "4600"
        if not (port.isascii() and port.isdigit() and int(port) in _PORTS):
            raise ChoiceError(f"ROLLCALL_PORT must be a port from {_PORTS[0]} to {_PORTS[-1]}, not {port!r}.")
        directory = env.get("ROLLCALL_DIRECTORY") or "local/directory.yaml"
        return cls(state=Path(env.get("ROLLCALL_STATE") or ".local"), port=int(port), directory=Path(directory))


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
        choices: state, port and accounts.

    Raises:
        AccountsError: the accounts contradict some that are there.
        BundleError: a function's packages could not be installed.
        ChoiceError: the accounts file cannot be used; nothing was started.
        DeployError: CloudFormation could not deploy the template.
        EmulatorError: the emulated AWS did not start, ended by itself, or could not write down its state.
    """
    try:
        directory = load(choices.directory)
    except (DirectoryError, OSError, UnicodeDecodeError, YAMLError) as fault:
        raise ChoiceError(f"The accounts file {choices.directory} cannot be used:\n{fault}") from fault
    done = Steps()
    with running_stack(choices.state, choices.port, say=done) as stack:
        changes = apply_accounts(stack, directory)
        done(f"Accounts: {len(changes.added)} added, {len(changes.changed)} changed, by {choices.directory}")
        with stackfile(stack) as path:
            print(f"\nReady. Addresses and keys: {path}\nCtrl-C stops it and keeps its state.", flush=True)  # noqa: T201
            stack.emulator.process.wait()
        raise EmulatorError(f"The emulated AWS ended by itself; the end of its log:\n{tail(stack.emulator.log)}")


def _stop(_number: int, _frame: object) -> NoReturn:
    """Ends the stack in order; once, as a second signal would cut short the writing down of its state."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise KeyboardInterrupt


def main() -> int:
    """Runs the stack as the environment says.

    Returns:
        0 after a signal, 1 after a fault, which is told in one line or with the end of a log.
    """
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        run(Choices.from_env(os.environ))
    except KeyboardInterrupt:
        print("Stopped.", flush=True)  # noqa: T201
    except (AccountsError, BundleError, ChoiceError, DeployError, EmulatorError) as fault:
        print(fault, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
