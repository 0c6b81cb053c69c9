"""Between API Gateway and Bolt.

Bolt's own adapter for Lambda imports boto3 and replaces the lazy listener runner; this one does neither.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from slack_bolt import BoltRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt import BoltResponse


class UnreadableError(Exception):
    """A request whose body is in no form that Slack sends."""


def to_bolt(event: Mapping[str, Any], *, reference: str) -> BoltRequest:
    """The request that an API Gateway event (payload format 1.0 or 2.0, or a function URL's) stands for.

    Args:
        event: as Lambda hands it over. The body is decoded where the gateway encoded it, since Slack signs the raw
            bytes.
        reference: the id under which the logs tell more of this request.

    Raises:
        UnreadableError: the body is none of Slack's. It is parsed before the signature is looked at.
    """
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    timestamp = headers.get("x-slack-request-timestamp", "")
    if not (timestamp.isascii() and timestamp.isdigit()):
        # Bolt would fail on a timestamp that is no number; without one it refuses, which is what such a request is due.
        headers.pop("x-slack-request-timestamp", None)
    query = event.get("rawQueryString") or urlencode(event.get("queryStringParameters") or {})
    try:
        body = event.get("body") or ""
        if event.get("isBase64Encoded"):
            body = base64.b64decode(body).decode("utf-8", "replace")
        request = BoltRequest(body=_readable(body), headers=headers, query=query, context={"reference": reference})
    except (ValueError, RecursionError, AttributeError, TypeError) as error:
        raise UnreadableError(type(error).__name__) from error
    if not isinstance(request.body, dict):
        raise UnreadableError(type(request.body).__name__)
    request.raw_body = body
    return request


def _readable(body: str) -> str:
    """A body that says the same to Bolt, which takes any form with the word payload in it for an interaction."""
    return body if body.startswith(("payload=", "{")) else body.replace("payload", "%70ayload")


def to_gateway(response: BoltResponse) -> dict[str, Any]:
    """The answer in the form that API Gateway takes in both payload formats."""
    return {
        "statusCode": response.status,
        "headers": {name: values[0] for name, values in response.headers.items() if name != "set-cookie"},
        "body": response.body,
        "isBase64Encoded": False,
    }
