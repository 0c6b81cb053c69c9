"""``make demo``: a file of phones goes through the real template, and the outcome is shown."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from rich.console import Console

from local.emulator import REGION
from local.laptop import running_laptop
from local.outcome import OutcomeError, fetch, show, watch
from local.sample import fresh_phones
from local.stackfile import stackfile
from local.story import Story, StoryError
from local.up import foreground
from rollcall import upload_ids
from rollcall.store.uploads import UploadsStore

if TYPE_CHECKING:
    from local.choices import Choices
    from local.laptop import Laptop
    from local.outcome import Outcome

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/phones.csv"
#: Small chunks, so that a bar has something to show.
PARAMETERS = {"ChunkRows": "25"}


def run(choices: Choices, *, once: bool) -> None:
    """Plays the demo.

    Args:
        choices: state, ports, accounts, and which Slack.
        once: play the whole story and stop, instead of staying until Ctrl-C.

    Raises:
        OutcomeError: an upload did not come to its end.
        StoryError: a step of the story came out wrong.
    """
    console = Console(highlight=False)
    console.print("[bold]Rollcall[/] on this machine: the real template, the real handlers, an emulated AWS.\n")
    begun = time.monotonic()

    def say(step: str) -> None:
        console.print(f"  [dim]{time.monotonic() - begun:5.1f} s[/]  {step}", soft_wrap=True)

    with running_laptop(choices, PARAMETERS, say) as laptop, stackfile(laptop) as path:
        console.print("\nAcme Mobile, a reseller, drops a CSV of phones for its customer Northwind Logistics into S3:")
        outcome = upload(console, laptop, fresh_phones(int(time.time())))
        if once:
            Story(console, laptop, lambda body: upload(console, laptop, body)).play(outcome)
            console.print("\n[green]Every step came out right.[/]")
            return
        _next_steps(console, laptop, outcome, str(path))
        laptop.stack.emulator.process.wait()


def upload(console: Console, laptop: Laptop, body: bytes) -> Outcome:
    """Puts a file into the bucket and shows what becomes of it."""
    stack = laptop.stack
    bucket = stack.outputs["UploadsBucketName"]
    put = stack.client("s3").put_object(
        Bucket=bucket, Key=KEY, Body=body, Metadata={"uploaded-by": "rae@acme.example", "order-number": "PO-2026-11"}
    )
    console.print(f"  s3://{bucket}/{KEY}  ({len(body):,} bytes)", soft_wrap=True)
    upload_id = upload_ids.derive(bucket=bucket, key=KEY, version=put["VersionId"])
    uploads = UploadsStore(stack.outputs["UploadsTableName"], region=REGION, host=stack.endpoint)
    outcome = fetch(stack, watch(console, uploads, upload_id))
    show(console, outcome)
    return outcome


def _next_steps(console: Console, laptop: Laptop, outcome: Outcome, stack_json: str) -> None:
    stored = str(outcome.summary["upload_id"])
    console.print("\n[bold]Three things to try next[/]")
    if laptop.workspace:
        console.print(
            f"  1. Open [link={laptop.workspace.url}]{laptop.workspace.url}[/link], be Rae of Acme Mobile, and type"
        )
        console.print(f"     [bold]/uploads errors {stored}[/]   then   [bold]/devices list customer:CUST-NORTHWIND[/]")
        console.print("  2. Be Nia of Northwind Logistics beside her and type [bold]/devices list status:pending[/]")
    else:
        console.print(f"  1. In Slack type [bold]/uploads errors {stored}[/]")
        console.print("  2. Then type [bold]/devices list status:pending[/]")
    console.print(f"  3. Put a CSV of your own into the bucket; addresses and keys are in {stack_json}")
    console.print("\nCtrl-C stops it and keeps its state; [bold]make clean-state[/] forgets it.")


def main(arguments: list[str]) -> int:
    """Runs the demo; the exit code is 0 only if everything it did came out right, 2 for words that it does not know."""
    once = arguments == ["--once"]
    if arguments and not once:
        sys.stderr.write(f"The demo takes --once and nothing else, not {' '.join(arguments)!r}.\n")
        return 2
    try:
        return foreground(lambda choices: run(choices, once=once))
    except (OutcomeError, StoryError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
