"""One step for many devices that somebody means: each is judged as it is, and of each is said what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decided import Outcome, Settled
from rollcall.decisions import Judgement, Verdict
from rollcall.errors import Fault
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.decisions import Target
    from rollcall.devices import Device
    from rollcall.life import Change
    from rollcall.store.change_actions import Action
    from rollcall.store.device_changes import DeviceChanges

#: Entries of a device's history from which on it only ends: each takes up to 650 bytes of the 400 KB of an item, and a
#: step that the item had no room for would be tried again for ever. Nobody decides so often on one device by hand.
MOST_ENTRIES: Final = 500


def settle(
    changes: DeviceChanges,
    targets: Sequence[Target],
    judge: Callable[[Device | None, Target], Judgement],
    change: Callable[[Device, Target], Change],
    *,
    act_id: str,
    extra: Callable[[Sequence[Change]], Sequence[Action]] | None = None,
    owner: str = "",
) -> Outcome:
    """Takes the devices that are meant a step further, where that may be.

    Args:
        changes: reads and writes.
        targets: which are meant. A device that is meant twice is changed once, and the step counts as taken both times.
        judge: whether the step may be taken; asked again about a device that somebody else has changed meanwhile.
        change: the step.
        act_id: see `DeviceChanges.apply`, also for the errors.
        extra: likewise.
        owner: likewise.
    """
    found = changes.read(target.key for target in targets)
    places: dict[str, int] = {}
    for place, target in enumerate(targets):
        if target.key in found:
            places.setdefault(found[target.key].id, place)
    meant = [(targets[place], found[targets[place].key]) for place in places.values()]
    judged: dict[str, tuple[Judgement, Device | None]] = {}

    def step(number: int, device: Device | None) -> Change | None:
        target, read = meant[number]
        judgement = judge(device, target)
        made = change(device, target) if device and judgement.verdict is Verdict.APPLY else None
        if made and _is_full(made):
            judgement, made = Judgement(Verdict.REFUSED, Fault("HISTORY_FULL")), None
        judged[read.id] = (judgement, device)
        return made

    made = changes.apply([device for _, device in meant], step, act_id=act_id, extra=extra, owner=owner)
    after = {one.before.id: one.after or one.before for one in made}
    settled = []
    for target in targets:
        device = found.get(target.key)
        judgement, now = judged[device.id] if device else (judge(None, target), None)
        if judgement.verdict in (Verdict.APPLY, Verdict.DONE):
            settled.append(Settled(target, done=True, device=after.get(device.id, now) if device else None))
        else:
            settled.append(Settled(target, fault=judgement.fault, entry=judgement.entry))
    return Outcome(tuple(settled))


def _is_full(made: Change) -> bool:
    """Whether a step would make a history longer than it may be. An exchange that has begun comes to its end."""
    before, after = made.before, made.after
    return after is not None and before.status is not Status.EXCHANGING and len(before.history) >= MOST_ENTRIES
