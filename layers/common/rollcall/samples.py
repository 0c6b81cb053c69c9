"""What decisions add to the figures of resellers: how long the devices had waited that were accepted (row B22)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rollcall.quality import step_of, week_of
from rollcall.transitions import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rollcall.life import Change

_ACCEPTED = frozenset({Act.ACCEPTED, Act.AUTO_ACCEPTED})


def samples(changes: Iterable[Change]) -> Mapping[str, Mapping[int, int]]:
    """What steps change: week of the acceptance → number of the step of hours → devices.

    An acceptance that is taken back is taken out of the week in which it was made.

    Args:
        changes: of one reseller and customer.
    """
    found: dict[str, Counter[int]] = {}
    for change in changes:
        sample = _sample(change)
        if sample:
            at, number = sample
            found.setdefault(week_of(at), Counter())[step_of(change.before.uploaded_at, at)] += number
    return {week: dict(hours) for week, hours in found.items()}


def _sample(change: Change) -> tuple[str, int] | None:
    """When it was accepted, and whether that came (1) or went (-1); None for any other step."""
    if change.after is None or len(change.after.history) <= len(change.before.history):
        return None
    entry = change.after.history[-1]
    if entry.act in _ACCEPTED:
        return entry.at, 1
    if entry.act is not Act.UNDONE:
        return None
    made = next((one for one in reversed(change.before.history) if one.decision == change.before.decision), None)
    return (made.at, -1) if made and made.act in _ACCEPTED else None
