"""Where a message of ours stands in Slack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copy:
    """A posted message: what it takes to change it later.

    Attributes:
        team: workspace.
        channel: in it.
        ts: the message, by Slack's timestamp of it, which is its id within the channel.
    """

    team: str
    channel: str
    ts: str
