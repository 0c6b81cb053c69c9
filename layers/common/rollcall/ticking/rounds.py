"""One tick: each part has its turn, whatever became of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.store.deadlines import lasting
from rollcall.store.transactions import OutOfTimeError
from rollcall.ticking.parts import ERROR, PARTS, Line
from rollcall.ticking.turns import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.ticking.clockwork import Clockwork
    from rollcall.ticking.parts import Looked, Part

#: Seconds kept back for what was logged and counted.
RESERVE: Final = 3.0
#: Seconds with which it is worth while to give those another turn whose first was too short, and how many more turns.
_WORTH: Final = 2.0
_MORE: Final = 5


class LateError(Exception):
    """Parts of a tick had more to do than their time; the next tick goes on."""


class Round:
    """A tick.

    Attributes:
        counts: name of a metric → what the parts counted.

    Args:
        clockwork: what is looked after.
        left: seconds until the worker is ended.
        say: writes a line of the log.
        broke: writes that a part failed, and of what.
        parts: what has a turn, in this order.
    """

    def __init__(
        self,
        clockwork: Clockwork,
        left: Callable[[], float],
        *,
        say: Callable[[Line], None],
        broke: Callable[[str, Exception], None],
        parts: Sequence[Part] = PARTS,
    ) -> None:
        self._clockwork = clockwork
        self._left = left
        self._say = say
        self._broke = broke
        self._parts = parts
        self._failed: list[Exception] = []
        self.counts: dict[str, float] = {}

    def run(self) -> None:
        """Gives each part its turn, and those that were cut short another one out of what the rest left over.

        Raises:
            Exception: the first that came up; everything was looked at all the same.
            LateError: nothing failed, but some part has still more to do.
        """
        cut = self._turns(self._parts)
        for _ in range(_MORE):
            if cut and self._spare() > _WORTH:
                cut = self._turns(cut)
        if cut:
            names = ", ".join(_name(part) for part in cut)
            self._say(Line(ERROR, "Parts of a tick had more to do than their time", {"parts": names}))
            self._failed.append(LateError(names))
        if self._failed:
            raise self._failed[0]

    def _spare(self) -> float:
        return self._left() - RESERVE

    def _turns(self, parts: Sequence[Part]) -> list[Part]:
        """Gives each a share of what is left by then; those that were cut short."""
        cut = []
        for place, part in enumerate(parts):
            whole = sum(one.weight for one in parts[place:])
            turn = Turn(self._left, max(self._spare(), 0.0) * part.weight / whole)
            if self._look(part, turn):
                cut.append(part)
        return cut

    def _look(self, part: Part, turn: Turn) -> bool:
        """Gives a part its turn; whether it was too short."""
        try:
            with lasting(turn.seconds_left):
                looked = part.look(self._clockwork, turn.is_over)
        except OutOfTimeError:
            return True
        except Exception as error:  # noqa: BLE001 - what is broken for one company must not keep the clock from all others
            self._broke(_name(part), error)
            self._failed.append(error)
            return False
        self._keep(looked)
        return turn.was_cut

    def _keep(self, looked: Looked) -> None:
        for line in looked.lines:
            self._say(line)
        for name, number in looked.counts.items():
            self.counts[name] = self.counts.get(name, 0) + number
        self.counts.update(looked.levels)


def _name(part: Part) -> str:
    return part.look.__name__
