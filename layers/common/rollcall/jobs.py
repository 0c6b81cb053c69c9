"""Work that takes longer than a click may: what it is, how far it has come, what it came to."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from rollcall.decided import decision_from_json, decision_to_json
from rollcall.upload_ids import crockford
from rollcall.waiting import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rollcall.decisions import Decision
    from rollcall.devices import Device

#: Of a job for which it does not matter what was shown of its upload.
ANY_VERSION: Final = -1
#: Refused devices that a job itself names; a list's are all in its report.
NAMED: Final = 20
#: Devices of one upload that what a list touched names.
SAMPLES: Final = 5
_ID_CHARACTERS: Final = 16


class JobKind(StrEnum):
    """What a job does."""

    DECIDE_UPLOAD = "decide_upload"
    DECIDE_LIST = "decide_list"
    UNDO_DECISION = "undo_decision"
    BULK_ACCEPT = "bulk_accept"


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    REFUSED = "REFUSED"  # as a whole: nothing was decided


@dataclass(frozen=True, slots=True)
class Place:
    """Up to where a job has worked: all before it is done.

    Attributes:
        chunk: of an upload: number of the chunk; of a list: number of the page.
        line: of an upload: the last line that is done.
    """

    chunk: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class NamedRefusal:
    """A device that was not decided on: its key or what stood in the list, and why."""

    value: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What a job that works through a list did to the devices of one upload.

    Attributes:
        upload: upload id.
        reseller: account id.
        devices: of how many its decision is made.
        keys: typed keys of the first of them.
    """

    upload: str
    reseller: str
    devices: int
    keys: tuple[str, ...] = ()

    def with_more(self, other: Touched) -> Touched:
        """Both together."""
        return replace(self, devices=self.devices + other.devices, keys=(*self.keys, *other.keys)[:SAMPLES])


def touched_by(devices: Iterable[Device]) -> tuple[Touched, ...]:
    """What was done to some devices, upload by upload."""
    return merged(
        Touched(device.generation.upload, device.generation.reseller, 1, (device.primary.key,)) for device in devices
    )


def merged(several: Iterable[Touched]) -> tuple[Touched, ...]:
    """The same, each upload once, in the order in which they come."""
    found: dict[tuple[str, str], Touched] = {}
    for one in several:
        known = found.get((one.upload, one.reseller))
        found[one.upload, one.reseller] = known.with_more(one) if known else one
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is stored.

    Attributes:
        id: ``J-…``.
        kind: what it does.
        account: customer id of those for whom it works.
        decision: what is decided on each device.
        upload: of a decision on an upload, or its undo: upload id.
        selection: which of its devices.
        version: of the upload when it was shown; `ANY_VERSION` where that does not matter.
        pages_of: id of the job whose list is worked on: of a list its own, of an undo that of the decision.
        pages: how many the list has.
        only_this_time: accept from resellers that are not registered.
        source: key of the file that a list came as; empty if it was typed.
        source_version: version of that.
        reply: where to say what came of it; only those who asked understand it.
        state: how far it is.
        total: devices, or lines of the list, that it is about.
        done: of these: how many it has worked on.
        decided: how many are decided now.
        by_code: fault code → how many are not.
        refused: the first of those.
        place: where it goes on.
        passes: how often it began anew because the index of devices lagged behind.
        revision: grows with each time it is stored.
        created_at: UTC; ``finished_at`` likewise, empty while it runs.
        fault: code of the reason for which it was refused as a whole.
        reference: the id under which the logs tell more.
    """

    id: str
    kind: JobKind
    account: str
    decision: Decision
    created_at: str
    upload: str = ""
    selection: Selection = field(default_factory=Selection)
    version: int = ANY_VERSION
    pages_of: str = ""
    pages: int = 0
    only_this_time: bool = False
    source: str = ""
    source_version: str = ""
    reply: Mapping[str, str] = field(default_factory=dict)
    state: JobState = JobState.WAITING
    total: int = 0
    done: int = 0
    decided: int = 0
    by_code: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[NamedRefusal, ...] = ()
    place: Place = field(default_factory=Place)
    passes: int = 0
    revision: int = 0
    finished_at: str = ""
    fault: str = ""
    reference: str = ""

    @property
    def is_over(self) -> bool:
        """Nothing is left to do."""
        return self.state in (JobState.DONE, JobState.REFUSED)

    def refuse(self, code: str, *, at: str) -> Job:
        """The job that ends without having done anything."""
        return replace(self, state=JobState.REFUSED, fault=code, finished_at=at)

    def begin_again(self) -> Job:
        """The job with its figures at nought: those it has decided on are recognised and counted again."""
        return replace(self, place=Place(), passes=self.passes + 1, done=0, decided=0, by_code={}, refused=())

    def advance(self, step: Progress, place: Place) -> Job:
        """The job after one more step."""
        by_code = dict(self.by_code)
        for code, count in step.by_code.items():
            by_code[code] = by_code.get(code, 0) + count
        return replace(
            self,
            state=JobState.RUNNING,
            place=place,
            done=self.done + step.done,
            decided=self.decided + step.decided,
            by_code=by_code,
            refused=(*self.refused, *step.refused)[:NAMED],
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """What a step of a job came to.

    Attributes:
        done: devices or lines it worked on.
        decided: how many of them are decided now.
        by_code: fault code → how many are not.
        refused: those, or some of them.
    """

    done: int = 0
    decided: int = 0
    by_code: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[NamedRefusal, ...] = ()


def job_id(*parts: str) -> str:
    """The id of the job that an occasion is: the same parts give the same id."""
    return "J-" + crockford(hashlib.sha256("\0".join(parts).encode()).digest(), _ID_CHARACTERS)


def job_to_json(job: Job) -> dict[str, Any]:
    """A job as it is stored, without its revision."""
    raw = {**asdict(job), "decision": decision_to_json(job.decision), "reply": dict(job.reply)}
    del raw["revision"]
    return {name: value for name, value in raw.items() if value or name in ("version", "decision")}


def job_from_json(raw: Mapping[str, Any], revision: int) -> Job:
    """The way back."""
    return Job(
        **{
            **raw,
            "kind": JobKind(raw["kind"]),
            "state": JobState(raw["state"]),
            "decision": decision_from_json(raw["decision"]),
            "selection": Selection(**raw.get("selection", {})),
            "place": Place(**raw.get("place", {})),
            "refused": tuple(NamedRefusal(**one) for one in raw.get("refused", ())),
            "revision": revision,
        }
    )
