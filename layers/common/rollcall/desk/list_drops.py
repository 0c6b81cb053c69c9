"""Lists in the bot's messages: looked up, or accepted by (rows B14, P26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.acting import Stranger, Undecided
from rollcall.desk.list_jobs import ListOf
from rollcall.permissions import Act, allows
from rollcall.views import hints
from rollcall.views import list_drops as views
from rollcall.views import look_ups as look_up_views
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from rollcall.accounts import Person
    from rollcall.desk.visits import Visits
    from rollcall.store.drops import Drop, DropsStore
    from rollcall.store.queues import Queue
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


class ListDrops:
    """Has files in the bot's messages worked on as lists.

    Args:
        visits: who sent them.
        drops: the files.
        jobs: queue of longer work.
    """

    def __init__(self, visits: Visits, drops: DropsStore, jobs: Queue) -> None:
        self._visits = visits
        self._drops = drops
        self._jobs = jobs

    def look_up(self, person: Person, drop_id: str, *, team: str, once: str) -> Message | str:
        """Has the devices in dropped files looked up; the files stay, and something else may be done with them.

        Args:
            person: who pressed.
            drop_id: the files.
            team: the workspace they lie in.
            once: names the click.

        Returns:
            What is said below the question, as mrkdwn; or a message in its place.
        """
        found = self._enter(person, drop_id)
        if not isinstance(found, tuple):
            return found
        reader, drop = found
        lists = [ListOf(file, person, drop.account, team) for file in drop.files]
        self._jobs.send([one.look_up(once) for one in lists])
        return look_up_views.under_way(tuple(file.name for file in drop.files), reader)

    def accept(self, person: Person, drop_id: str, *, team: str) -> Message:
        """Has the devices in dropped files accepted, as by the form for lists; the arguments are those of `look_up`.

        Whether they may decide is asked once more when each list is read.
        """
        found = self._enter(person, drop_id)
        if not isinstance(found, tuple):
            return found
        reader, drop = found
        if not allows(reader.acting.member.role, Act.DECIDE):
            return hints.not_allowed(Act.DECIDE, reader)
        self._jobs.send([ListOf(file, person, drop.account, team).accept() for file in drop.files])
        return views.accepting(drop.files, reader)

    def _enter(self, person: Person, drop_id: str) -> tuple[Reader, Drop] | Message:
        drop = self._drops.get(drop_id)
        if drop and drop.person != person.key:
            drop = None
        who = self._visits.who(person, named=drop.account if drop else "", command=COMMAND)
        if isinstance(who, Stranger | Undecided):
            return self._visits.turned_away(who, question="me", command=COMMAND)
        return (who, drop) if drop else views.gone(who)
