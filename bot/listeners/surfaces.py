"""Where an answer to a click appears: in its message, or in a modal where there is no message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.views.blocks import section
from rollcall.views.message import compose
from rollcall.views.modals import modal

if TYPE_CHECKING:
    from slack_bolt import Respond
    from slack_sdk import WebClient

    from rollcall.views.message import Message


def show(body: dict[str, Any], respond: Respond, client: WebClient, answer: Message, *, replace: bool) -> None:
    """Shows an answer to the clicker alone.

    Args:
        body: of the click.
        respond: posts to its response URL.
        client: of the workspace.
        answer: what to show.
        replace: in place of the message that was clicked. A click in App Home opens a modal, one in a modal goes on
            in it: there is no message.
    """
    view = body.get("view") or {}
    if body.get("response_url"):
        respond(text=answer.text, blocks=answer.blocks, response_type="ephemeral", replace_original=replace)
    elif view.get("type") == "modal":
        client.views_update(view_id=view["id"], hash=view.get("hash"), view=modal(answer))
    else:
        client.views_open(trigger_id=body["trigger_id"], view=modal(answer))


def tell(body: dict[str, Any], respond: Respond, client: WebClient, text: str) -> None:
    """Says one sentence to the clicker alone and leaves what they see in place."""
    if body.get("response_url"):
        respond(text=text, response_type="ephemeral", replace_original=False)
    else:
        show(body, respond, client, compose(text, [section(text)]), replace=False)
