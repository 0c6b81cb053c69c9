"""``make sam-local``: the functions in containers, by sam, against a moto server; for who has a container engine.

The default local stack needs no containers and runs the whole template. This one is for those who know ``sam local``:
one function at a time, in Lambda's own image.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from local.emulator import ACCESS_KEY, HOST, REGION, SECRET_KEY
from local.laptop import SIGNING_SECRET
from local.moto_world import BUCKET, running_world
from local.sam_files import SamError, SamLocal, prepare
from local.sample import fresh_phones

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from local.moto_world import MotoWorld

#: Steps of an upload, each with the queue that its work comes by.
STEPS: Final = (("LoadChunk", "ChunksQueue"), ("FinishUpload", "FinishesQueue"))
_KEY: Final = "uploads/RSL-ACME/CUST-NORTHWIND/phones.csv"
#: Lines of the sample that are sent: moto copies its tables for each action of a transaction, so that all of them take
#: longer than LoadChunk has on a busy machine.
_LINES: Final = 25
#: Where containers reach this machine with Docker on Linux; SAM_LOCAL_REACH names another, as the README says.
_BRIDGE: Final = "172.17.0.1"
_START_SECONDS: Final = 300
_ANSWER_SECONDS: Final = 300


def invoke(sam: SamLocal, function: str, event: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the handler gives
    """Runs one function on one event.

    Raises:
        SamError: it failed, or sam did.
    """
    path = sam.folder / f"{function}.json"
    path.write_text(json.dumps(event, indent=1), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own words
        sam.command("invoke", function, "--event", str(path)), check=False, capture_output=True, text=True, env=_env()
    )
    last = done.stdout.strip().splitlines()[-1:] or [""]
    try:
        answer = json.loads(last[0])
    except ValueError:
        answer = None
    if done.returncode or answer is None or "errorMessage" in answer:
        raise SamError(f"{function}: {last[0]}\n{done.stderr[-2000:]}")
    return answer


def sqs_event(body: str, queue: str) -> dict[str, Any]:
    """A message as Lambda hands it over."""
    record = {
        "messageId": hashlib.sha256(body.encode()).hexdigest()[:32],
        "receiptHandle": "none",
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": str(int(time.time() * 1000))},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:000000000000:{queue}",
        "awsRegion": REGION,
    }
    return {"Records": [record]}


def walk(world: MotoWorld, sam: SamLocal) -> Iterator[str]:
    """A file through the three functions of an upload, one after the other; a line for each step that came out right.

    Raises:
        SamError: one did not.
    """
    s3, sqs = world.client("s3"), world.client("sqs")
    body = b"".join(fresh_phones(0).splitlines(keepends=True)[:_LINES])
    version = s3.put_object(Bucket=BUCKET, Key=_KEY, Body=body)["VersionId"]
    thing = {"bucket": {"name": BUCKET}, "object": {"key": _KEY, "versionId": version}}
    notice = {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": thing}]}
    answer = invoke(sam, "PlanUpload", sqs_event(json.dumps(notice), "UploadsQueue"))
    yield f"PlanUpload read s3://{BUCKET}/{_KEY}: {answer}"
    for function, queue in STEPS:
        url = world.made[queue]
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=1).get("Messages"):
            answer = invoke(sam, function, sqs_event(messages[0]["Body"], queue))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=messages[0]["ReceiptHandle"])
            yield f"{function}: {answer}"
    reports = s3.list_objects_v2(Bucket=BUCKET, Prefix="reports/").get("Contents", [])
    summaries = [report["Key"] for report in reports if report["Key"].endswith("/summary.json")]
    if not summaries:
        raise SamError("No summary.json was written")
    summary = json.loads(s3.get_object(Bucket=BUCKET, Key=summaries[0])["Body"].read())
    yield f"{summaries[0]}: {summary['status']}, {summary['stored']} of {summary['total']} rows stored"


def ask(sam: SamLocal, command: str, text: str) -> str:
    """Posts a signed slash command to the API that sam serves; the text of the answer.

    Raises:
        SamError: it did not answer as it should.
    """
    body = urlencode(
        {
            "command": command,
            "text": text,
            "team_id": "T0ACME",
            "user_id": "U0RAE",
            "channel_id": "D0ACME0RAE",
            "trigger_id": "1.2.local",
            "response_url": "",
        }
    )
    now = str(int(time.time()))
    digest = hmac.new(SIGNING_SECRET.encode(), f"v0:{now}:{body}".encode(), hashlib.sha256).hexdigest()
    request = urllib.request.Request(
        f"http://{HOST}:{sam.api_port}/slack/events",
        data=body.encode(),
        headers={"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={digest}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:  # noqa: S310 - likewise
            said = json.loads(answer.read() or b"{}")
    except (OSError, ValueError) as error:
        raise SamError(f"{command} {text} was not answered: {error}") from error
    if said.get("response_type") != "ephemeral":
        raise SamError(f"{command} {text} was answered with {said}")
    return str(said["text"])


def served(sam: SamLocal) -> subprocess.Popen[bytes]:
    """Starts ``sam local start-api`` and waits until it listens.

    Raises:
        SamError: it ended, or did not begin to listen in five minutes.
    """
    command = sam.command("start-api", "--host", HOST, "--port", str(sam.api_port))
    with (sam.folder / "api.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=_env())  # noqa: S603 - our own words
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://{HOST}:{sam.api_port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return process  # it says that there is no such address: it is there
        except OSError:
            time.sleep(0.5)
        else:
            return process
    process.terminate()
    raise SamError(f"sam local start-api did not start:\n{(sam.folder / 'api.log').read_text()[-2000:]}")


def main(arguments: list[str]) -> int:
    """Serves until Ctrl-C; with ``--once`` walks a file and a command through, and exits 0 if all came out right.

    Exits 2 for words that it does not know.
    """
    once = arguments == ["--once"]
    if arguments and not once:
        sys.stderr.write(f"sam-local takes --once and nothing else, not {' '.join(arguments)!r}.\n")
        return 2
    state = Path(os.environ.get("ROLLCALL_STATE") or ".local").resolve()
    port = int(os.environ.get("ROLLCALL_PORT") or "0")
    directory = Path(os.environ.get("ROLLCALL_DIRECTORY") or "local/directory.yaml")
    more = tuple(shlex.split(os.environ.get("SAM_LOCAL_OPTIONS", "")))
    sam = SamLocal(state / "sam", os.environ.get("SAM", "sam"), more, api_port=port + 1 if port else 3000)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    process = None
    try:
        with running_world(port, reached_at=os.environ.get("SAM_LOCAL_REACH") or _BRIDGE) as world:
            prepare(world, sam, directory)
            _say(f"AWS, emulated by moto: {world.endpoint}; nothing is kept")
            if once:
                for line in walk(world, sam):
                    _say(f"  {line}")
            process = served(sam)
            _say(f"Slack's requests go to http://{HOST}:{sam.api_port}/slack/events")
            if once:
                _say(f"  /rollcall me: {ask(sam, '/rollcall', 'me')}")
                return 0
            _say(
                f"One function: {shlex.join(sam.command('invoke', 'Tick', '--event', 'events/tick/every_minute.json'))}"
            )
            _say("Ctrl-C stops it.")
            process.wait()
    except KeyboardInterrupt:
        _say("Stopped.")
    except (SamError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    finally:
        if process:
            process.send_signal(signal.SIGINT)
            process.wait()
    return 0


def _env() -> dict[str, str]:
    return {
        **os.environ,
        "SAM_CLI_TELEMETRY": "0",
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_DEFAULT_REGION": REGION,
    }


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
