"""Tags: normalised, bounded, added and removed in any case, never torn from what a device has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.tags import LONGEST, MOST, TagChange, normalised, read_change, term

TAGS = st.lists(st.sampled_from(["stock", "Stock", "old", "lager 2", "\uff21\uff22", "ab"]), max_size=6)


@pytest.mark.parametrize(
    ("signed", "add", "remove"),
    [
        (["+stock"], ("stock",), ()),
        (["+stock", "-old"], ("stock",), ("old",)),
        (["+ stock", '+"lager  2"'], ("stock", "lager 2"), ()),
        (["+Stock", "+stock"], ("Stock",), ()),
        (["+\uff21\uff22\uff23"], ("ABC",), ()),
        (["+Größe_4.1/ß", "+재고"], ("Größe_4.1/ß", "재고"), ()),
        ([], (), ()),
    ],
)
def test_what_is_asked_for_is_understood(signed, add, remove):
    change, faults = read_change(signed)
    assert faults == ()
    assert (change.add, change.remove) == (add, remove)
    assert bool(change) == bool(add or remove)


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        (["+"], "TAG_CHARACTERS"),
        (["+a|b"], "TAG_CHARACTERS"),
        (["+<!channel>"], "TAG_CHARACTERS"),
        (["+a\u202eb"], "TAG_CHARACTERS"),
        (["-" + "x" * (LONGEST + 1)], "TAG_LENGTH"),
        (["+Stock", "-stock"], "TAG_TWICE"),
    ],
)
def test_what_no_tag_can_be_is_refused(signed, code):
    _, faults = read_change(signed)
    assert [fault.code for fault in faults] == [code]
    assert faults[0].message.endswith(".")


@given(TAGS, TAGS, TAGS)
def test_a_change_does_what_it_says_and_nothing_else(has, add, remove):
    has = list(dict.fromkeys(has))
    change = TagChange(tuple(add), tuple(tag for tag in remove if term(tag) not in set(map(term, add))))
    after = change.apply(has)

    assert {term(tag) for tag in add} <= {term(tag) for tag in after}
    assert not {term(tag) for tag in change.remove} & {term(tag) for tag in after}
    untouched = [tag for tag in has if term(tag) not in set(map(term, change.remove))]
    assert list(after[: len(untouched)]) == untouched
    assert change.apply(after) == after, "once more changes nothing"


def test_a_device_has_so_many_tags_and_no_more_but_can_lose_some():
    full = [f"tag {number}" for number in range(MOST)]
    assert TagChange(add=("one more",)).fault(full).code == "TAGS_TOO_MANY"
    assert TagChange(add=("one more",), remove=("tag 3",)).fault(full) is None
    over = [*full, "from a file", "another"]
    assert TagChange(remove=("tag 1",)).fault(over) is None
    assert TagChange(add=("x",)).fault(over).code == "TAGS_TOO_MANY"


@given(st.text(max_size=60))
def test_a_normalised_tag_stays_as_it_is(text):
    assert normalised(normalised(text)) == normalised(text)
