"""Requests to the stack, as a browser and Slack make them."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def post(url: str, body: bytes, content_type: str = "application/x-www-form-urlencoded") -> int:
    """Posts a body; the status of the answer, whatever it is."""
    request = urllib.request.Request(url, data=body, headers={"Content-Type": content_type})  # noqa: S310 - the stack's own address
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - likewise
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def post_form(url: str, fields: Mapping[str, str], content: bytes) -> int:
    """Posts a file with the fields of a form, as a browser does; the status of the answer."""
    line = "rollcall-smoke"
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = "".join([*parts, head]).encode() + content + f"\r\n--{line}--\r\n".encode()
    return post(url, body, f"multipart/form-data; boundary={line}")
