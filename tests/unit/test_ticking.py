"""A tick's parts have shares of its time: one that fails or is late takes nobody's turn, and is heard of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.store.deadlines import UNSAID, seconds_left
from rollcall.store.transactions import OutOfTimeError, Transactions
from rollcall.ticking.parts import PARTS, Line, Looked, Part, exchange_tokens
from rollcall.ticking.rounds import RESERVE, LateError, Round
from rollcall.ticking.turns import Turn

pytestmark = pytest.mark.feature("B19")


class Watch:
    """Time, and what a tick says.

    Attributes:
        left: seconds of the tick.
    """

    def __init__(self, left=50.0):
        self.left, self.lines, self.broken, self.turns = left, [], [], []

    def part(self, name, *, items=0, each=1.0, weight=1, error=None):
        """A part with so many things to do, each of which takes so long."""
        waiting = list(range(items))

        def look(_clockwork, enough):
            self.turns.append(name)
            if error:
                raise error
            done = 0
            while waiting and not enough():
                waiting.pop()
                self.left -= each
                done += 1
            return Looked((Line("info", name, {"done": done}),), {"Done": done}, {"Left": len(waiting)})

        look.__name__ = name
        return Part(look, weight)

    def tick(self, *parts):
        made = Round(
            None,
            lambda: self.left,
            say=self.lines.append,
            broke=lambda part, error: self.broken.append((part, error)),
            parts=parts,
        )
        try:
            made.run()
        finally:
            self.counts = made.counts


def test_tokens_come_first():
    assert PARTS[0].look is exchange_tokens
    assert len({part.look.__name__ for part in PARTS}) == len(PARTS)


def test_a_backlog_of_one_part_leaves_the_others_their_turns_and_is_an_error_in_the_end():
    watch = Watch()
    late = [watch.part("backlog", items=10_000, each=0.1), watch.part("a", items=3), watch.part("b", items=3)]
    with pytest.raises(LateError, match=r"^backlog$"):
        watch.tick(*late)

    assert watch.turns[:3] == ["backlog", "a", "b"]
    assert watch.counts["Left"] > 0
    assert watch.left > 0, "what was logged and counted still gets out"
    assert watch.lines[-1].details == {"parts": "backlog"}


def test_what_the_others_leave_over_goes_to_the_part_that_was_cut_short():
    watch = Watch()
    watch.tick(watch.part("long", items=40), watch.part("a"), watch.part("b"), watch.part("c"))

    assert watch.turns[:5] == ["long", "a", "b", "c", "long"]
    assert watch.counts == {"Done": 40, "Left": 0}


def test_a_part_that_fails_takes_nobodys_turn_and_is_raised_in_the_end():
    watch = Watch()
    error = ValueError("no")
    with pytest.raises(ValueError, match="no"):
        watch.tick(watch.part("broken", error=error), watch.part("a", items=2))

    assert (watch.turns, watch.broken) == (["broken", "a"], [("broken", error)])
    assert watch.counts["Done"] == 2


def test_a_part_whose_stores_give_up_in_time_is_late_and_not_broken():
    watch = Watch()
    with pytest.raises(LateError):
        watch.tick(watch.part("slow", error=OutOfTimeError()), watch.part("a", items=1))

    assert (watch.broken, watch.counts["Done"]) == ([], 1)


def test_stores_that_live_longer_than_a_tick_ask_for_the_time_of_the_part():
    watch, seen = Watch(50.0), []
    store = Transactions(None, seconds_left=seconds_left, margin=0.0)

    def look(_clockwork, _enough):
        seen.append(seconds_left())
        watch.left -= seen[-1] + 0.1
        store.check_time()

    with pytest.raises(LateError):
        watch.tick(Part(look, 1), watch.part("a", weight=1))
    assert seen[0] == pytest.approx((50 - RESERVE) / 2)
    assert seconds_left() == UNSAID


@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(0.01, 2), st.integers(1, 5)), min_size=1, max_size=8),
    st.floats(0, 60),
)
def test_every_part_has_a_turn_and_the_time_is_kept(wanted, left):
    """Nothing takes longer than its share by more than one of the things that it does."""
    watch = Watch(left)
    parts = [
        watch.part(str(n), items=items, each=each, weight=weight) for n, (items, each, weight) in enumerate(wanted)
    ]
    whole = sum(items for items, _, _ in wanted)
    try:
        watch.tick(*parts)
    except LateError:
        assert watch.counts["Done"] < whole
    else:
        assert watch.counts["Done"] == whole

    assert watch.turns[: len(parts)] == [part.look.__name__ for part in parts]
    over = sum(each for _, each, _ in wanted)
    assert watch.left >= min(RESERVE, left) - over


def test_a_turn_that_nobody_asked_about_at_its_end_is_not_cut():
    left = [10.0]
    turn = Turn(lambda: left[0], 4.0)
    assert not turn.is_over()
    left[0] = 5.0
    assert (turn.seconds_left(), turn.was_cut) == (-1.0, False)
    assert turn.is_over()
    assert turn.was_cut
