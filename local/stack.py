"""The whole of Rollcall on a laptop: the emulated AWS with ``template.yaml`` deployed on it.

Example:
    with running_stack(Path("state")) as stack:
        stack.client("s3").put_object(Bucket=stack.outputs["UploadsBucketName"], Key=..., Body=...)
"""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from local.deploy import deploy
from local.emulator import HOST, running_emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from local.emulator import Emulator


@dataclass(frozen=True, slots=True)
class Stack:
    """A running stack.

    Attributes:
        emulator: the emulated AWS.
        outputs: the template's outputs by name, such as ``UploadsBucketName``.
        state: the folder that keeps its state.
    """

    emulator: Emulator
    outputs: Mapping[str, str]
    state: Path

    @property
    def endpoint(self) -> str:
        """Address of the emulated AWS, without a slash at the end."""
        return self.emulator.endpoint

    def client(self, service: str) -> Any:  # noqa: ANN401 - the caller knows which of boto3's clients it asked for
        """A boto3 client with the root user's key.

        Args:
            service: as boto3 names it, such as ``s3``.
        """
        return self.emulator.client(service)


@contextmanager
def running_stack(
    state: Path,
    port: int = 0,
    parameters: Mapping[str, str] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Stack]:
    """Runs the stack for the length of a ``with`` block; its state stays in the folder for the next time.

    Args:
        state: the folder, made where missing.
        port: TCP port on loopback; 0 takes a free one.
        parameters: values for the template's parameters, over those of a laptop.
        say: is told of each step that is done.

    Raises:
        BundleError: a function's packages could not be installed.
        DeployError: CloudFormation could not deploy the template.
        EmulatorError: the folder or the port is in use, or the emulated AWS did not start or did not stop.
    """
    state = state.resolve()
    state.mkdir(parents=True, exist_ok=True)
    with running_emulator(state, port or _free_port()) as emulator:
        (state / "stack.json").unlink(missing_ok=True)  # of a run that was killed
        say(f"AWS, emulated: {emulator.endpoint}")
        if emulator.state_lost:
            say("The last run was killed: what came since its start is lost")
        stack = Stack(emulator, deploy(emulator, parameters or {}), state)
        say(f"template.yaml deployed; bucket {stack.outputs['UploadsBucketName']}")
        yield stack


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
