"""The validator against payloads, limits and schemas published by others."""

from __future__ import annotations

import json

import jsonschema
import pytest

from local.slack.blockkit import problems
from tests.corpora import DATA, needs

SPEC = DATA / "blockkit" / "slackblocks-spec"
pytestmark = needs(SPEC)


def load(path):
    return json.loads(path.read_text()) if path.is_file() else {}


def files(folder):
    return sorted((SPEC / "fixtures" / "valid" / folder).glob("*.json"))


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def button(text="Go", **more):
    return {"type": "button", "text": plain(text), "action_id": "go", **more}


def view(*blocks, **more):
    return {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": list(blocks), **more}


def act(element):
    return {"type": "actions", "elements": [element]}


def ask(element):
    return {"type": "input", "label": plain("L"), "element": {"action_id": "a", **element}}


def option(text="O", value="v", **more):
    return {"text": plain(text), "value": value, **more}


def options(count):
    return [option(value=str(number)) for number in range(count)]


def select(**more):
    return act({"type": "static_select", "action_id": "s", **more})


def cells(width):
    return [{"type": "raw_text", "text": "x"}] * width


def data_table(rows, **more):
    return {"type": "data_table", "caption": "C", "rows": rows, **more}


def chart(title="T", **chart):
    return {"type": "data_visualization", "title": title, "chart": chart}


def lines(series=None, **axis):
    points = [{"name": "n", "data": [{"label": "l", "value": 1}]}]
    return chart(type="bar", series=points if series is None else series, axis_config={"categories": ["c"], **axis})


def series(name="n", data=None):
    return {"name": name, "data": [{"label": "l", "value": 1}] if data is None else data}


def card(**more):
    return {"type": "card", **more}


def container(**more):
    return {"type": "container", "title": plain("T"), "child_blocks": [{"type": "divider"}], **more}


def feedback(**more):
    one = {"text": plain("t"), "value": "v"}
    pair = {"type": "feedback_buttons", "positive_button": {**one, **more}, "negative_button": one}
    return {"type": "context_actions", "elements": [pair]}


def video(**more):
    base = {"alt_text": "a", "thumbnail_url": "https://e.com/t", "title": plain("t"), "video_url": "https://e.com/v"}
    return {"type": "video", **base, **more}


def section(text):
    return {"type": "section", "text": mrkdwn(text)}


def task(source):
    return {"type": "task_card", "task_id": "t", "title": "T", "status": "pending", "sources": [source]}


X = "x"
#: For each constraint a block or view that breaks it, made from the figure in limits.json where there is one.
BREAKS = {
    "text.min_length": lambda n: section(X * (n - 1)),
    "text.max_length": lambda n: section(X * (n + 1)),
    "action_id.max_length": lambda n: act(button(action_id=X * (n + 1))),
    "block_id.max_length": lambda n: {"type": "divider", "block_id": X * (n + 1)},
    "button.text.max_length": lambda n: act(button(X * (n + 1))),
    "button.url.max_length": lambda n: act(button(url=X * (n + 1))),
    "button.value.max_length": lambda n: act(button(value=X * (n + 1))),
    "button.accessibility_label.max_length": lambda n: act(button(accessibility_label=X * (n + 1))),
    "confirmation.title.max_length": lambda n: act(button(confirm={"title": plain(X * (n + 1)), "text": plain("t")})),
    "confirmation.text.max_length": lambda n: act(button(confirm={"text": plain(X * (n + 1))})),
    "confirmation.confirm.max_length": lambda n: act(
        button(confirm={"text": plain("t"), "confirm": plain(X * (n + 1))})
    ),
    "confirmation.deny.max_length": lambda n: act(button(confirm={"text": plain("t"), "deny": plain(X * (n + 1))})),
    "option.text.max_length": lambda n: select(options=[option(X * (n + 1))]),
    "option.value.max_length": lambda n: select(options=[option(value=X * (n + 1))]),
    "option.url.max_length": lambda n: act(
        {"type": "overflow", "action_id": "o", "options": [option(url="\N{GRINNING FACE}" * (n + 1))]}
    ),
    "option.description.max_length": lambda n: select(options=[option(description=plain(X * (n + 1)))]),
    "option_group.label.max_length": lambda n: select(
        option_groups=[{"label": plain(X * (n + 1)), "options": options(1)}]
    ),
    "option_group.options.min_items": lambda n: select(
        option_groups=[{"label": plain("g"), "options": options(n - 1)}]
    ),
    "option_group.options.max_items": lambda n: select(
        option_groups=[{"label": plain("g"), "options": options(n + 1)}]
    ),
    "select.placeholder.max_length": lambda n: select(options=options(1), placeholder=plain(X * (n + 1))),
    "select.options.max_items": lambda n: select(options=options(n + 1)),
    "select.option_groups.max_items": lambda n: select(
        option_groups=[{"label": plain("g"), "options": options(1)}] * (n + 1)
    ),
    "overflow.options.min_items": lambda n: act({"type": "overflow", "action_id": "o", "options": options(n - 1)}),
    "overflow.options.max_items": lambda n: act({"type": "overflow", "action_id": "o", "options": options(n + 1)}),
    "checkboxes.options.min_items": lambda n: ask({"type": "checkboxes", "options": options(n - 1)}),
    "checkboxes.options.max_items": lambda n: ask({"type": "checkboxes", "options": options(n + 1)}),
    "radio_buttons.options.min_items": lambda n: ask({"type": "radio_buttons", "options": options(n - 1)}),
    "radio_buttons.options.max_items": lambda n: ask({"type": "radio_buttons", "options": options(n + 1)}),
    "url_source.url.min_length": lambda n: task({"type": "url", "text": "t", "url": X * (n - 1)}),
    "url_source.url.max_length": lambda n: task({"type": "url", "text": "t", "url": X * (n + 1)}),
    "table.rows.max_items": lambda _: {"type": "table", "rows": [cells(1)] * 101},
    "table.row_shape": lambda _: {"type": "table", "rows": [cells(1), cells(2)]},
    "table.column_settings": lambda _: {"type": "table", "rows": [cells(1)], "column_settings": [{}] * 2},
    "file_input.max_files.min": lambda n: ask({"type": "file_input", "max_files": n - 1}),
    "file_input.max_files.max": lambda n: ask({"type": "file_input", "max_files": n + 1}),
    "plain_text_input.max_length.max": lambda n: ask({"type": "plain_text_input", "max_length": n + 1}),
    "actions.elements.max_items": lambda n: {
        "type": "actions",
        "elements": [button(action_id=str(number)) for number in range(n + 1)],
    },
    "context.elements.max_items": lambda n: {"type": "context", "elements": [mrkdwn("x")] * (n + 1)},
    "context.elements": lambda _: {"type": "context", "elements": [button()]},
    "header.text.max_length": lambda n: {"type": "header", "text": plain(X * (n + 1))},
    "image.image_url.max_length": lambda n: {"type": "image", "alt_text": "a", "image_url": X * (n + 1)},
    "image.alt_text.max_length": lambda n: {"type": "image", "alt_text": X * (n + 1), "image_url": "https://e.com"},
    "image.source": lambda _: {
        "type": "image",
        "alt_text": "a",
        "image_url": "https://e.com",
        "slack_file": {"id": "F"},
    },
    "input.label.max_length": lambda n: ask({"type": "plain_text_input"}) | {"label": plain(X * (n + 1))},
    "input.hint.max_length": lambda n: ask({"type": "plain_text_input"}) | {"hint": plain(X * (n + 1))},
    "input.element": lambda _: ask(button()),
    "markdown.text.min_length": lambda n: {"type": "markdown", "text": X * (n - 1)},
    "markdown.text.max_length": lambda n: {"type": "markdown", "text": X * (n + 1)},
    "section.text.max_length": lambda n: section(X * (n + 1)),
    "section.fields.max_items": lambda n: {"type": "section", "fields": [plain("x")] * (n + 1)},
    "section.fields.item_max_length": lambda n: {"type": "section", "fields": [plain(X * (n + 1))]},
    "section.content": lambda _: {"type": "section"},
    "static_select.choice_source": lambda _: select(
        options=options(1), option_groups=[{"label": plain("g"), "options": options(1)}]
    ),
    "number_input.range": lambda _: ask(
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "9", "max_value": "1"}
    ),
    "video.alt_text.min_length": lambda n: video(alt_text=X * (n - 1)),
    "video.alt_text.max_length": lambda n: video(alt_text=X * (n + 1)),
    "video.title.max_length": lambda n: video(title=plain(X * (n + 1))),
    "video.author_name.max_length": lambda n: video(author_name=X * (n + 1)),
    "video.description.max_length": lambda n: video(description=plain(X * (n + 1))),
    "video.provider_name.max_length": lambda n: video(provider_name=X * (n + 1)),
    "view.blocks.min_items": lambda _: view(),
    "view.blocks.max_items": lambda n: view(*[{"type": "divider"}] * (n + 1)),
    "view.private_metadata.max_length": lambda n: view({"type": "divider"}, private_metadata=X * (n + 1)),
    "view.callback_id.max_length": lambda n: view({"type": "divider"}, callback_id=X * (n + 1)),
    "view.title.max_length": lambda n: view({"type": "divider"}, title=plain(X * (n + 1))),
    "view.close.max_length": lambda n: view({"type": "divider"}, close=plain(X * (n + 1))),
    "view.submit.max_length": lambda n: view({"type": "divider"}, submit=plain(X * (n + 1))),
    "alert.text.max_length": lambda n: {"type": "alert", "text": plain(X * (n + 1))},
    "card.title.max_length": lambda n: card(title=mrkdwn(X * (n + 1))),
    "card.subtitle.max_length": lambda n: card(subtitle=mrkdwn(X * (n + 1))),
    "card.body.max_length": lambda n: card(body=mrkdwn(X * (n + 1))),
    "card.subtext.max_length": lambda n: card(subtext=mrkdwn(X * (n + 1))),
    "card.actions.max_items": lambda n: card(actions=[button(action_id=str(number)) for number in range(n + 1)]),
    "carousel.elements.min_items": lambda n: {"type": "carousel", "elements": [card()] * (n - 1)},
    "carousel.elements.max_items": lambda n: {"type": "carousel", "elements": [card()] * (n + 1)},
    "container.title.max_length": lambda n: container(title=plain(X * (n + 1))),
    "container.subtitle.max_length": lambda n: container(subtitle=plain(X * (n + 1))),
    "container.child_blocks.max_items": lambda n: container(child_blocks=[{"type": "divider"}] * (n + 1)),
    "context_actions.elements.max_items": lambda n: {
        "type": "context_actions",
        "elements": [
            {"type": "icon_button", "icon": "trash", "text": plain("x"), "action_id": str(number)}
            for number in range(n + 1)
        ],
    },
    "feedback_button.text.max_length": lambda n: feedback(text=plain(X * (n + 1))),
    "feedback_button.value.max_length": lambda n: feedback(value=X * (n + 1)),
    "feedback_button.accessibility_label.max_length": lambda n: feedback(accessibility_label=X * (n + 1)),
    "icon_button.visible_to_user_ids.max_items": lambda n: {
        "type": "context_actions",
        "elements": [
            {"type": "icon_button", "icon": "trash", "text": plain("x"), "visible_to_user_ids": ["U1"] * (n + 1)}
        ],
    },
    "data_table.rows.min_items": lambda n: data_table([cells(1)] * (n - 1)),
    "data_table.rows.max_items": lambda n: data_table([cells(1)] * (n + 1)),
    "data_table.columns.min_items": lambda n: data_table([cells(n - 1)] * 2),
    "data_table.columns.max_items": lambda n: data_table([cells(n + 1)] * 2),
    "data_table.page_size.min": lambda n: data_table([cells(1)] * 2, page_size=n - 1),
    "data_table.page_size.max": lambda n: data_table([cells(1)] * 2, page_size=n + 1),
    "data_table.cell_text.min_length": lambda _: data_table([cells(1), [{"type": "raw_text", "text": ""}]]),
    "data_table.content.max_length": lambda n: data_table([cells(1), [{"type": "raw_text", "text": X * n}]]),
    "data_visualization.title.max_length": lambda n: chart(
        X * (n + 1), type="pie", segments=[{"label": "l", "value": 1}]
    ),
    "data_visualization.segments.min_items": lambda _: chart(type="pie", segments=[]),
    "data_visualization.segments.max_items": lambda n: chart(
        type="pie", segments=[{"label": "l", "value": 1}] * (n + 1)
    ),
    "data_visualization.segment.label.max_length": lambda n: chart(
        type="pie", segments=[{"label": X * (n + 1), "value": 1}]
    ),
    "data_visualization.segment.value.exclusive_min": lambda n: chart(
        type="pie", segments=[{"label": "l", "value": n}]
    ),
    "data_visualization.series.min_items": lambda _: lines([]),
    "data_visualization.series.max_items": lambda n: lines([series()] * (n + 1)),
    "data_visualization.series_name.max_length": lambda n: lines([series(X * (n + 1))]),
    "data_visualization.data.min_items": lambda _: lines([series(data=[])]),
    "data_visualization.data.max_items": lambda n: lines([series(data=[{"label": "l", "value": 1}] * (n + 1))]),
    "data_visualization.point_label.max_length": lambda n: lines([series(data=[{"label": X * (n + 1), "value": 1}])]),
    "data_visualization.categories.min_items": lambda _: lines(categories=[]),
    "data_visualization.categories.max_items": lambda n: lines(categories=["c"] * (n + 1)),
    "data_visualization.category_label.max_length": lambda n: lines(categories=[X * (n + 1)]),
    "data_visualization.axis_label.max_length": lambda n: lines(x_label=X * (n + 1)),
}

#: Valid in the corpus and refused here, each with the reason.
STRICTER = {
    "option_value_at_limit.json": "150 characters; another source says 75, so 75 is all we send",
    "webhook_message_basic.json": "block_id twice; Slack's own text says it must be unique in a message",
    "webhook_message_delete.json": "block_id twice, likewise",
}
CASES = load(SPEC / "fixtures" / "invalid" / "manifest.json").get("cases", [])
LIMITS = load(SPEC / "limits.json")


def figure(constraint):
    value = LIMITS
    for name in constraint.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def surface_of(block):
    if block["type"] in {"modal", "home"}:
        return block["type"]
    return "modal" if block["type"] in {"alert", "input"} else "message"


def found_in(block):
    surface = surface_of(block)
    if block["type"] == surface:
        return problems(block, surface)
    return problems(view(block) if surface == "modal" else {"blocks": [block]}, surface)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_invalid_case_described_is_refused(case):
    payload = BREAKS[case["constraint"]](figure(case["constraint"]))

    assert found_in(payload), case["description"]


@pytest.mark.parametrize("path", files("blocks") + files("views"), ids=lambda path: path.name)
def test_every_valid_block_and_view_is_taken_on_its_surface(path):
    assert found_in(load(path)) == []


@pytest.mark.parametrize("path", files("messages") + files("attachments"), ids=lambda path: path.name)
def test_every_valid_message_is_taken_or_listed_with_a_reason(path):
    payload = load(path)
    payload = {"attachments": [payload]} if path.parent.name == "attachments" else payload

    assert bool(problems(payload, "message")) == (path.name in STRICTER)


@pytest.mark.parametrize("path", files("elements"), ids=lambda path: path.name)
def test_every_valid_element_is_taken_where_it_may_stand(path):
    element = load(path)
    homes = [act(element), {"type": "section", "text": plain("x"), "accessory": element}]
    homes += [ask(element), task(element), {"type": "context", "elements": [element]}]

    assert any(not found_in(block) for block in homes)


@pytest.mark.parametrize("path", files("objects"), ids=lambda path: path.name)
def test_every_valid_composition_object_is_taken_where_it_may_stand(path):
    value = load(path)
    homes = {
        "option": select(options=[value]),
        "option_group": select(option_groups=[value]),
        "confirmation": act(button(confirm=value)),
        "text": {"type": "section", "text": value},
        "conversation": act({"type": "conversations_select", "action_id": "a", "filter": value}),
        "dispatch": ask({"type": "plain_text_input", "dispatch_action_config": value}),
        "workflow": act({"type": "workflow_button", "text": plain("x"), "workflow": value}),
        "trigger": act({"type": "workflow_button", "text": plain("x"), "workflow": {"trigger": value}}),
        "input": act(
            {
                "type": "workflow_button",
                "text": plain("x"),
                "workflow": {"trigger": {"url": "https://e.com", "customizable_input_parameters": [value]}},
            }
        ),
    }
    name = next(name for name in sorted(homes, key=len, reverse=True) if path.name.startswith(name))

    assert bool(found_in(homes[name])) == (path.name in STRICTER)


@pytest.mark.parametrize("path", files("rich_text"), ids=lambda path: path.name)
def test_every_valid_rich_text_piece_is_taken(path):
    piece = load(path)
    if not piece["type"].startswith("rich_text_"):
        piece = {"type": "rich_text_section", "elements": [piece]}

    assert found_in({"type": "rich_text", "elements": [piece]}) == []


#: Blocks newer than the types that the schema was made from, or with fields that it does not have yet.
NOT_IN_SCHEMA = {
    "card_block.json": "slack_icon and subtext are younger than the schema",
    "data_visualization_area.json": "younger than the schema",
    "data_visualization_bar.json": "younger than the schema",
    "data_visualization_line.json": "younger than the schema",
    "data_visualization_pie.json": "younger than the schema",
}


@pytest.mark.parametrize("path", files("blocks"), ids=lambda path: path.name)
def test_the_schema_of_slacks_own_types_agrees_on_valid_blocks(path):
    schema = load(DATA / "blockkit" / "slack_types_3.2.0_Blocks.schema.json")
    agrees = jsonschema.Draft7Validator(schema).is_valid([load(path)])

    assert agrees == (path.name not in NOT_IN_SCHEMA)
    assert found_in(load(path)) == []


STRUCTURE = [
    {"type": "sectoin"},
    {"type": "section", "colour": "red", "text": plain("x")},
    {"type": "header", "text": mrkdwn("x")},
    {"type": "image", "image_url": "https://e.com"},
    act(button(style="red")),
    {"type": "actions"},
    {"type": "table"},
    {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]},
]


@pytest.mark.parametrize("block", STRUCTURE, ids=json.dumps)
def test_what_the_schema_refuses_is_refused_here_too(block):
    schema = load(DATA / "blockkit" / "slack_types_3.2.0_Blocks.schema.json")

    assert not jsonschema.Draft7Validator(schema).is_valid([block])
    assert found_in(block)
