"""Carries exchanges out: asks the exchange system, and ends them as it says, or when their time is up.

How an exchange ends is stored before the device follows, so that whoever goes on after a crash ends it alike, whatever
the system says by then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rollcall.decisions import Target
from rollcall.exchanges import ExchangeState, Verdict
from rollcall.identifiers import Identifier, IdKind
from rollcall.notices import exchange_notice
from rollcall.store.device_changes import LockedError, TakenError
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rollcall.exchanges import Exchange, ExchangeSystem
    from rollcall.store.exchange_records import ExchangeRecords
    from rollcall.store.exchanges import ExchangesStore
    from rollcall.store.queues import Queue
    from rollcall.telling.decisions import Tidings
    from rollcall.telling.herald import Herald

_TAKEN: Final = "the new IMEI belongs to another device"
#: Until a device is tried again whose whole upload somebody is deciding on.
_AGAIN: Final = timedelta(minutes=1)
#: Until the clock sends an exchange on once more whose message may be lost.
_LOST: Final = timedelta(minutes=5)


class ExchangeRunner:
    """Works on exchanges. Safe to repeat at any point, and by two workers at once.

    Args:
        records: where they are kept.
        store: moves devices.
        system: exchanges.
        tidings: brings the messages about the devices up to date.
        herald: tells those who asked.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        records: ExchangeRecords,
        store: ExchangesStore,
        system: ExchangeSystem,
        tidings: Tidings,
        herald: Herald,
        now: Callable[[], datetime],
    ) -> None:
        self._records = records
        self._store = store
        self._system = system
        self._tidings = tidings
        self._herald = herald
        self._now = now

    def run(self, id_: str) -> Exchange | None:
        """Works on an exchange as far as it goes; the clock sends it on.

        Returns:
            The exchange as it is then; None if there is none.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        exchange = self._records.get(id_)
        if exchange is None:
            return None
        if exchange.is_over:
            return self._settle(exchange)
        if exchange.outcome is ExchangeState.BEGUN:
            judged = self._judge(exchange)
            if judged.is_over or judged.outcome is ExchangeState.BEGUN:
                return self._settle(judged)
            exchange = judged
        return self._end(exchange)

    def _judge(self, exchange: Exchange) -> Exchange:
        """The exchange with its outcome, if that is known by now; as it is stored."""
        now = self._now()
        if utc(now) >= exchange.deadline:
            return self._save(exchange.ends(ExchangeState.NOT_CONFIRMED, at=utc(now)))
        answer = self._system.exchange(exchange)
        now = self._now()
        if answer.verdict is Verdict.DONE:
            return self._save(exchange.ends(ExchangeState.DONE, at=utc(now)))
        if answer.verdict is Verdict.FAILED:
            return self._save(exchange.ends(ExchangeState.FAILED, at=utc(now), reason=answer.reason))
        return self._save(exchange.asked(now))

    def _end(self, exchange: Exchange) -> Exchange:
        """Lets the device go back to the state it had, with its new IMEI if it has one."""
        replacement = Identifier(IdKind.IMEI, exchange.new) if exchange.outcome is ExchangeState.DONE else None
        try:
            self._store.end(
                exchange.end,
                Target(exchange.device, exchange.generation),
                slot=exchange.slot if replacement else "",
                replacement=replacement,
            )
        except TakenError:
            return self._end(self._save(exchange.ends(ExchangeState.FAILED, at=utc(self._now()), reason=_TAKEN)))
        except LockedError:
            return self._save(replace(exchange, next_at=utc(self._now() + _AGAIN)))
        return self._settle(self._save(replace(exchange, state=exchange.outcome)))

    def _settle(self, exchange: Exchange) -> Exchange:
        """What follows the end; a repeat does the same again."""
        if exchange.is_over:
            self._tidings.devices_changed([exchange.generation])
            if exchange.person:
                notice = exchange_notice(exchange.id, exchange.account, exchange.person)
                self._herald.mark(notice, at=utc(self._now()))
        return exchange

    def _save(self, exchange: Exchange) -> Exchange:
        """The exchange as it is stored now; by somebody else, if they were faster."""
        saved = self._records.save(exchange, at=exchange.next_at, now=self._now().timestamp())
        return saved or self._records.get(exchange.id) or exchange


class ExchangeClock:
    """Sends exchanges on that are to be looked at again, and those whose time is up.

    Args:
        records: where they are kept.
        queue: of jobs.
        now: the time, with a time zone.
    """

    def __init__(self, records: ExchangeRecords, queue: Queue, now: Callable[[], datetime]) -> None:
        self._records = records
        self._queue = queue
        self._now = now

    def sweep(self, *, enough: Callable[[], bool] = lambda: False) -> list[Exchange]:
        """Sends on what is due; safe to repeat at any point.

        Args:
            enough: asked before each; the rest waits for the next look.
        """
        now = self._now()
        sent = []
        for exchange in self._records.due(at=utc(now)):
            if enough():
                break
            if self._records.touch(exchange, at=utc(now + _LOST)):
                self._queue.send([{"kind": "exchange", "id": exchange.id}])
                sent.append(exchange)
        return sent
