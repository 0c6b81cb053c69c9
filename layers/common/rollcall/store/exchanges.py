"""Devices whose IMEI is exchanged (row B21), and devices that the registry has come to recognise (row P7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall import life
from rollcall.decisions import Judgement, Verdict
from rollcall.errors import Fault
from rollcall.store.device_changes import TakenError
from rollcall.store.settling import settle
from rollcall.transitions import Act, Status, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.decided import Outcome
    from rollcall.decisions import Target
    from rollcall.devices import Device
    from rollcall.identifiers import Identifier
    from rollcall.life import Change, Occasion
    from rollcall.store.change_actions import Action
    from rollcall.store.device_changes import DeviceChanges


class ExchangesStore:
    """Begins and ends exchanges, and heals devices.

    Args:
        changes: reads and writes devices.
    """

    def __init__(self, changes: DeviceChanges) -> None:
        self._changes = changes

    def begin(
        self,
        occasion: Occasion,
        target: Target,
        *,
        reseller: str,
        extra: Callable[[Sequence[Change]], Sequence[Action]] | None = None,
    ) -> Outcome:
        """Begins an exchange.

        Args:
            occasion: who and when; its id names the exchange.
            target: the device.
            reseller: account id of those who exchange.
            extra: further actions, written if and only if the exchange begins.
        """

        def judge(device: Device | None, meant: Target) -> Judgement:
            if device is None or device.generation.reseller != reseller:
                return Judgement(Verdict.REFUSED, Fault("NOT_FOUND"))
            return _judge(device, meant, occasion, Act.EXCHANGE_BEGUN)

        return settle(
            self._changes,
            [target],
            judge,
            lambda device, _: life.begin_exchange(device, occasion),
            act_id=occasion.id,
            extra=extra,
        )

    def end(
        self, occasion: Occasion, target: Target, *, slot: str = "", replacement: Identifier | None = None
    ) -> Outcome:
        """Ends an exchange: the device goes back to the state it had.

        Args:
            occasion: its id is that of the exchange, its note how it ended.
            target: the device.
            slot: of an exchange that succeeded: which identifier is replaced.
            replacement: by what.

        Raises:
            TakenError: the new identifier is another device's; the exchange has still to be ended, without it.
            LockedError: the device would be PENDING again while somebody decides on its whole upload; try later.
        """

        def judge(device: Device | None, meant: Target) -> Judgement:
            begun = device and any(
                entry.decision == occasion.id and entry.act is Act.EXCHANGE_BEGUN for entry in device.history
            )
            if not begun:
                return Judgement(Verdict.NOT_CONCERNED)
            return _judge(device, meant, occasion, Act.EXCHANGE_ENDED)

        def change(device: Device, _: Target) -> Change:
            return life.end_exchange(device, occasion, slot=slot, replacement=replacement)

        return settle(self._changes, [target], judge, change, act_id=f"{occasion.id}-end")

    def heal(self, occasion: Occasion, targets: Sequence[Target]) -> Outcome:
        """Lets devices that the registry recognises now wait for their customer's decision.

        Args:
            occasion: who asked the registry, and when.
            targets: the devices; those that are not in MPTS_ERROR are left alone.

        Raises:
            LockedError: somebody decides on the whole upload of one of them; try later.
        """

        def judge(device: Device | None, meant: Target) -> Judgement:
            if device is not None and device.status is not Status.MPTS_ERROR:
                own = any(entry.decision == occasion.id and entry.act is Act.HEALED for entry in device.history)
                return Judgement(Verdict.DONE if own else Verdict.NOT_CONCERNED)
            return _judge(device, meant, occasion, Act.HEALED)

        return settle(self._changes, targets, judge, lambda device, _: life.heal(device, occasion), act_id=occasion.id)


def _judge(device: Device | None, target: Target, occasion: Occasion, act: Act) -> Judgement:
    if device is None or target.generation not in (None, device.generation):
        return Judgement(Verdict.REFUSED, Fault("NOT_FOUND"))
    if any(entry.decision == occasion.id and entry.act is act for entry in device.history):
        return Judgement(Verdict.DONE)
    if device.status in sources(act):
        return Judgement(Verdict.APPLY)
    code = "DEVICE_EXCHANGING" if device.status is Status.EXCHANGING else "NOT_EXCHANGEABLE"
    return Judgement(Verdict.REFUSED, Fault(code, details={"status": device.status.value}), device.history[-1])


__all__ = ["ExchangesStore", "TakenError"]
