"""Where an answer appears: in the message that was clicked, in a modal where there is no message, else in the DM."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from slack_sdk.errors import SlackApiError

from rollcall.views.blocks import section
from rollcall.views.message import compose
from rollcall.views.modals import modal
from rollcall.views.preformatted import without_tables
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from slack_bolt import Respond
    from slack_sdk import WebClient
    from slack_sdk.webhook import WebhookResponse

    from rollcall.views.blocks import Block
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording


_TOO_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


class RefusedError(Exception):
    """Slack does not take an answer at its response URL; says what Slack said."""


def show(body: dict[str, Any], respond: Respond, client: WebClient, answer: Message, *, replace: bool) -> None:
    """Shows an answer to the clicker alone.

    Args:
        body: of the click.
        respond: posts to its response URL.
        client: of the workspace.
        answer: what to show.
        replace: in place of the message that was clicked. A click in App Home opens a modal, one in a modal goes on
            in it: there is no message.

    Raises:
        RefusedError: Slack does not take the message.
        SlackApiError: Slack does not take the view, or there is none to show it in any more.
    """
    view = body.get("view") or {}
    if body.get("response_url"):
        _respond(respond, answer, replace=replace)
    elif view.get("type") == "modal":
        client.views_update(view_id=view["id"], hash=view.get("hash"), view=modal(answer))
    else:
        client.views_open(trigger_id=body["trigger_id"], view=modal(answer))


def show_on_top(body: dict[str, Any], respond: Respond | None, client: WebClient, answer: Message) -> None:
    """Shows something beside what the person sees, which stays in place: below a message, on top of a modal.

    Args:
        body: of the click, or of a shortcut.
        respond: posts to its response URL; None without one.
        client: of the workspace.
        answer: what to show.

    Raises:
        RefusedError: Slack does not take the message.
        SlackApiError: Slack does not take the view, or it is too late for one.
    """
    if body.get("response_url") and respond:
        _respond(respond, answer, replace=False)
    else:
        open_view(client, body, modal(answer))


def is_own(body: dict[str, Any]) -> bool:
    """Whether what was clicked in is the clicker's alone, a modal or an answer that only they see.

    Such a thing is drawn for one person at one moment and nobody brings it up to date, so a click that changes what it
    shows draws it anew. A message that others see, or that we posted, stays: it follows what is stored, or says what
    was so when it was sent.
    """
    is_modal = (body.get("view") or {}).get("type") == "modal"
    return is_modal or (body.get("container") or {}).get("is_ephemeral") is True


def open_view(client: WebClient, body: dict[str, Any], view: dict[str, Any]) -> None:
    """Shows a view: on top of the modal that was clicked in, by itself elsewhere.

    Raises:
        SlackApiError: Slack does not take the view, or it is too late for one; see `was_late`.
    """
    in_modal = (body.get("view") or {}).get("type") == "modal"
    (client.views_push if in_modal else client.views_open)(trigger_id=body["trigger_id"], view=view)


def was_late(error: SlackApiError) -> bool:
    """Whether a view came too late: a trigger lives three seconds, most of which a cold start takes."""
    return error.response.get("error") in _TOO_LATE


def is_late(client: WebClient, body: dict[str, Any], view: dict[str, Any]) -> bool:
    """Shows a view, likewise; True if it is too late for one.

    Raises:
        SlackApiError: Slack does not take the view.
    """
    try:
        open_view(client, body, view)
    except SlackApiError as error:
        if was_late(error):
            return True
        raise
    return False


def sentence(text: str, say: Wording = ENGLISH) -> Message:
    """One sentence as a message; it is said already."""
    return compose(text, [section(text)], say=say)


def _respond(respond: Respond, answer: Message, *, replace: bool) -> None:
    def send(blocks: list[Block]) -> WebhookResponse:
        return respond(text=answer.text, blocks=blocks, response_type="ephemeral", replace_original=replace)

    told = send(answer.blocks)
    if "invalid_blocks" in told.body:
        # Slack brings tables to workspaces one after the other.
        told = send(without_tables(answer.blocks))
    if told.status_code != HTTPStatus.OK:
        raise RefusedError(f"HTTP {told.status_code}: {told.body[:300]}")
