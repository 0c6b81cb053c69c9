"""The emulated AWS: ministack, run as a child process on loopback, with its state in a folder.

It keeps what it holds in memory and writes it down when it is stopped in order; a hard kill loses what came since it
was started. That is why it also stops in order when whoever started it is gone.
"""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
REGION = "us-east-1"
#: The emulator takes this key for the account's root user, who may do everything; functions get keys of their own.
ACCESS_KEY = "test"
SECRET_KEY = "test"  # noqa: S105 - a dummy, and said to everybody

_START_SECONDS = 120  # a hundred thousand devices are read back in under a second; a laptop may be busy
_STOP_SECONDS = 600  # and written down in four; a million takes minutes

# Run in the child. It stops in order when its standard input ends, that is when the parent is gone, however that went.
# Its web server would give up waiting for the state to be written after a minute, and lose all of it. And it would take
# a policy that allows some items of a table for one that allows all, and unpack the layer for each worker anew.
_CHILD = f"""
import os, runpy, signal, sys, threading
from hypercorn.config import Config
Config.startup_timeout, Config.shutdown_timeout = {_START_SECONDS}, {_STOP_SECONDS}
threading.Thread(target=lambda: (sys.stdin.read(), os.kill(os.getpid(), signal.SIGTERM)), daemon=True).start()
from ministack.app import main
runpy.run_path({str(Path(__file__).with_name("leading_keys.py"))!r})["enforce"]()
runpy.run_path({str(Path(__file__).with_name("shared_layers.py"))!r})["share"]()
try:
    main()
except SystemExit as end:
    if end.code:
        raise
os.remove("unsaved")
"""


class EmulatorError(Exception):
    """The emulated AWS did not start or did not go on; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Emulator:
    """A running emulated AWS.

    Attributes:
        endpoint: its address, without a slash at the end.
        process: the child process.
        log: what it and the functions wrote.
        state_lost: whether the run before was killed, and lost what came since its start.
    """

    endpoint: str
    process: subprocess.Popen[bytes]
    log: Path
    state_lost: bool

    def client(self, service: str) -> Any:  # noqa: ANN401 - the caller knows which of boto3's clients it asked for
        """A boto3 client of this AWS with the root user's key.

        Args:
            service: as boto3 names it, such as ``s3``.
        """
        return boto3.client(
            service,  # type: ignore[call-overload] # the stubs know each name apart, not any name
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
        )


@contextmanager
def running_emulator(state: Path, port: int) -> Iterator[Emulator]:
    """Runs the emulated AWS for the length of a ``with`` block, and keeps its state after it.

    Args:
        state: folder for what it keeps, its log and its working files.
        port: TCP port on loopback.

    Raises:
        EmulatorError: the folder or the port is in use, or the emulator did not start; or, at the end, it was not done
            writing down its state after ten minutes.
    """
    with _held(state) as lock:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                raise EmulatorError(f"Port {port} is in use. Choose another with: make up ROLLCALL_PORT={port + 100}")
        _move(state / "aws", port)
        # Unpacked functions of an earlier run that was killed.
        shutil.rmtree(state / "tmp", ignore_errors=True)
        (state / "tmp").mkdir(parents=True)
        unsaved = state / "unsaved"
        state_lost = unsaved.exists()
        unsaved.touch()
        log = state / "emulator.log"
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(  # noqa: S603 - our own words
                [sys.executable, "-c", _CHILD],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=state,
                env=_environment(state, port),
                pass_fds=[lock],
                start_new_session=True,  # Ctrl-C is for us; we stop it in order
            )
        emulator = Emulator(f"http://{HOST}:{port}", process, log, state_lost)
        try:
            _wait_for_health(emulator)
            yield emulator
        finally:
            _stop(process)


@contextmanager
def _held(state: Path) -> Iterator[int]:
    """Holds a state folder against another process; the descriptor holds it too in a child that is given it."""
    with (state / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip()
            raise EmulatorError(f"Rollcall is running already, or still stopping, on {state} ({holder}).") from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}")
        lock.flush()
        yield lock.fileno()


def _environment(state: Path, port: int) -> dict[str, str]:
    """Variables of the child. The functions inherit them, so nothing of this shell's Python path or AWS account."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL", "TZ") if name in os.environ}
    return kept | {
        "BIND_HOST": HOST,
        "MINISTACK_HOST": HOST,
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AUTH": "true",  # functions may do what their policies allow and no more, as on AWS
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state / "aws"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state / "s3"),
        "TMPDIR": str(state / "tmp"),
        "LAMBDA_EXECUTOR": "local",
        # Each worker unpacks its bundle and imports it. Lambda, too, keeps an environment for longer than five minutes.
        "LAMBDA_WARM_TTL_SECONDS": "900",
        "POWERTOOLS_TRACE_DISABLED": "true",  # nobody here takes traces
        # It would open these to the network, and clean up containers it finds.
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "DOCKER_HOST": f"unix://{state}/no-docker.sock",
    }


def _wait_for_health(emulator: Emulator) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if emulator.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{emulator.endpoint}/_ministack/health", timeout=5):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            time.sleep(0.05)
    raise EmulatorError(f"The emulated AWS did not start; the end of {emulator.log}:\n{tail(emulator.log)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stops the emulator in order, so that it writes down its state."""
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise EmulatorError("The emulated AWS could not write down its state; the state before is kept.") from None
    finally:
        if process.stdin:
            process.stdin.close()


def _move(aws: Path, port: int) -> None:
    """Lets kept state be used on another port than it was made on: a queue's name is an address with the port in it."""
    made_on = aws / "port"
    before = made_on.read_text().strip() if made_on.exists() else str(port)
    if before != str(port):
        for file in [aws / f"{service}.json" for service in ("sqs", "lambda", "cloudformation")]:
            if file.exists():
                file.write_text(file.read_text().replace(f"http://{HOST}:{before}/", f"http://{HOST}:{port}/"))
    aws.mkdir(parents=True, exist_ok=True)
    made_on.write_text(f"{port}\n")


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log.

    Args:
        log: the file.
        lines: how many at most.
    """
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
