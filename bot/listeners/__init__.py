"""What Slack sends, by kind. A listener reads the payload, asks the desk, and shows the answer."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from listeners.claims import LAST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slack_bolt import App

    from rollcall.desk import ApprovalDesk, Counter, Desk, Outbox


def register(
    app: App, desk: Desk, outbox: Outbox, counter: Counter, decisions: ApprovalDesk, *, rooms: Sequence[str]
) -> None:
    """Adds the listeners of some rooms; those that catch what no other knows come last.

    Args:
        app: that they are added to.
        desk: answers questions.
        outbox: sends what is answered later or elsewhere.
        counter: takes files.
        decisions: takes decisions.
        rooms: names out of `listeners.claims.ALL`. Only their modules are imported.
    """
    tools = {
        "uploads": (counter, outbox),
        "approvals": (decisions, desk),
        "approval_lists": (decisions, outbox),
        "rules": (decisions,),
        "operator": (desk,),
        "insights": (desk,),
    }
    for room in (*rooms, *LAST):
        import_module(f"listeners.{room}").register(app, *tools.get(room, (desk, outbox)))
