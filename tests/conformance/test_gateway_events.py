"""Events of API Gateway and function URLs as AWS documents them, each with a request of Slack's put into it."""

from __future__ import annotations

import base64
import json

import pytest

from adapter import to_bolt
from tests.corpora import DATA, needs

EVENTS = DATA / "aws" / "powertools-python"
pytestmark = needs(EVENTS)
NAMES = sorted(path.name for path in EVENTS.glob("*")) if EVENTS.is_dir() else []
NAMES = [name for name in NAMES if name.startswith(("apiGatewayProxy", "lambdaFunctionUrl"))]
BODY = "command=%2Frollcall&text=me&team_id=T1&user_id=U1"


@pytest.mark.parametrize("name", NAMES)
def test_it_is_understood_as_it_stands(name):
    """None is a request of Slack's; what matters is that nothing in their shape is a surprise."""
    event = json.loads((EVENTS / name).read_text(encoding="utf-8"))
    if "Hello" in (event.get("body") or ""):
        event["body"] = None
    request = to_bolt(event, reference="R-1")
    assert isinstance(request.body, dict)


@pytest.mark.parametrize("encoded", [True, False], ids=["base64", "plain"])
@pytest.mark.parametrize("name", NAMES)
def test_a_request_of_slacks_in_it_is_read(name, encoded):
    event = json.loads((EVENTS / name).read_text(encoding="utf-8"))
    event["headers"] = {
        **(event.get("headers") or {}),
        "content-type": "application/x-www-form-urlencoded",
        "X-Slack-Signature": "v0=1",
        "X-Slack-Request-Timestamp": "12",
    }
    event["body"] = base64.b64encode(BODY.encode()).decode() if encoded else BODY
    event["isBase64Encoded"] = encoded

    request = to_bolt(event, reference="R-1")

    assert request.raw_body == BODY
    assert request.body == {"command": "/rollcall", "text": "me", "team_id": "T1", "user_id": "U1"}
    assert request.headers["x-slack-signature"] == ["v0=1"]


def test_there_are_all_three_kinds():
    assert len(NAMES) > 10
    assert any(name.startswith("lambdaFunctionUrl") for name in NAMES)
