"""The shapes of block elements (buttons, menus, inputs) and of the composition objects in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from local.slack import blockkit_limits as limits
from local.slack.blockkit_fields import Anything, Flag, Many, Num, Shape, Str, Text, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from local.slack.blockkit_fields import Field, Finding, Rule

PLAIN: Final = frozenset({"plain_text"})
MRKDWN: Final = frozenset({"mrkdwn"})


def plain(high: int) -> Text:
    """Return a plain_text field of at most ``high`` characters."""
    return Text(high=high, kinds=PLAIN)


def _one_of(*keys: str) -> Rule:
    """Return a rule that exactly one of ``keys`` is there."""

    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
        there = [key for key in keys if key in value]
        if len(there) != 1:
            yield pointer, f"must define exactly one of: {', '.join(keys)}"

    return rule


def _button_goes_somewhere(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    # Slack invents an action_id; a button of ours that no listener can name is a mistake.
    if "action_id" not in value and "url" not in value:
        yield pointer, "must define one of: action_id, url"


def _range_is_upright(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    try:
        low, high = float(value.get("min_value", "-inf")), float(value.get("max_value", "inf"))
    except (TypeError, ValueError):
        yield pointer, "min_value and max_value must be numbers"
        return
    if low > high:
        yield pointer, "min_value must not exceed max_value"


_STYLE: Final = Str(choices=frozenset({"primary", "danger"}))
CONFIRM: Final = Shape(
    {
        "title": plain(limits.CONFIRM_TITLE),
        "text": Text(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
        "style": _STYLE,
    },
    frozenset({"text"}),
)


def _option(kinds: frozenset[str]) -> Shape:
    return Shape(
        {
            "text": Text(limits.OPTION_TEXT, kinds),
            "value": Str(limits.OPTION_VALUE),
            "description": Text(limits.OPTION_DESCRIPTION, kinds),
            "url": Str(limits.URL),
        },
        frozenset({"text", "value"}),
    )


OPTION: Final = _option(PLAIN)
RICH_OPTION: Final = _option(PLAIN | MRKDWN)
OPTION_GROUP: Final = Shape(
    {"label": plain(limits.GROUP_LABEL), "options": Many(OPTION, limits.OPTIONS)}, frozenset({"label", "options"})
)
FILTER: Final = Shape(
    {
        "include": Many(Str(choices=frozenset({"im", "mpim", "private", "public"})), 4),
        "exclude_bot_users": Flag(),
        "exclude_external_shared_channels": Flag(),
    }
)
DISPATCH: Final = Shape(
    {"trigger_actions_on": Many(Str(choices=frozenset({"on_enter_pressed", "on_character_entered"})), 2)}
)
SLACK_FILE: Final = Shape({"id": Str(), "url": Str(limits.URL)}, rules=(_one_of("id", "url"),))
IMAGE_FIELDS: Final[Mapping[str, Field]] = {
    "type": Str(),
    "image_url": Str(limits.URL),
    "slack_file": SLACK_FILE,
    "alt_text": Str(limits.IMAGE_ALT),
}
IMAGE_RULES: Final = (_one_of("image_url", "slack_file"),)
_PARAMETER: Final = Shape({"name": Str(), "value": Str()}, frozenset({"name", "value"}))
_TRIGGER: Final = Shape({"url": Str(), "customizable_input_parameters": Many(_PARAMETER, 100)}, frozenset({"url"}))
_FEEDBACK: Final = Shape(
    {
        "text": plain(limits.BUTTON_TEXT),
        "value": Str(limits.BUTTON_VALUE),
        "accessibility_label": Str(limits.ACCESSIBILITY_LABEL),
    },
    frozenset({"text", "value"}),
)


def _element(*required: str, rules: tuple[Rule, ...] = (), **fields: Field) -> Shape:
    base: dict[str, Field] = {"type": Str(), "action_id": Str(limits.ID), **fields}
    return Shape(base, frozenset({"type", *required}), rules)


def _pick(*required: str, rules: tuple[Rule, ...] = (), **fields: Field) -> Shape:
    """Return an element that a person picks from: it asks for confirmation and takes the focus."""
    return _element("action_id", *required, rules=rules, confirm=CONFIRM, focus_on_load=Flag(), **fields)


def _menu(rules: tuple[Rule, ...] = (), **fields: Field) -> Shape:
    return _pick(rules=rules, placeholder=plain(limits.PLACEHOLDER), **fields)


def _typing(**fields: Field) -> Shape:
    common: dict[str, Field] = {
        "type": Str(),
        "action_id": Str(limits.ID),
        "placeholder": plain(limits.PLACEHOLDER),
        "dispatch_action_config": DISPATCH,
        "focus_on_load": Flag(),
    }
    return Shape({**common, **fields}, frozenset({"type", "action_id"}))


_OPTIONS: Final = Many(OPTION, limits.OPTIONS)
_GROUPS: Final = Many(OPTION_GROUP, limits.OPTION_GROUPS)
_SELECTED: Final = Num(low=1)
_LIST: Final = Many(Str(), limits.OPTIONS)
_FROM: Final = (_one_of("options", "option_groups"),)

ELEMENTS: Final[Mapping[str, Shape]] = {
    "button": _element(
        "text",
        rules=(_button_goes_somewhere,),
        text=plain(limits.BUTTON_TEXT),
        value=Str(limits.BUTTON_VALUE),
        url=Str(limits.URL),
        style=_STYLE,
        confirm=CONFIRM,
        accessibility_label=Str(limits.ACCESSIBILITY_LABEL),
    ),
    "workflow_button": _element(
        "text",
        "workflow",
        text=plain(limits.BUTTON_TEXT),
        workflow=Shape({"trigger": _TRIGGER}, frozenset({"trigger"})),
        style=_STYLE,
        confirm=CONFIRM,
        accessibility_label=Str(limits.ACCESSIBILITY_LABEL),
    ),
    "overflow": _element("action_id", "options", options=Many(OPTION, limits.OVERFLOW_OPTIONS), confirm=CONFIRM),
    "static_select": _menu(_FROM, options=_OPTIONS, option_groups=_GROUPS, initial_option=OPTION),
    "multi_static_select": _menu(
        _FROM, options=_OPTIONS, option_groups=_GROUPS, initial_options=_OPTIONS, max_selected_items=_SELECTED
    ),
    "external_select": _menu(min_query_length=Num(low=0), initial_option=OPTION),
    "multi_external_select": _menu(min_query_length=Num(low=0), initial_options=_OPTIONS, max_selected_items=_SELECTED),
    "users_select": _menu(initial_user=Str()),
    "multi_users_select": _menu(initial_users=_LIST, max_selected_items=_SELECTED),
    "channels_select": _menu(initial_channel=Str(), response_url_enabled=Flag()),
    "multi_channels_select": _menu(initial_channels=_LIST, max_selected_items=_SELECTED),
    "conversations_select": _menu(
        initial_conversation=Str(), filter=FILTER, default_to_current_conversation=Flag(), response_url_enabled=Flag()
    ),
    "multi_conversations_select": _menu(
        initial_conversations=_LIST,
        filter=FILTER,
        default_to_current_conversation=Flag(),
        max_selected_items=_SELECTED,
    ),
    "checkboxes": _pick(
        "options",
        options=Many(RICH_OPTION, limits.CHECKBOX_OPTIONS),
        initial_options=Many(RICH_OPTION, limits.CHECKBOX_OPTIONS),
    ),
    "radio_buttons": _pick("options", options=Many(RICH_OPTION, limits.RADIO_OPTIONS), initial_option=RICH_OPTION),
    "datepicker": _menu(initial_date=Str(10, 10)),
    "timepicker": _menu(initial_time=Str(5, 5), timezone=Str()),
    "datetimepicker": _pick(initial_date_time=Num(low=1_000_000_000, high=9_999_999_999)),
    "plain_text_input": _typing(
        initial_value=Str(limits.INPUT_MAX_LENGTH, 0),
        multiline=Flag(),
        min_length=Num(0, limits.INPUT_MAX_LENGTH),
        max_length=Num(1, limits.INPUT_MAX_LENGTH),
    ),
    "email_text_input": _typing(initial_value=Str()),
    "url_text_input": _typing(initial_value=Str()),
    "number_input": Shape(
        _typing(initial_value=Str(), min_value=Str(), max_value=Str(), is_decimal_allowed=Flag()).fields,
        frozenset({"type", "action_id", "is_decimal_allowed"}),
        (_range_is_upright,),
    ),
    "rich_text_input": _typing(initial_value=Anything()),
    "file_input": _element("action_id", filetypes=Many(Str(), 100), max_files=Num(1, limits.FILES)),
    "image": Shape(IMAGE_FIELDS, frozenset({"type", "alt_text"}), IMAGE_RULES),
    "feedback_buttons": _element(
        "positive_button", "negative_button", positive_button=_FEEDBACK, negative_button=_FEEDBACK
    ),
    "icon_button": _element(
        "icon",
        "text",
        icon=Str(),
        text=plain(limits.BUTTON_TEXT),
        value=Str(limits.BUTTON_VALUE),
        confirm=CONFIRM,
        accessibility_label=Str(limits.ACCESSIBILITY_LABEL),
        visible_to_user_ids=Many(Str(), limits.ICON_BUTTON_USERS),
    ),
    "url": Shape({"type": Str(), "url": Str(limits.URL), "text": Str()}, frozenset({"type", "url", "text"})),
    "plain_text": Shape({"type": Str(), "text": Str(), "emoji": Flag()}, frozenset({"type", "text"})),
    "mrkdwn": Shape({"type": Str(), "text": Str(), "verbatim": Flag()}, frozenset({"type", "text"})),
}

MENUS: Final = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS: Final = frozenset({"datepicker", "timepicker", "checkboxes", "radio_buttons"})
TYPED_IN: Final = frozenset(
    {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"}
)


def element(*kinds: str) -> Typed:
    """Return a field for one element of the named ``kinds``."""
    return Typed(ELEMENTS, frozenset(kinds))


IN_ACTIONS: Final = element(
    "button", "workflow_button", "overflow", "datetimepicker", "rich_text_input", *MENUS, *PICKERS
)
IN_SECTION: Final = element("button", "workflow_button", "overflow", "image", *MENUS, *PICKERS)
IN_INPUT: Final = element("datetimepicker", *MENUS, *PICKERS, *TYPED_IN)
IN_CONTEXT: Final = element("image", "plain_text", "mrkdwn")
IN_CONTEXT_ACTIONS: Final = element("feedback_buttons", "icon_button")
