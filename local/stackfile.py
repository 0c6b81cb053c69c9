"""``stack.json``: where a running stack is found, for programs outside it."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from local.emulator import ACCESS_KEY, REGION, SECRET_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from local.laptop import Laptop


@contextmanager
def stackfile(laptop: Laptop) -> Iterator[Path]:
    """Keeps ``stack.json`` in the state folder for the length of a ``with`` block.

    It appears whole and at once, so whoever waits for it can read it as soon as it is there.

    Args:
        laptop: what it describes; ready to be used.
    """
    stack = laptop.stack
    path = stack.state / "stack.json"
    content = {
        "aws_endpoint": stack.endpoint,
        "region": REGION,
        "aws_access_key_id": ACCESS_KEY,
        "aws_secret_access_key": SECRET_KEY,
        "bucket": stack.outputs["UploadsBucketName"],
        "bot_url": laptop.bot_url,
        "api_url": laptop.bot_url.removesuffix("/slack/events"),
        "workspace_url": laptop.workspace.url if laptop.workspace else "",
        "slack_api_url": laptop.slack_api_url,
        "slack_signing_secret": laptop.slack_signing_secret,
        "slack_bot_token": laptop.slack_bot_token,
        "pid": os.getpid(),
    }
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    unfinished.replace(path)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
