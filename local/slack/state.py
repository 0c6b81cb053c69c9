"""What stands in the inputs of a message or a view: ``state.values``, and the body of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from local.slack.faults import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: The key under which the state holds what was picked, by element type; a list for the types in ``_LISTS``.
_KEYS: Final = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "file_input": "files",
    "rich_text_input": "rich_text_value",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
}
_LISTS: Final = frozenset(
    {"selected_options", "selected_users", "selected_channels", "selected_conversations", "files"}
)
_STATELESS: Final = frozenset({"overflow"})


def elements(blocks: object) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each element with an action_id in ``blocks``, and before it the block it stands in."""
    for block in blocks if isinstance(blocks, list) else ():
        inside = [block.get("element"), block.get("accessory")]
        for key in ("elements", "actions"):
            inside += block.get(key) or []
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element
        for nested in ("child_blocks", "elements"):
            children = [child for child in block.get(nested) or [] if isinstance(child, dict) and "block_id" in child]
            yield from elements(children)


def initial_state(blocks: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return ``state.values`` before anybody touched an input."""
    values: dict[str, dict[str, Any]] = {}
    for block, element in elements(blocks):
        if element["type"] in _KEYS and element["type"] not in _STATELESS:
            values.setdefault(block["block_id"], {})[element["action_id"]] = _initial(element)
    return values


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    key = _KEYS[element["type"]]
    empty: object = [] if key in _LISTS else None
    name = "initial_" + {"value": "value", "rich_text_value": "value"}.get(key, key.removeprefix("selected_"))
    return {"type": element["type"], key: element.get(name, empty)}


def picked_state(
    element: Mapping[str, Any], picked: object, file: Callable[[str], dict[str, Any] | None]
) -> dict[str, Any]:
    """Return the state of ``element`` once a person picked or typed ``picked``.

    Args:
        element: the element as it stands in the block.
        picked: a text, an option's value, an id, a list of these, or None for nothing.
        file: returns the file object of a file id, None for one that is not there.
    """
    kind = element["type"]
    key = _KEYS[kind]
    value: object
    if key == "files":
        value = [found for name in _listed(picked) if (found := file(str(name))) is not None]
    elif key in {"selected_option", "selected_options"}:
        options = [option for one in _listed(picked) if (option := _option(element, one)) is not None]
        value = options if key == "selected_options" else (options[0] if options else None)
    elif key in _LISTS:
        value = [str(one) for one in _listed(picked)]
    elif key == "selected_date_time":
        value = int(picked) if isinstance(picked, (int, float, str)) and picked else None
    else:
        value = str(picked) if picked not in (None, "") else None
    return {"type": kind, key: value}


def _listed(picked: object) -> list[Any]:
    if picked in (None, ""):
        return []
    return picked if isinstance(picked, list) else [picked]


def _option(element: Mapping[str, Any], one: object) -> dict[str, Any] | None:
    """Find an option by its value; one of an external menu is what the bot suggested, handed back by the page."""
    if isinstance(one, dict):
        return one if element["type"].endswith("external_select") and {"text", "value"} <= one.keys() else None
    groups = [group.get("options") or [] for group in element.get("option_groups") or []]
    for option in [*(element.get("options") or []), *(option for group in groups for option in group)]:
        if option["value"] == one:
            return dict(option)
    return None


def is_empty(state: Mapping[str, Any]) -> bool:
    """Tell whether nothing was picked or typed."""
    return all(not value for key, value in state.items() if key != "type")


def action(block: Mapping[str, Any], element: Mapping[str, Any], state: Mapping[str, Any], ts: str) -> dict[str, Any]:
    """Return one entry of ``actions`` in a block_actions payload."""
    body: dict[str, Any] = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": ts,
        **{key: value for key, value in state.items() if key != "type"},
    }
    shown = ("text", "value", "style", "url", "confirm") if element["type"] == "button" else ("placeholder", "confirm")
    return body | {key: element[key] for key in shown if key in element}


def all_blocks(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the blocks of a message, those of its attachments too."""
    attached = [block for item in body.get("attachments") or [] for block in item.get("blocks") or []]
    return [*(body.get("blocks") or []), *attached]


def find(blocks: object, where: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the block and the element that ``block_id`` and ``action_id`` of ``where`` name.

    Raises:
        SlackError: ``action_not_found``.
    """
    for block, element in elements(blocks):
        if (block.get("block_id"), element["action_id"]) == (where["block_id"], where["action_id"]):
            return block, element
    raise SlackError("action_not_found")
