"""What a decision came to: which devices it moved, which not and why, and what is kept of it as a whole."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from rollcall.conflicts import Generation
from rollcall.decisions import Decision, DecisionKind, Target
from rollcall.waiting import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.devices import Device, HistoryEntry
    from rollcall.errors import Fault


@dataclass(frozen=True, slots=True)
class Settled:
    """What a decision, delete or other step did to one of the devices that were meant.

    Attributes:
        target: which was meant.
        done: the step is taken, by this try or an earlier one of the same.
        device: as it is afterwards; of a delete, as it was before, where that is known.
        fault: why the step is not taken; None if it is, or if it does not concern the device.
        entry: of a step that is not taken: what happened to the device last, by whom and when; None where it is not
            the asker's.
    """

    target: Target
    done: bool = False
    device: Device | None = None
    fault: Fault | None = None
    entry: HistoryEntry | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision or other step did, device by device, in the order in which they were meant."""

    settled: tuple[Settled, ...] = ()

    @property
    def decided(self) -> tuple[Device, ...]:
        """The devices for which the step is taken."""
        return tuple(one.device for one in self.settled if one.done and one.device)

    @property
    def done(self) -> int:
        """For how many of those that were meant the step is taken."""
        return sum(one.done for one in self.settled)

    @property
    def refused(self) -> tuple[Settled, ...]:
        """Those for which it is not, each with its reason."""
        return tuple(one for one in self.settled if one.fault)

    @property
    def by_code(self) -> dict[str, int]:
        """Fault code → devices."""
        counts: dict[str, int] = {}
        for one in self.refused:
            if one.fault:
                counts[one.fault.code] = counts.get(one.fault.code, 0) + 1
        return counts


@dataclass(frozen=True, slots=True)
class Undone:
    """Who took a decision back.

    Attributes:
        id: of the decision that did.
        by: as a history has it.
        at: UTC.
        devices: of how many devices; 0 while its job runs.
    """

    id: str
    by: str
    at: str
    devices: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a decision as a whole.

    Attributes:
        decision: what was decided.
        resellers: account ids of those whose devices these are.
        devices: how many it decided; while its job runs, how many it is about.
        upload: of a decision on an upload: its id.
        selection: of a decision on a part of an upload: which.
        targets: of a decision on single devices: these.
        job: of a decision that a job carries out: its id.
        undone: None while it stands.
        only_this_time: it accepted from a reseller that is not registered.
    """

    decision: Decision
    resellers: tuple[str, ...] = ()
    devices: int = 0
    upload: str = ""
    selection: Selection = field(default_factory=Selection)
    targets: tuple[Target, ...] = ()
    job: str = ""
    undone: Undone | None = None
    only_this_time: bool = False


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """A decision as it is stored, without what is empty."""
    return {name: value for name, value in asdict(decision).items() if value}


def decision_from_json(raw: Mapping[str, Any]) -> Decision:
    """The way back."""
    return Decision(**{**raw, "kind": DecisionKind(raw["kind"])})


def record_to_json(record: Record) -> dict[str, Any]:
    """A record as it is stored; who undid it and when is kept beside it."""
    return {
        "decision": decision_to_json(record.decision),
        "resellers": list(record.resellers),
        "devices": record.devices,
        "upload": record.upload,
        "selection": asdict(record.selection),
        "targets": [_target_to_json(target) for target in record.targets],
        "job": record.job,
        "only_this_time": record.only_this_time,
    }


def record_from_json(raw: Mapping[str, Any], undone: Mapping[str, Any] | None) -> Record:
    """The way back."""
    return Record(
        decision=decision_from_json(raw["decision"]),
        resellers=tuple(raw["resellers"]),
        devices=raw["devices"],
        upload=raw["upload"],
        selection=Selection(**raw["selection"]),
        targets=tuple(map(_target_from_json, raw["targets"])),
        job=raw["job"],
        undone=Undone(**undone) if undone else None,
        only_this_time=raw["only_this_time"],
    )


def _target_to_json(target: Target) -> list[Any]:
    born = target.generation
    return [target.key, [born.reseller, born.customer, born.upload, born.line] if born else None, target.approval_id]


def _target_from_json(raw: list[Any]) -> Target:
    key, born, approval_id = raw
    return Target(key, Generation(*born) if born else None, approval_id)
