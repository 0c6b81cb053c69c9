"""The table of commands is whole, and says nothing that the grammar does not do."""

from __future__ import annotations

import pytest

from rollcall.grammar import Command, parse, render
from rollcall.words import WITHOUT_A_WORD, WORDS, areas, find_word, words_of


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word.area} {word.name}")
def test_an_example_is_the_command_it_explains(word):
    command = parse(word.example)

    assert isinstance(command, Command)
    assert (command.area, command.word) == (word.area, word.name)
    assert parse(render(command)) == command


@pytest.mark.parametrize("word", WORDS, ids=lambda word: f"{word.area} {word.name}")
def test_a_row_says_what_the_word_does(word):
    assert word.name == word.name.lower()
    assert word.help
    assert not word.help.endswith(".")
    assert all(f"{key}:" in word.usage for key in word.keys)


def test_no_word_stands_twice():
    names = [(word.area, word.name) for word in WORDS]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("area", ["", *areas()])
def test_every_area_has_help_and_knows_what_to_do_without_a_word(area):
    assert find_word(area, "HELP") is not None
    assert find_word(area, WITHOUT_A_WORD.get(area, "help")) is not None
    assert words_of(area)


def test_an_area_is_no_word():
    assert not set(areas()) & {word.name for word in WORDS}
