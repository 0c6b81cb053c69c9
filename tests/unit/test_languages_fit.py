"""Titles, buttons and options have so much room, in every language."""

from __future__ import annotations

import ast

import pytest

from rollcall.languages import Language
from rollcall.views.wording import catalogue
from tests.unit.test_languages_passed import ROLLCALL, TREES

_TITLE, _BUTTON, _PLACEHOLDER = {1: 24}, {0: 40, "label": 75}, {"placeholder": 150}
#: Function → its arguments, by place or name, and the characters that Slack or a telephone's width leaves for each.
ROOM = {
    "form": {1: 24, "submit": 24, "close": 24},
    **dict.fromkeys(("modal", "instead", "update"), _TITLE),
    "confirmation": {0: 100, 1: 300, "confirm": 30, "deny": 30},
    **dict.fromkeys(("button", "leads", "opens"), _BUTTON),
    "option": {0: 75},
    "checkbox": {1: 75},
    **dict.fromkeys(("menu", "text_input", "searched_menu"), _PLACEHOLDER),
}


def texts():
    """Each text that stands in such a place, with its room."""
    for path, tree in TREES.items():
        if not path.is_relative_to(ROLLCALL):
            continue
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            room = ROOM.get(getattr(call.func, "id", getattr(call.func, "attr", "")), {})
            given = dict(enumerate(call.args)) | {one.arg: one.value for one in call.keywords}
            for place in room.keys() & given.keys():
                for part in ast.walk(given[place]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value, room[place]


@pytest.mark.parametrize("language", [one for one in Language if one is not Language.ENGLISH])
def test_what_stands_on_titles_and_buttons_fits(language):
    known = catalogue(language).texts
    placed = [(known[text], room) for text, room in texts() if text in known]
    assert len(placed) > 200
    assert [told for told, room in placed if len(told.replace("{", "").replace("}", "")) > room] == []
