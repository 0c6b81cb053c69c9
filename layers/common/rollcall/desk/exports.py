"""Lists as CSV files: asked for here, written by a job (row P14)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from rollcall.commands import render
from rollcall.references import reference
from rollcall.views import exports as views

if TYPE_CHECKING:
    from rollcall.commands import Command
    from rollcall.desk.turns import Turn
    from rollcall.store.queues import Queue
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


class ExportDesk:
    """Takes orders for exports.

    Args:
        jobs: queue of longer work.
    """

    def __init__(self, jobs: Queue) -> None:
        self._jobs = jobs

    def ask(self, reader: Reader, command: Command, turn: Turn) -> Message:  # noqa: ARG002 - every answer is asked for alike
        """Has the list written and sent into the asker's DM."""
        question = render(command)
        person = reader.acting.member.person
        self._jobs.send(
            [
                {
                    "kind": "export",
                    "id": reference(secrets.token_hex(), person.key),
                    "team": person.team,
                    "home_team": person.team,
                    "user": person.user,
                    "account": reader.acting.account,
                    "question": question,
                }
            ]
        )
        return views.under_way(question, reader)
