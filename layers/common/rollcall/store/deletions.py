"""Devices that are deleted: each identifier is free again, and what happened stays in the audit (rows P15, B8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rollcall import life
from rollcall.decided import Outcome, Settled
from rollcall.decisions import Judgement, Verdict
from rollcall.errors import Fault
from rollcall.store.audit_items import audit_key, audit_of
from rollcall.store.device_items import TOMBSTONE, generation_of
from rollcall.store.settling import settle
from rollcall.store.uploads_table import HEAD
from rollcall.transitions import Act, Status, sources
from rollcall.uploads import UploadStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rollcall.decisions import Target
    from rollcall.devices import Device
    from rollcall.life import Change, Occasion
    from rollcall.store.audit_items import AuditItem
    from rollcall.store.device_changes import DeviceChanges
    from rollcall.store.transactions import Transactions


class DeletionsStore:
    """Deletes devices.

    Args:
        transactions: the tables.
        changes: reads and writes devices.
        devices: name of the devices table.
        uploads: name of the uploads table.
    """

    def __init__(self, transactions: Transactions, changes: DeviceChanges, *, devices: str, uploads: str) -> None:
        self._transactions = transactions
        self._changes = changes
        self._devices = devices
        self._uploads = uploads

    def delete(
        self,
        occasion: Occasion,
        targets: Sequence[Target],
        *,
        reseller: str,
        act: Act = Act.DELETED,
        guard: Callable[[Device], Fault | None] | None = None,
        release: Occasion | None = None,
    ) -> Outcome:
        """Deletes devices of a reseller, never one whose exchange is under way or whose upload is in progress.

        The same delete tried again changes nothing and gives the same outcome.

        Args:
            occasion: who, when, why; its id names the delete.
            targets: which devices.
            reseller: account id of those who delete.
            act: ``DELETED``, or ``UPLOAD_UNDONE``, which leaves alone what was decided on.
            guard: refuses some that could be deleted.
            release: who of the customer let go what it had accepted; it stands in the history of those devices.

        Returns:
            Of each device whether it is gone. One that an earlier try of this delete has deleted has no device any
            more, but its target names its arrival, and the last entry of its history.

        Raises:
            OutOfTimeError: the caller's time is up; some may be deleted.
        """
        allowed = sources(act)
        running: dict[str, bool] = {}

        def judge(device: Device | None, target: Target) -> Judgement:
            if device is None or device.generation.reseller != reseller:
                return Judgement(Verdict.REFUSED, Fault("NOT_FOUND"))
            if target.generation not in (None, device.generation):
                return Judgement(Verdict.REFUSED, Fault("NOT_FOUND"))
            fault = self._fault(device, allowed, running) or (guard(device) if guard else None)
            if fault:
                return Judgement(Verdict.REFUSED, fault, device.history[-1] if device.history else None)
            return Judgement(Verdict.APPLY)

        def change(device: Device, _: Target) -> Change:
            return life.delete(device, act, occasion, release=release)

        outcome = settle(self._changes, targets, judge, change, act_id=occasion.id)
        missing = [one.target for one in outcome.settled if one.fault and one.fault.code == "NOT_FOUND"]
        own = self._deleted_by(occasion, missing) if missing else {}
        return Outcome(tuple(_recognised(one, own.get(one.target)) for one in outcome.settled))

    def faults(
        self,
        devices: Sequence[Device],
        *,
        act: Act = Act.DELETED,
        guard: Callable[[Device], Fault | None] | None = None,
    ) -> list[Fault | None]:
        """Why devices could not be deleted as they are now, in their order; None for those that could."""
        running = self._running({device.generation.upload for device in devices})
        allowed = sources(act)
        return [self._fault(device, allowed, running) or (guard(device) if guard else None) for device in devices]

    def _fault(self, device: Device, allowed: frozenset[Status | None], running: dict[str, bool]) -> Fault | None:
        if device.status is Status.EXCHANGING:
            return Fault("DEVICE_EXCHANGING")
        if device.status not in allowed:
            return Fault("NOT_PENDING", details={"status": device.status.value})
        upload = device.generation.upload
        if upload not in running:
            # Once an upload is final it stays so, hence it need not be asked again within the transaction.
            running |= self._running([upload])
        return Fault("UPLOAD_IN_PROGRESS") if running[upload] else None

    def _running(self, uploads: Iterable[str]) -> dict[str, bool]:
        """Which uploads are still being stored."""
        heads = self._transactions.get(
            self._uploads, [{"pk": {"S": one}, "sk": {"S": HEAD}} for one in sorted(uploads)]
        )
        return {head["pk"]["S"]: head["status"]["S"] == UploadStatus.IN_PROGRESS for head in heads}

    def _deleted_by(self, occasion: Occasion, targets: Iterable[Target]) -> dict[Target, AuditItem]:
        """Those of the missing that this very delete, tried before, has deleted, with what is left of each."""
        wanted = list(targets)
        unseen = {target.key for target in wanted if target.generation is None}
        items = self._transactions.get(self._devices, [{"id": {"S": key}} for key in sorted(unseen)])
        left = {item["id"]["S"]: generation_of(item) for item in items if item["kind"]["S"] == TOMBSTONE}
        born = {target: one for target in wanted if (one := target.generation or left.get(target.key))}
        keys = [audit_key(one) for one in sorted(set(born.values()), key=str)]
        audits = {one.generation: one for one in map(audit_of, self._transactions.get(self._uploads, keys))}
        return {
            target: audits[one]
            for target, one in born.items()
            if one in audits and audits[one].history[-1].decision == occasion.id
        }


def _recognised(one: Settled, left: AuditItem | None) -> Settled:
    """What came of a device, where an earlier try of the same delete has left that of it."""
    if one.fault is None or left is None:
        return one
    return Settled(replace(one.target, generation=left.generation), done=True, entry=left.history[-1])
