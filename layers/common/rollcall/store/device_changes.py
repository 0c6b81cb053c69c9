"""Takes devices a step further: all of a transaction or nothing of it, with the figures of their uploads.

Each step is conditional on what was read. Where somebody was faster the step is asked again about the device as it is
now, and either goes on from there or leaves it alone; the other devices of the transaction are tried again without it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from rollcall.quality import Quality
from rollcall.samples import samples
from rollcall.store.change_actions import change_actions, delta_action, unlocked_action
from rollcall.store.device_batches import by_part, by_partners, filled
from rollcall.store.device_items import DEVICE, POINTER, device_of, generation_of
from rollcall.store.quality_actions import add_action
from rollcall.store.transactions import TRANSACTION_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rollcall.devices import Device
    from rollcall.life import Change
    from rollcall.store.change_actions import Action
    from rollcall.store.transactions import Failed, Transactions

    #: What becomes of the device at a place of the list: a change, or None to leave it alone. It is asked again if the
    #: device is another one by then; None for a device that is gone.
    Step = Callable[[int, Device | None], Change | None]
    #: Further actions, to be written together with changes.
    Extra = Callable[[Sequence[Change]], Sequence[Action]]

#: How often a pointer is read again whose device has become another one in between.
_TRIES: Final = 3
#: The most further actions that may go with a change: a rule's are the record of its decision, its count and its maker.
FURTHER: Final = 3


class TooManyError(Exception):
    """More devices than one transaction holds."""


class ChangedError(Exception):
    """A device of an all-or-nothing change is not what it was; nothing was written."""


class LockedError(Exception):
    """Somebody is deciding on a whole upload, so nothing of it may come back to PENDING now.

    Attributes:
        part: what the customer's part of the upload says, as DynamoDB sends it.
    """

    def __init__(self, part: Mapping[str, Any]) -> None:
        self.part = part
        super().__init__(f"{part['pk']['S']} is being decided on")


class TakenError(Exception):
    """A new identifier of a device is held by another device."""


class ExtraError(Exception):
    """A further action of the first transaction was refused; nothing was written.

    Attributes:
        place: of the action among the further ones.
        item: what was there; None if nothing was.
    """

    def __init__(self, place: int, item: Mapping[str, Any] | None) -> None:
        self.place = place
        self.item = item
        super().__init__(f"action {place} was refused")


class DeviceChanges:
    """Reads devices and changes them.

    Args:
        transactions: the tables.
        devices: name of the devices table.
        uploads: name of the uploads table.
        clock: epoch seconds.
    """

    def __init__(
        self, transactions: Transactions, *, devices: str, uploads: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._transactions = transactions
        self._devices = devices
        self._uploads = uploads
        self._clock = clock

    def read(self, keys: Iterable[str]) -> dict[str, Device]:
        """The devices that have these identifiers now: typed key → device; keys of no device are left out.

        Raises:
            OutOfTimeError: the worker's time is up.
        """
        found: dict[str, Device] = {}
        wanted = list(dict.fromkeys(keys))
        for _ in range(_TRIES):
            items = self._items(wanted)
            found |= {key: device_of(item) for key, item in items.items() if item["kind"]["S"] == DEVICE}
            pointers = {key: item for key, item in items.items() if item["kind"]["S"] == POINTER}
            targets = self._items(dict.fromkeys(item["device"]["S"] for item in pointers.values()))
            wanted = []
            for key, pointer in pointers.items():
                target = targets.get(pointer["device"]["S"])
                if target and target["kind"]["S"] == DEVICE and generation_of(target) == generation_of(pointer):
                    found[key] = device_of(target)
                else:
                    wanted.append(key)
        return found

    def apply(
        self,
        devices: Sequence[Device],
        step: Step,
        *,
        act_id: str,
        extra: Extra | None = None,
        owner: str = "",
        whole: bool = False,
    ) -> list[Change]:
        """Takes devices a step further.

        Args:
            devices: as read, each once.
            step: what becomes of each.
            act_id: names the decision, delete or exchange; part of the key of what it does to the figures.
            extra: further actions, at most `FURTHER` and as many at each call, to be written together with the changes
                that it is told. With them all must fit into one transaction; without any change they are not written.
            owner: id of the decision on a whole upload that this is a share of.
            whole: all devices or none.

        Returns:
            What was changed. The order is that of the devices.

        Raises:
            TooManyError: one transaction cannot hold what must be in one.
            ChangedError: one of all devices was changed by somebody else.
            LockedError: somebody is deciding on the whole upload.
            TakenError: a new identifier is held by another device.
            ExtraError: a further action was refused.
            OutOfTimeError: the worker's time is up; some may be changed.
        """
        changes = [(place, change) for place, device in enumerate(devices) if (change := step(place, device))]
        further = len(self._further(extra, [change for _, change in changes]))
        batches = list(filled(changes, room=TRANSACTION_ACTIONS - further))
        if len(batches) > 1 and (whole or extra):
            raise TooManyError
        if whole and len(changes) < len(devices):
            raise ChangedError
        taken = (self._apply(batch, step, act_id, extra, owner, whole=whole) for batch in batches)
        return [change for changed in taken for change in changed]

    def _apply(
        self,
        batch: Sequence[tuple[int, Change]],
        step: Step,
        act_id: str,
        extra: Extra | None,
        owner: str,
        *,
        whole: bool,
    ) -> list[Change]:
        current = dict(batch)
        while current:
            further = self._further(extra, list(current.values()))
            actions, places = self._actions(current, act_id, further, owner)
            failed = self._transactions.write(actions)
            if not failed:
                break
            self._raise_for(failed, places, len(current), whole=whole)
            for one in failed:
                kind, place = places[one.place]
                if kind == "device":
                    change = step(place, _still(one, current[place].before))
                    current.pop(place)
                    if change:
                        current[place] = change
        return [current[place] for place in sorted(current)]

    @staticmethod
    def _further(extra: Extra | None, changes: Sequence[Change]) -> Sequence[Action]:
        further = extra(changes) if extra and changes else ()
        if len(further) > FURTHER:
            raise ValueError(f"{len(further)} further actions, and there are {FURTHER} at the most")
        return further

    def _actions(
        self, current: Mapping[int, Change], act_id: str, extra: Sequence[Action], owner: str
    ) -> tuple[list[Action], list[tuple[str, int]]]:
        """The actions, and for each of them what it is about."""
        now = self._clock()
        actions: list[Action] = list(extra)
        places = [("extra", number) for number in range(len(extra))]
        for place, change in current.items():
            made = change_actions(change, self._devices, self._uploads, now=now)
            actions += made
            places += [("device", place), *[("further", place)] * (len(made) - 1)]
        for group in by_part(current.values()):
            actions.append(delta_action(group, act_id, self._uploads))
            places.append(("delta", 0))
            born = group[0].before.generation
            if any(change.reopens for change in group):
                actions.append(unlocked_action(born.upload, born.customer, self._uploads, owner=owner, now=now))
                places.append(("lock", 0))
        for group in by_partners(current.values()):
            born = group[0].before.generation
            for week, hours in samples(group).items():
                added = Quality(hours=hours)
                actions.append(
                    add_action(self._uploads, reseller=born.reseller, customer=born.customer, week=week, added=added)
                )
                places.append(("quality", 0))
        return actions, places

    def _raise_for(
        self, failed: Sequence[Failed], places: Sequence[tuple[str, int]], devices: int, *, whole: bool
    ) -> None:
        kinds = {places[one.place][0]: one for one in failed}
        if "extra" in kinds:
            raise ExtraError(places[kinds["extra"].place][1], kinds["extra"].item)
        if "device" in kinds:
            if whole:
                raise ChangedError
            return
        if "lock" in kinds:
            raise LockedError(kinds["lock"].item or {})
        if "further" in kinds:
            raise TakenError
        raise RuntimeError(f"the figures of this very change are stored already, but none of its {devices} devices is")

    def _items(self, keys: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        asked = [{"id": {"S": key}} for key in keys]
        return {item["id"]["S"]: item for item in self._transactions.get(self._devices, asked)}


def _still(failed: Failed, before: Device) -> Device | None:
    """The device as it is now; None if it is gone, or another one lies under its id."""
    item = failed.item
    if item is None or item["kind"]["S"] != DEVICE:
        return None
    device = device_of(item)
    return device if device.generation == before.generation else None
