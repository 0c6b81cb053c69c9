"""How good uploads are: a reseller asks about itself, a customer about each of its resellers (row B22)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from rollcall.quality import Period, weeks_back
from rollcall.store.deadlines import seconds_left
from rollcall.store.quality import QualityStore
from rollcall.store.sessions import LazyClient
from rollcall.store.transactions import Transactions
from rollcall.uploads import utc
from rollcall.views import quality as views

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.commands import Command
    from rollcall.desk.exports import ExportDesk
    from rollcall.desk.turns import Turn
    from rollcall.settings import Settings
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


class QualityDesk:
    """Answers questions about quality.

    Args:
        store: the figures.
        exports: takes orders for files.
        now: the time, with a time zone.
    """

    def __init__(self, store: QualityStore, exports: ExportDesk, now: Callable[[], datetime]) -> None:
        self._store = store
        self._exports = exports
        self._now = now

    @classmethod
    def from_settings(cls, settings: Settings, exports: ExportDesk) -> Self:
        """The desk on a stack's tables."""
        return cls(store_of(settings), exports, lambda: datetime.now(UTC))

    def show(self, reader: Reader, command: Command, turn: Turn) -> Message:
        """The figures of a period, or the order for them as a file."""
        period = period_of(command)
        if period is None:
            return views.no_period(command.options.get("period", ""), reader)
        if command.options.get("csv"):
            return self._exports.ask(reader, command, turn)
        first, last = weeks_back(utc(self._now()), period.weeks)
        summed, parts = self._store.seen_by(reader.acting, first, last)
        return views.page(summed, parts, period, first, reader)

    def home(self, reader: Reader) -> list[str]:
        """The last four weeks in a line or two, for App Home."""
        first, last = weeks_back(utc(self._now()), Period.MONTH.weeks)
        return views.home_lines(self._store.seen_by(reader.acting, first, last)[0], say=reader.say)


def store_of(settings: Settings) -> QualityStore:
    """The figures on a stack's tables, with a client that is made when it is first used."""
    client = LazyClient("dynamodb")
    return QualityStore(client, Transactions(client, seconds_left=seconds_left), settings.uploads_table)


def period_of(command: Command) -> Period | None:
    """The period that somebody asks for, a month where they name none; None for one that there is not."""
    try:
        return Period((command.options.get("period") or Period.MONTH).casefold())
    except ValueError:
        return None
