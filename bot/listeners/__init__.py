"""What Slack sends, by kind. A listener reads the payload, asks the desk, and shows the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listeners import (
    actions,
    approval_lists,
    approvals,
    channels,
    commands,
    devices,
    events,
    failures,
    insights,
    operator,
    people,
    setup,
    uploads,
)

if TYPE_CHECKING:
    from slack_bolt import App

    from rollcall.desk import ApprovalDesk, Counter, Desk, Outbox


def register(app: App, desk: Desk, outbox: Outbox, counter: Counter, decisions: ApprovalDesk) -> None:
    """Adds all listeners; those that catch what no other knows come last."""
    uploads.register(app, counter, outbox)
    approvals.register(app, decisions, desk)
    approval_lists.register(app, decisions, outbox)
    channels.register(app, desk, outbox)
    devices.register(app, desk, outbox)
    operator.register(app, desk)
    insights.register(app, desk)
    people.register(app, desk, outbox)
    setup.register(app, desk, outbox)
    for room in (commands, actions, events, failures):
        room.register(app, desk, outbox)
