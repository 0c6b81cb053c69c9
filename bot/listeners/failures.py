"""What no listener knows, and what went wrong: each still gets an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aws_lambda_powertools import Logger
from slack_bolt import BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.errors import SlackApiError

from listeners.commands import main_command
from listeners.payloads import person_of, team_of
from listeners.surfaces import RefusedError, show_on_top, was_late
from rollcall.occasions import count
from rollcall.slack.refusals import RetryLaterError, SlackDownError, code_of, meaning
from rollcall.views import hints
from rollcall.views.modals import modal

if TYPE_CHECKING:
    from slack_bolt import App, BoltContext
    from slack_sdk import WebClient

    from rollcall.desk import Desk, Outbox
    from rollcall.views.message import Message

logger = Logger(service="bot", child=True)

#: The modal was closed, or shows something newer already.
_OVERTAKEN: Final = frozenset({"not_found", "hash_conflict"})
#: Metric of requests that were answered with an apology. The answer is 200, so nobody else counts them.
FAILED: Final = "RequestsFailed"
#: Characters of an error below a field of a modal.
_BELOW_A_FIELD: Final = 150


def register(app: App, desk: Desk, outbox: Outbox) -> None:
    """Adds the handler of errors and of requests that no listener took."""

    @app.error
    def on_error(error: Exception, body: dict[str, Any], context: BoltContext, client: WebClient) -> BoltResponse:
        """Tells the person in the way that their kind of request allows.

        200 wherever somebody was told: Slack repeats nothing but events, and a person tries again with the reference
        in hand. Events that nobody can be told of get a 500, so that Slack brings them again.
        """
        kind = str(body.get("command") or (body.get("event") or {}).get("type") or body.get("type"))
        if isinstance(error, SlackApiError):
            outbox.endings.met(team_of(body), code_of(error))
        command = main_command(str(body.get("command") or ""))
        say = desk.known(person_of(body))
        if isinstance(error, BoltUnhandledRequestError):
            logger.info("Request that no listener knows", kind=kind)
            return _answer(body, context, client, hints.not_known(command, say)) or BoltResponse(status=200)
        if isinstance(error, SlackApiError) and error.response.get("error") in _OVERTAKEN:
            logger.warning("There is nothing any more to show the answer in", kind=kind)
            return BoltResponse(status=200)
        reference = str(context.get("reference", ""))
        if isinstance(error, SlackApiError) and was_late(error):
            logger.warning("It was too late to open anything", kind=kind)
            apology = hints.too_late(reference, say)
        else:
            logger.error("Request failed", kind=kind, exc_info=error)
            if not _is_slacks(error):
                count(FAILED)
            apology = hints.unexpected(reference, command, say)
        told = _answer(body, context, client, apology)
        if told is None and kind != "app_home_opened":
            told = _in_dm(outbox, body, apology, reference)
        return told or BoltResponse(status=500)


def _is_slacks(error: Exception) -> bool:
    """Whether it was Slack that had trouble, which is no fault of the version that met it."""
    return isinstance(error, SlackApiError) and isinstance(meaning(error), RetryLaterError | SlackDownError)


def _answer(body: dict[str, Any], context: BoltContext, client: WebClient, message: Message) -> BoltResponse | None:
    """Says it where the person waits for an answer; None if there is no such place, or nothing can be said there."""
    answer: dict[str, Any] | str = ""
    match body.get("type"):
        case _ if body.get("command"):
            answer = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        case "view_submission":
            answer = _in_form(body, message)
        case "block_suggestion" | "dialog_suggestion":
            answer = {"options": []}
        case "view_closed":
            pass
        case _ if body.get("response_url") or body.get("trigger_id"):
            return _beside(body, context, client, message)
        case _:
            return None
    return BoltResponse(status=200, body=answer)


def _beside(body: dict[str, Any], context: BoltContext, client: WebClient, message: Message) -> BoltResponse | None:
    try:
        show_on_top(body, context.respond, client, message)
    except (SlackApiError, RefusedError) as error:
        logger.warning("Slack shows nothing there any more", reason=_reason(error))
        return None
    except Exception:
        logger.exception("Could not tell the person where they clicked")
        return None
    return BoltResponse(status=200)


def _reason(error: SlackApiError | RefusedError) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else str(error)


def _in_form(body: dict[str, Any], message: Message) -> dict[str, Any]:
    """Below the first field, so that what was typed stays; in place of a modal that has none."""
    inputs = [block["block_id"] for block in body["view"].get("blocks", []) if block.get("type") == "input"]
    if inputs:
        return {"response_action": "errors", "errors": {inputs[0]: message.text[:_BELOW_A_FIELD]}}
    return {"response_action": "update", "view": modal(message)}


def _in_dm(outbox: Outbox, body: dict[str, Any], message: Message, once: str) -> BoltResponse | None:
    person = person_of(body)
    if not (person.team and person.user):
        return None
    try:
        outbox.tell(person, message, team=team_of(body), once=once)
    except Exception:
        logger.exception("Could not tell the person in their DM")
        return None
    return BoltResponse(status=200)
