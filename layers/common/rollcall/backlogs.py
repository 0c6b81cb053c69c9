"""What waits of one reseller for one customer, upload by upload, as a reminder tells of it (row B15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits of one upload.

    Attributes:
        upload: upload id.
        reseller: account id.
        devices: how many wait.
        since: from when on, UTC.
        asked: when the customer was reminded of it, the last three times, UTC.
    """

    upload: str
    reseller: str
    devices: int
    since: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits of one reseller.

    Attributes:
        reseller: account id.
        devices: how many wait.
        uploads: of how many uploads.
        since: from when on the oldest waits, UTC.
        oldest: the upload it came in.
    """

    reseller: str
    devices: int
    uploads: int
    since: str
    oldest: str


def by_reseller(piles: Iterable[Pile]) -> tuple[Backlog, ...]:
    """What waits, reseller by reseller; whoever waits longest comes first."""
    found: dict[str, list[Pile]] = {}
    for pile in piles:
        found.setdefault(pile.reseller, []).append(pile)
    backlogs = []
    for reseller, own in found.items():
        oldest = min(own, key=lambda pile: (pile.since, pile.upload))
        backlogs.append(Backlog(reseller, sum(pile.devices for pile in own), len(own), oldest.since, oldest.upload))
    return tuple(sorted(backlogs, key=lambda backlog: (backlog.since, backlog.reseller)))
