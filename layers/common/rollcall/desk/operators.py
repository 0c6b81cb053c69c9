"""The operators' room: what goes wrong anywhere, without what any company uploads. Everybody else finds no door."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from rollcall.commands import Command, Hint
from rollcall.desk.operator_lists import OperatorLists
from rollcall.desk.operator_quality import OperatorQuality
from rollcall.desk.quality import store_of
from rollcall.desk.turns import Turn
from rollcall.grammar import parse
from rollcall.insights import read_question
from rollcall.operator_words import (
    ALL_WORDS,
    CHANNELS,
    COMPANIES,
    INVITATIONS,
    LETTERS,
    NOTICES,
    OPERATOR,
    OPERATOR_WORDS,
    OVERVIEW,
    QUALITY,
    REPLAY,
)
from rollcall.permissions import Act, allows
from rollcall.references import reference
from rollcall.store.companies import CompaniesStore
from rollcall.store.letters import LettersStore
from rollcall.store.notices import NoticesStore
from rollcall.store.presences import PresencesStore
from rollcall.store.queues import Queue
from rollcall.store.sessions import LazyClient
from rollcall.store.troubles import TroublesStore
from rollcall.store.upload_counts import UploadCounts
from rollcall.store.workspaces import WorkspacesStore
from rollcall.telling.herald import Herald
from rollcall.uploads import utc
from rollcall.views import hints, operator_letters
from rollcall.views import insights as insight_views
from rollcall.views.help import show_help

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.accounts import Operator, Person
    from rollcall.desk.insights import InsightDesk
    from rollcall.operations import Attendance, Overview
    from rollcall.settings import Settings
    from rollcall.store.accounts import AccountsStore
    from rollcall.views.message import Message

    Answer = Callable[[Command, Turn], Message]


class OperatorDesk:
    """Answers operators.

    Args:
        accounts: who is one.
        lists: what they look after.
        notices: those that nobody took.
        herald: has a notice told again.
        jobs: queue of longer work.
        insights: where they look into a company, furnished when somebody enters it.
        quality: tells how good resellers' uploads are.
        invitations: lists those of operators.
        clock: epoch seconds.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        accounts: AccountsStore,
        lists: OperatorLists,
        notices: NoticesStore,
        herald: Herald,
        jobs: Queue,
        insights: Callable[[], InsightDesk],
        quality: Answer,
        invitations: Answer,
        clock: Callable[[], float],
    ) -> None:
        self._accounts = accounts
        self._lists = lists
        self._notices = notices
        self._herald = herald
        self._jobs = jobs
        self._insights = insights
        self._clock = clock
        self._answers: dict[str, Answer] = {
            OVERVIEW: lists.show_overview,
            COMPANIES: lists.list_companies,
            CHANNELS: lists.list_channels,
            NOTICES: lists.list_notices,
            QUALITY: quality,
            INVITATIONS: invitations,
            LETTERS: lists.list_letters,
            # An act is asked for by a slash command or a button of its own; any other text shows what it is about.
            REPLAY: lists.list_letters,
        }

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        accounts: AccountsStore,
        insights: Callable[[Herald, NoticesStore], InsightDesk],
        invitations: Answer,
    ) -> Self:
        """The room on a stack's tables and queues.

        Args:
            settings: names of them.
            accounts: who is an operator.
            insights: furnishes the room where they look into a company.
            invitations: lists those of operators.
        """
        sqs, notices = LazyClient("sqs"), NoticesStore(settings.uploads_table)
        lists = OperatorLists(
            accounts=accounts,
            companies=CompaniesStore(settings.accounts_table),
            presences=PresencesStore(settings.accounts_table),
            counts=UploadCounts(settings.uploads_table),
            notices=notices,
            troubles=TroublesStore(settings.uploads_table),
            workspaces=WorkspacesStore(settings.accounts_table),
            letters=LettersStore(settings.uploads_table),
            install_url=f"{settings.public_url}/slack/install" if settings.public_url else "",
            clock=time.time,
        )
        herald = Herald(notices, Queue(sqs, settings.notices_queue_url))
        return cls(
            accounts=accounts,
            lists=lists,
            notices=notices,
            herald=herald,
            quality=OperatorQuality(
                accounts, CompaniesStore(settings.accounts_table), store_of(settings), time.time
            ).show,
            invitations=invitations,
            insights=cache(lambda: insights(herald, notices)),
            jobs=Queue(sqs, settings.jobs_queue_url),
            clock=time.time,
        )

    def admits(self, person: Person) -> Operator | None:
        """The operator that a person is now; None for everybody else, who is answered as if there were no such room."""
        operator = self._accounts.operator(person)
        return operator if operator and allows(operator.role, Act.OPERATE) else None

    def _may_look(self, person: Person) -> Operator | None:
        operator = self.admits(person)
        return operator if operator and allows(operator.role, Act.SEE_CONTENT_WITH_REASON) else None

    def answer(self, person: Person, text: str, *, names: Mapping[str, str], turn: Turn) -> Message | None:
        """Answers a command of operators; None to everybody else.

        Args:
            person: who asks.
            text: what stood behind the slash command.
            names: area → real name of its command.
            turn: which page.
        """
        operator = self.admits(person)
        if operator is None:
            return None
        if read_question(text) is not None and allows(operator.role, Act.SEE_CONTENT_WITH_REASON):
            return self._insights().answer(operator, text, command=names[""], turn=turn)
        command = parse(text, ALL_WORDS)
        if isinstance(command, Hint):
            return hints.show_hint(command, names[""])
        if command.word == "help":
            return show_help(OPERATOR, names, table=OPERATOR_WORDS)
        return self._answers[command.word](command, turn)

    def ask_why(self, person: Person, value: Mapping[str, object]) -> dict[str, Any] | None:
        """The form that is filled in before somebody looks into a company; None to everybody else.

        Args:
            person: who clicked.
            value: of the button.
        """
        return insight_views.ask(str(value.get("a", ""))) if self._may_look(person) else None

    def look_into(self, person: Person, view: Mapping[str, Any]) -> dict[str, Any] | None:
        """Takes that form; None to everybody else.

        Args:
            person: who sent it.
            view: the form.
        """
        operator = self._may_look(person)
        return self._insights().submit(operator, view) if operator else None

    def retry(self, person: Person, value: Mapping[str, object], *, names: Mapping[str, str]) -> Message | None:
        """Has a notice told once more, and shows the list again; None to everybody else.

        Args:
            person: who clicked.
            value: of the button.
            names: area → real name of its command.
        """
        if self.admits(person) is None:
            return None
        kept = self._notices.get(str(value.get("n", "")))
        if kept is None:
            return self.answer(person, f"{OPERATOR} {NOTICES}", names=names, turn=Turn())
        # What was told meanwhile is told again as it is, and no copy changes.
        self._herald.mark(kept.notice, at=utc(datetime.fromtimestamp(self._clock(), UTC)))
        return self._lists.list_notices(Command(OPERATOR, NOTICES), Turn(), retried=kept.notice.id)

    def look(self, person: Person, queue: str, *, team: str, once: str) -> Message | None:
        """Has dead letters looked at; None to everybody else.

        Args:
            person: who asks.
            queue: name; empty for all.
            team: the workspace whose DM is meant.
            once: names the click.
        """
        if self.admits(person) is None:
            return None
        self._send("look_at_letters", person, {"queue": queue}, team=team, once=once)
        return operator_letters.asked(operator_letters.looking(queue))

    def overview(self) -> Overview:
        """What needs an operator now."""
        return self._lists.overview()

    def attendance(self, account: str) -> Attendance:
        """Whether a company can do its daily work now; for its own admins, and so without asking who they are."""
        return self._lists.attendance(account)

    def replay_named(self, person: Person, text: str, *, team: str, once: str) -> Message | None:
        """The same for what a slash command names; None to everybody else, and where it is not that command.

        Args:
            person: who asks.
            text: what stood behind the slash command.
            team: the workspace whose DM is meant.
            once: names the command.
        """
        command = parse(text, ALL_WORDS)
        if isinstance(command, Hint) or (command.area, command.word) != (OPERATOR, REPLAY):
            return None
        queue, letter = self._lists.find(command.texts[0]) if self.admits(person) else ("", "")
        return self.replay(person, queue, letter, team=team, once=once) if queue else None

    def replay(self, person: Person, queue: str, letter: str, *, team: str, once: str) -> Message | None:
        """Has dead letters sent back; None to everybody else.

        Args:
            person: who asks.
            queue: name.
            letter: id of the one that is meant; empty for all of the queue.
            team: the workspace whose DM is meant.
            once: names the click.
        """
        if self.admits(person) is None:
            return None
        self._send("replay_letters", person, {"queue": queue, "letter": letter}, team=team, once=once)
        return operator_letters.asked(operator_letters.replaying(queue, letter))

    def _send(self, kind: str, person: Person, more: Mapping[str, str], *, team: str, once: str) -> None:
        job = {"kind": kind, "id": reference(once, person.key, kind), "team": team}
        self._jobs.send([{**job, "home_team": person.team, "user": person.user, **more}])
