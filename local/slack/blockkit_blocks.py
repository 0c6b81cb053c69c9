"""The shapes of blocks, and on which surfaces each may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from local.slack import blockkit_limits as limits
from local.slack.blockkit_elements import (
    ELEMENTS,
    IMAGE_FIELDS,
    IMAGE_RULES,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    MRKDWN,
    element,
    plain,
)
from local.slack.blockkit_fields import Flag, Many, Shape, Str, Text, Typed
from local.slack.blockkit_rich_text import RICH_TEXT
from local.slack.blockkit_tables import DATA_TABLE, DATA_VISUALIZATION, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from local.slack.blockkit_fields import Field, Finding, Rule
    from local.slack.blockkit_limits import Surface


def _block(*required: str, rules: tuple[Rule, ...] = (), **fields: Field) -> Shape:
    base: dict[str, Field] = {"type": Str(), "block_id": Str(limits.ID), **fields}
    return Shape(base, frozenset({"type", *required}), rules)


def _says_something(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    if "text" not in value and "fields" not in value:
        yield pointer, "must define either `text` or `fields`"


_TASK: Final[dict[str, Field]] = {
    "task_id": Str(limits.ID),
    "title": Str(limits.TEXT),
    "status": Str(choices=frozenset({"pending", "in_progress", "complete", "error"})),
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": Many(element("url"), 100),
}
_ICON: Final = Typed({"icon": Shape({"type": Str(), "name": Str()}, frozenset({"type", "name"}))}, frozenset({"icon"}))
_CARD: Final = _block(
    title=Text(limits.CARD_TITLE, MRKDWN),
    subtitle=Text(limits.CARD_TITLE, MRKDWN),
    body=Text(limits.CARD_BODY, MRKDWN),
    subtext=Text(limits.CARD_BODY, MRKDWN),
    hero_image=ELEMENTS["image"],
    icon=ELEMENTS["image"],
    slack_icon=_ICON,
    actions=Many(element("button"), limits.CARD_ACTIONS),
)
_SIMPLE: Final[Mapping[str, Shape]] = {
    "section": _block(
        rules=(_says_something,),
        text=Text(limits.TEXT),
        fields=Many(Text(limits.SECTION_FIELD), limits.SECTION_FIELDS),
        accessory=IN_SECTION,
        expand=Flag(),
    ),
    "header": _block("text", text=plain(limits.HEADER)),
    "context": _block("elements", elements=Many(IN_CONTEXT, limits.CONTEXT_ELEMENTS)),
    "divider": _block(),
    "actions": _block("elements", elements=Many(IN_ACTIONS, limits.ACTIONS_ELEMENTS)),
    "context_actions": _block("elements", elements=Many(IN_CONTEXT_ACTIONS, limits.CONTEXT_ACTIONS_ELEMENTS)),
    "input": _block(
        "label",
        "element",
        label=plain(limits.INPUT_LABEL),
        element=IN_INPUT,
        hint=plain(limits.INPUT_HINT),
        optional=Flag(),
        dispatch_action=Flag(),
    ),
    "image": Shape(
        {**IMAGE_FIELDS, "block_id": Str(limits.ID), "title": plain(limits.IMAGE_TITLE)},
        frozenset({"type", "alt_text"}),
        IMAGE_RULES,
    ),
    "rich_text": RICH_TEXT,
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": _block("text", text=Str(limits.MARKDOWN)),
    "alert": _block(
        "text",
        text=Text(limits.ALERT),
        level=Str(choices=frozenset({"default", "info", "warning", "error", "success"})),
    ),
    "card": _CARD,
    "carousel": _block("elements", elements=Many(Typed({"card": _CARD}, frozenset({"card"})), limits.CAROUSEL_CARDS)),
    "file": _block("external_id", "source", external_id=Str(limits.ID), source=Str(choices=frozenset({"remote"}))),
    "video": _block(
        "alt_text",
        "thumbnail_url",
        "title",
        "video_url",
        alt_text=Str(limits.VIDEO_TEXT),
        title=plain(limits.VIDEO_TEXT),
        thumbnail_url=Str(limits.URL),
        video_url=Str(limits.URL),
        title_url=Str(limits.URL),
        author_name=Str(limits.VIDEO_NAME),
        provider_name=Str(limits.VIDEO_NAME),
        provider_icon_url=Str(limits.URL),
        description=plain(limits.VIDEO_TEXT),
    ),
    "task_card": Shape(
        {"type": Str(), "block_id": Str(limits.ID), **_TASK}, frozenset({"type", "task_id", "title", "status"})
    ),
    "plan": _block(
        "title", title=Str(limits.TEXT), tasks=Many(Shape(_TASK, frozenset({"task_id", "title", "status"})), 100)
    ),
}
_IN_CONTAINER: Final = frozenset(
    {"actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video"}
)
BLOCKS: Final[Mapping[str, Shape]] = {
    **_SIMPLE,
    "container": _block(
        "child_blocks",
        title=plain(limits.CONTAINER_TITLE),
        subtitle=Text(limits.CONTAINER_TITLE),
        rich_text_title=RICH_TEXT,
        icon=ELEMENTS["image"],
        child_blocks=Many(Typed(_SIMPLE, _IN_CONTAINER), limits.CONTAINER_BLOCKS),
        width=Str(choices=frozenset({"narrow", "standard", "wide", "full"})),
        is_collapsible=Flag(),
        default_collapsed=Flag(),
        has_header_divider=Flag(),
    ),
}

_EVERYWHERE: Final = frozenset(
    {"actions", "context", "divider", "header", "image", "rich_text", "section", "video", "container"}
)
# Input blocks in messages and alerts in messages are refused: the sources differ, and what stands in a modal only is
# right either way. The newer data and card blocks are documented for messages alone.
ON_SURFACE: Final[Mapping[Surface, frozenset[str]]] = {
    "message": frozenset(BLOCKS) - {"alert", "input"},
    "modal": _EVERYWHERE | {"alert", "input"},
    "home": _EVERYWHERE | {"input"},
}
ONE_PER_MESSAGE: Final = frozenset({"table"})
