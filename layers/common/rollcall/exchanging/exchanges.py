"""Begins exchanges for people."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rollcall import exchanges
from rollcall.approvals.answers import Denied
from rollcall.decisions import Target
from rollcall.errors import Fault
from rollcall.identifiers import IdKind, candidates, read
from rollcall.permissions import Act, allows

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.conflicts import Generation
    from rollcall.devices import Device
    from rollcall.exchanges import Exchange
    from rollcall.identifiers import Identifier
    from rollcall.removing.removers import Remover
    from rollcall.store.claims import Claims
    from rollcall.store.device_changes import DeviceChanges
    from rollcall.store.exchange_records import ExchangeRecords
    from rollcall.store.exchanges import ExchangesStore
    from rollcall.store.queues import Queue
    from rollcall.telling.decisions import Tidings

_SLOTS = ("imei", "imei2")


class Exchanges:
    """Begins exchanges.

    Args:
        records: where they are kept.
        store: moves devices.
        changes: reads devices.
        claims: knows which identifiers are free.
        tidings: brings the messages about the devices up to date.
        queue: of jobs.
        now: the time, with a time zone.
    """

    def __init__(
        self,
        *,
        records: ExchangeRecords,
        store: ExchangesStore,
        changes: DeviceChanges,
        claims: Claims,
        tidings: Tidings,
        queue: Queue,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._records = records
        self._store = store
        self._changes = changes
        self._claims = claims
        self._tidings = tidings
        self._queue = queue
        self._now = now

    def begin(
        self,
        remover: Remover,
        old: str,
        new: str,
        *,
        once: str,
        shown: Generation | None = None,
        reference: str = "",
    ) -> Exchange | Denied:
        """Begins to exchange an IMEI.

        Args:
            remover: who.
            old: the IMEI that the device has, as typed.
            new: the IMEI that it gets, as typed.
            once: names the occasion: the same one begins one exchange.
            shown: the arrival that was shown; None where somebody typed the IMEI.
            reference: the id under which the logs tell more.

        Raises:
            OutOfTimeError: the caller's time is up; nothing has begun, or the exchange is there for the next try.
        """
        if not allows(remover.role, Act.DELETE):
            return Denied((Fault("DECISION_NOT_ALLOWED"),))
        found = self._device(remover, old, shown)
        if isinstance(found, Denied):
            return found
        device, slot = found
        reading = read(new, frozenset({IdKind.IMEI}))
        if reading.identifier is None:
            return Denied(reading.faults or (Fault("EXCHANGE_NOT_IMEI", value=new),))
        exchange = exchanges.begin(
            once=once,
            device=device.id,
            generation=device.generation,
            slot=slot,
            old=device.ids[slot].value,
            new=reading.identifier.value,
            by=remover.by,
            person=remover.person,
            at=self._now(),
            reference=reference,
        )
        return self._records.get(exchange.id) or self._begin(exchange, reading.identifier)

    def _device(self, remover: Remover, old: str, shown: Generation | None) -> tuple[Device, str] | Denied:
        """The reseller's device that has an IMEI, and in which slot."""
        keys = [one.key for one in candidates(old)]
        found = self._changes.read(keys)
        device = next((found[key] for key in keys if key in found), None)
        if device is None or device.generation.reseller != remover.account:
            return Denied((Fault("NOT_FOUND", value=old),))
        if shown not in (None, device.generation):
            return Denied((Fault("NOT_FOUND", value=old),))
        slot = next((one for one in _SLOTS if one in device.ids and device.ids[one].key in keys), "")
        if slot:
            return device, slot
        code = "EXCHANGE_FORMER" if set(keys) & {*device.former, device.stored_under} else "EXCHANGE_NOT_IMEI"
        return Denied((Fault(code, value=old),))

    def _begin(self, exchange: Exchange, replacement: Identifier) -> Exchange | Denied:
        if self._claims.look_up([replacement.key]):
            # Whose it is, is nobody's business, also where it is the asker's own.
            return Denied((Fault("IDENTIFIER_TAKEN", value=replacement.value),))
        target = Target(exchange.device, exchange.generation)
        record = self._records.put_action(exchange, at=exchange.next_at, now=self._now().timestamp())
        outcome = self._store.begin(exchange.occasion, target, reseller=exchange.account, extra=lambda _: [record])
        if outcome.refused:
            return Denied(tuple(one.fault for one in outcome.refused if one.fault))
        self._queue.send([{"kind": "exchange", "id": exchange.id}])
        self._tidings.devices_changed([exchange.generation])
        return self._records.get(exchange.id) or exchange
