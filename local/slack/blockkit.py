"""Tells what Slack would refuse in a message, a modal or a Home tab, before Slack does.

Three opinions are joined: the shapes and figures of ``blockkit_blocks`` (all of what is published), rules over the
whole payload that no published model has (repeated ids, the total of all text, an input without a submit), and the
models of ``slack_sdk``. Where the sources differ the stricter one counts.

``problems`` never raises, whatever is in the payload. Surfaces: see ``ON_SURFACE``.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from local.slack import blockkit_limits as limits
from local.slack.blockkit_blocks import BLOCKS, ON_SURFACE, ONE_PER_MESSAGE
from local.slack.blockkit_elements import plain
from local.slack.blockkit_fields import Anything, Flag, Many, Shape, Str
from local.slack.blockkit_tables import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from local.slack.blockkit_limits import Surface


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why Slack would refuse a payload.

    Attributes:
        code: the ``error`` that Slack would answer with, such as ``invalid_blocks``.
        pointer: JSON pointer (RFC 6901) into the payload; empty for the payload as a whole.
        message: what is wrong, in Slack's words where they are known.
    """

    code: str
    pointer: str
    message: str

    def line(self, prefix: str = "") -> str:
        """Return the problem as it stands in ``response_metadata.messages``."""
        return f"[ERROR] {self.message} [json-pointer:{prefix}{self.pointer}]"


_VIEW = Shape(
    {
        "type": Str(),
        "title": plain(limits.VIEW_TITLE),
        "blocks": Many(Anything(), limits.MAX_BLOCKS["modal"]),
        "submit": plain(limits.VIEW_TITLE),
        "close": plain(limits.VIEW_TITLE),
        "private_metadata": Str(limits.PRIVATE_METADATA, 0),
        "callback_id": Str(limits.ID, 0),
        "external_id": Str(limits.ID, 0),
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
        "submit_disabled": Flag(),
    },
    frozenset({"type", "blocks"}),
)


def problems(payload: Mapping[str, Any], surface: Surface) -> list[Problem]:
    """Return everything that Slack would refuse in ``payload``, in the order it stands there.

    Args:
        payload: the arguments of a message (``text``, ``blocks``, ``attachments``; other keys are not looked at), or
            a whole view object.
        surface: where it is to be shown.

    Returns:
        The problems; an empty list when Slack would take the payload.
    """
    return list(_in_message(payload) if surface == "message" else _in_view(payload, surface))


def slack_error(found: list[Problem]) -> str:
    """Return the one ``error`` that Slack answers with for ``found``, which must not be empty."""
    codes = [problem.code for problem in found]
    return next((code for code in _MOST_TELLING if code in codes), codes[0])


_MOST_TELLING = ("invalid_blocks_format", "view_too_large", "no_text")


def _in_message(payload: Mapping[str, Any]) -> Iterator[Problem]:
    blocks, text, attachments = (payload.get(key) for key in ("blocks", "text", "attachments"))
    if not blocks and not text and not attachments:
        yield Problem("no_text", "", "must have text, blocks or attachments")
    if isinstance(text, str) and len(text) > limits.MESSAGE_TEXT:
        yield Problem("msg_too_long", "/text", f"must be less than {limits.MESSAGE_TEXT + 1} characters")
    if blocks is not None:
        yield from _in_blocks(blocks, "/blocks", "message", "invalid_blocks")
    if isinstance(attachments, list):
        for index, attachment in enumerate(attachments):
            if isinstance(attachment, dict) and "blocks" in attachment:
                pointer = f"/attachments/{index}/blocks"
                yield from _in_blocks(attachment["blocks"], pointer, "message", "invalid_attachments")


def _in_view(view: Mapping[str, Any], surface: Surface) -> Iterator[Problem]:
    code = "invalid_arguments"
    if len(json.dumps(view, default=str).encode()) > limits.VIEW_BYTES:
        yield Problem("view_too_large", "", f"must be less than {limits.VIEW_BYTES + 1} bytes")
    for pointer, message in _VIEW.check(view, ""):
        yield Problem(code, pointer, message)
    if view.get("type") != surface:
        yield Problem(code, "/type", f"must be {surface}")
    if surface == "modal" and "title" not in view:
        yield Problem(code, "", "missing required field: title")
    blocks = view.get("blocks")
    if isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks):
        yield from _in_blocks(blocks, "/blocks", surface, code)
        if surface == "modal" and "submit" not in view and any(block.get("type") == "input" for block in blocks):
            yield Problem(code, "", "missing required field: submit (there is an input block)")


def _in_blocks(blocks: object, pointer: str, surface: Surface, code: str) -> Iterator[Problem]:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        yield Problem("invalid_blocks_format" if surface == "message" else code, pointer, "must be an array of blocks")
        return
    high = limits.MAX_BLOCKS[surface]
    if surface == "message" and len(blocks) > high:  # a view's count is in its shape
        yield Problem(code, pointer, f"no more than {high} items allowed")
    for index, block in enumerate(blocks):
        yield from _in_block(block, f"{pointer}/{index}", surface, code)
    yield from _together(blocks, pointer, surface, code)


def _in_block(block: dict[str, Any], pointer: str, surface: Surface, code: str) -> Iterator[Problem]:
    kind = block.get("type")
    if not isinstance(kind, str) or kind not in BLOCKS:
        yield Problem(code, pointer, f"unsupported type: {kind}")
        return
    if kind not in ON_SURFACE[surface]:
        yield Problem(code, pointer, f"unsupported type: {kind} may not stand in a {surface}")
    if surface != "modal" and isinstance(element := block.get("element"), dict) and element.get("type") == "file_input":
        yield Problem(code, f"{pointer}/element", "unsupported type: file_input may stand in a modal only")
    found = [Problem(code, *finding) for finding in BLOCKS[kind].check(block, pointer)]
    yield from found or _by_slack_sdk(block, pointer, code)
    for key in ("elements", "actions"):
        yield from _repeated(block.get(key), "action_id", f"{pointer}/{key}", code)


def _by_slack_sdk(block: dict[str, Any], pointer: str, code: str) -> Iterator[Problem]:
    """Ask the models of slack_sdk about a block in which nothing else was found; they raise all manner of things."""
    if block["type"] in _NOT_IN_SLACK_SDK:
        return
    try:
        parsed = Block.parse(block)
        if parsed is not None:
            parsed.to_dict()
    except SlackObjectFormationError as error:
        yield Problem(code, pointer, str(error))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        yield Problem(code, pointer, f"cannot be read: {error}")


_NOT_IN_SLACK_SDK = frozenset({"data_table", "data_visualization"})


def _together(blocks: list[dict[str, Any]], pointer: str, surface: Surface, code: str) -> Iterator[Problem]:
    yield from _repeated(blocks, "block_id", pointer, code)
    if surface != "message":
        return
    kinds = Counter(block.get("type") for block in blocks if isinstance(block.get("type"), str))
    for kind in sorted(ONE_PER_MESSAGE):
        if kinds[kind] > 1:
            yield Problem(code, pointer, f"no more than one {kind} block allowed")
    if kinds["data_visualization"] > limits.CHARTS_PER_MESSAGE:
        yield Problem(code, pointer, f"no more than {limits.CHARTS_PER_MESSAGE} data_visualization blocks allowed")
    # A data_table has a budget of its own, larger than this one.
    total = sum(len(text) for block in blocks if block.get("type") != "data_table" for text in texts(block))
    if total > limits.TEXT_IN_MESSAGE:
        yield Problem("msg_blocks_too_long", pointer, f"the blocks' text is {total} characters, more than Slack shows")


def _repeated(items: object, key: str, pointer: str, code: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(items if isinstance(items, list) else []):
        name = item.get(key) if isinstance(item, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            yield Problem(code, f"{pointer}/{index}/{key}", f"{key} {name} already exists")
        seen.add(name)
