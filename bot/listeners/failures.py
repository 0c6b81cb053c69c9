"""What no listener knows, and what went wrong: each still gets an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from slack_bolt import BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from rollcall.views import hints

if TYPE_CHECKING:
    from slack_bolt import App, BoltContext, BoltRequest

    from rollcall.desk import Desk, Outbox

logger = Logger(service="bot", child=True)


def register(app: App, desk: Desk, outbox: Outbox) -> None:  # noqa: ARG001 - every room is registered alike
    """Adds the handler of errors and of requests that no listener took."""

    @app.error
    def on_error(error: Exception, body: dict[str, Any], context: BoltContext, request: BoltRequest) -> BoltResponse:
        """Tells the person in the way that their kind of request allows; 200, since a retry would not help."""
        if isinstance(error, BoltUnhandledRequestError):
            logger.info("Request that no listener knows", kind=body.get("type") or body.get("command"))
            return _say(body, context, hints.not_known().text)
        logger.error("Request failed", kind=body.get("type") or body.get("command"), exc_info=error)
        return _say(body, context, hints.unexpected(str(request.context.get("reference", ""))).text)


def _say(body: dict[str, Any], context: BoltContext, text: str) -> BoltResponse:
    if body.get("command"):
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": text})
    if body.get("type") == "view_submission":
        blocks = [block["block_id"] for block in body["view"].get("blocks", []) if block.get("type") == "input"]
        if blocks:
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {blocks[0]: text[:150]}})
    if body.get("type") in ("block_suggestion", "dialog_suggestion"):
        return BoltResponse(status=200, body={"options": []})
    if body.get("response_url") and context.respond:
        try:
            context.respond(text=text, response_type="ephemeral", replace_original=False)
        except Exception:
            # The click was answered as well as it could be; its URL may be used up.
            logger.exception("Could not tell the person")
    return BoltResponse(status=200, body="")
