"""What a reseller reads in the message of its upload about what customers decided (rows B6, B7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.views.approvals import aside, decided_line
from rollcall.views.arrivals import order_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.standing import Standing
    from rollcall.views.reader import Reader


def decision_lines(standings: Sequence[Standing], reader: Reader, *, now: str) -> tuple[str, ...]:
    """One line of mrkdwn, or a few, for each customer that has decided something.

    Args:
        standings: how the customers' parts stand.
        reader: somebody of the reseller.
        now: UTC.
    """
    return tuple(line for standing in standings for line in _lines(standing, reader, now=now))


def _lines(standing: Standing, reader: Reader, *, now: str) -> list[str]:
    say, waiting = reader.say, standing.pending.total
    counts = [
        *([say("{number} accepted", number=say.count(standing.verified))] if standing.verified else []),
        *aside(standing, say),
        *([say("{number} waiting", number=say.count(waiting))] if waiting else []),
    ]
    lines = [f"{reader.company(standing.pending.customer)}: {', '.join(counts)}"] if counts else []
    lines += order_lines(standing.orders, reader, standing.pending.customer)
    lines += [decided_line(one, reader, now=now) for one in standing.automatic]
    if standing.last and not standing.deciding:
        lines.append(decided_line(standing.last, reader, now=now))
    return lines
