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


def to_bolt(event: Mapping[str, Any], *, reference: str) -> BoltRequest:
    """The request that an API Gateway event (payload format 1.0 or 2.0, or a function URL's) stands for.

    Args:
        event: as Lambda hands it over. The body is decoded where the gateway encoded it, since Slack signs the raw
            bytes.
        reference: the id under which the logs tell more of this request.
    """
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        body = base64.b64decode(body).decode("utf-8", "replace")
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    timestamp = headers.get("x-slack-request-timestamp", "")
    if not (timestamp.isascii() and timestamp.isdigit()):
        # Bolt would fail on a timestamp that is no number; without one it refuses, which is what such a request is due.
        headers.pop("x-slack-request-timestamp", None)
    query = event.get("rawQueryString") or urlencode(event.get("queryStringParameters") or {})
    return BoltRequest(body=body, headers=headers, query=query, context={"reference": reference})


def to_gateway(response: BoltResponse) -> dict[str, Any]:
    """The answer in the form that API Gateway takes in both payload formats."""
    return {
        "statusCode": response.status,
        "headers": {name: values[0] for name, values in response.headers.items() if name != "set-cookie"},
        "body": response.body,
        "isBase64Encoded": False,
    }
