"""Between API Gateway and Bolt: what was sent is what Bolt sees, byte for byte."""

from __future__ import annotations

import base64
import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt import BoltResponse

from adapter import UnreadableError, to_bolt, to_gateway

FORM = "application/x-www-form-urlencoded"


def event(body, content_type=FORM, *, encoded=False, **headers):
    raw = body.encode() if isinstance(body, str) else body
    return {
        "headers": {"Content-Type": content_type, **headers},
        "body": base64.b64encode(raw).decode() if encoded else raw.decode(),
        "isBase64Encoded": encoded,
    }


@pytest.mark.parametrize("encoded", [True, False])
@given(text=st.text(max_size=60))
def test_a_commands_text_arrives_as_it_was_typed(encoded, text):
    body = urlencode({"command": "/devices", "text": text}, errors="replace")
    request = to_bolt(event(body, encoded=encoded), reference="R-1")
    assert request.raw_body == body
    assert request.body["text"] == text.encode(errors="replace").decode()
    assert request.body["command"] == "/devices"


@pytest.mark.parametrize("text", ["payload", "payload=1", "find payload&x", "tag:payload"])
def test_the_word_payload_in_a_command_makes_it_no_interaction(text):
    body = urlencode({"command": "/devices", "text": text})
    request = to_bolt(event(body), reference="R-1")
    assert request.body == {"command": "/devices", "text": text}
    assert request.raw_body == body, "the signature is over what was sent"


def test_an_interaction_and_an_event_are_read():
    click = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}}
    assert to_bolt(event(urlencode({"payload": json.dumps(click)})), reference="R-1").body == click
    happened = {"type": "event_callback", "event": {"type": "message", "text": "payload"}}
    assert to_bolt(event(json.dumps(happened), "application/json"), reference="R-1").body == happened


@pytest.mark.parametrize(
    "body", ["{", "payload=", "payload=[]", "payload=null", "payload=7", "[" * 5000, '{"a":' * 5000, '{"team":{"id":']
)
def test_what_is_none_of_slacks_forms_is_told_apart(body):
    content_type = "application/json" if body[0] in "{[" else FORM
    with pytest.raises(UnreadableError):
        to_bolt(event(body, content_type), reference="R-1")


def test_a_body_that_is_said_to_be_encoded_and_is_not_is_refused():
    with pytest.raises(UnreadableError):
        to_bolt({**event(""), "body": "abcde", "isBase64Encoded": True}, reference="R-1")


@given(st.text(max_size=80), st.sampled_from([FORM, "application/json", "text/plain", ""]))
def test_any_body_is_read_or_refused(body, content_type):
    try:
        request = to_bolt(event(body.encode(errors="replace"), content_type), reference="R-1")
    except UnreadableError:
        return
    assert isinstance(request.body, dict)


def test_headers_may_come_in_any_case_and_a_time_that_is_none_is_left_out():
    request = to_bolt(event("a=1", **{"X-SLACK-SIGNATURE": "v0=1", "x-slack-request-timestamp": "12"}), reference="R-1")
    assert request.headers["x-slack-signature"] == ["v0=1"]
    assert request.headers["x-slack-request-timestamp"] == ["12"]
    for odd in ("now", "", "-1", "1e3", "\u0661\u0662"):
        request = to_bolt(event("a=1", **{"X-Slack-Request-Timestamp": odd}), reference="R-1")
        assert "x-slack-request-timestamp" not in request.headers


def test_the_reference_is_there_for_every_listener():
    assert to_bolt(event("a=1"), reference="R-7K3F9QMC").context["reference"] == "R-7K3F9QMC"


def test_an_event_may_lack_everything():
    request = to_bolt({}, reference="R-1")
    assert (request.raw_body, request.body) == ("", {})
    assert to_bolt({"headers": None, "body": None}, reference="R-1").body == {}


def test_an_answer_goes_back_whole():
    answer = to_gateway(BoltResponse(status=200, body={"text": "grüezi"}, headers={"x-a": ["1"]}))
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"]) == {"text": "grüezi"}
    assert answer["headers"]["x-a"] == "1"
    assert answer["headers"]["content-type"].startswith("application/json")
    assert answer["isBase64Encoded"] is False
