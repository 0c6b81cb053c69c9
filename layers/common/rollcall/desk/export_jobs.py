"""Brings a list to whoever asked for it: written in pieces where one run is too short, behind a link where large."""

from __future__ import annotations

import base64
import json
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from rollcall import layout
from rollcall.accounts import Person
from rollcall.desk.exporter import Export
from rollcall.store.objects import ObjectGoneError
from rollcall.uploads import utc
from rollcall.views import exports as views

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.desk.desk import Desk
    from rollcall.posted import Copy
    from rollcall.slack.sender import Sender
    from rollcall.store.copies import CopiesStore
    from rollcall.store.objects import Objects
    from rollcall.store.queues import Queue
    from rollcall.views.message import Message

#: Bytes of the largest file that goes into a message; a larger one is put where a link leads.
LARGEST_MESSAGE: Final = 5 * 1024 * 1024
LINK_SECONDS: Final = 15 * 60
#: Seconds kept back for the page under way, for keeping the piece and for Slack.
_RESERVE: Final = 60
#: Seconds that a run should have for putting pieces together: a gigabyte at 10 MB/s.
_JOINING: Final = 120
#: Bytes at which a piece ends, however much time there is: a function's disk holds 512 MB, and one piece is all that
#: lies on it.
_LARGEST_PIECE: Final = 64 * 1024 * 1024
_TYPE: Final = "text/csv; charset=utf-8"
_METADATA: Final = "piece"


class Writes(Protocol):
    """What writes a list; see `rollcall.desk.exporter.Exporter.write`."""

    def write(
        self,
        person: Person,
        account: str,
        question: str,
        path: Path,
        *,
        cursor: str | None = None,
        enough: Callable[[], bool] = ...,
    ) -> Export | Message | None:
        """Writes it, or the next piece of it."""


class ExportJobs:
    """Carries exports out.

    Args:
        exporter: writes lists.
        desk: answers those whose list cannot be written.
        objects: the bucket, with a client whose signatures others use.
        sender: speaks to Slack.
        copies: what was sent already.
        jobs: queue of longer work, for the rest of a list.
        clock: epoch seconds.
    """

    def __init__(
        self,
        *,
        exporter: Writes,
        desk: Desk,
        objects: Objects,
        sender: Sender,
        copies: CopiesStore,
        jobs: Queue,
        clock: Callable[[], float],
    ) -> None:
        self._exporter = exporter
        self._desk = desk
        self._objects = objects
        self._sender = sender
        self._copies = copies
        self._jobs = jobs
        self._clock = clock

    def run(self, job: Mapping[str, Any], *, seconds_left: Callable[[], float]) -> None:
        """Writes a list, or the next piece of it, and sends it once it is whole; safe to repeat.

        Args:
            job: as it was asked for; with the number of its piece, where that begins and the rows before it.
            seconds_left: until this run is ended.

        Raises:
            RetryLaterError: Slack limits the rate.
            UndeliverableError: it cannot be delivered.
        """
        if self._copies.get(job["id"]) is not None:
            return
        try:
            self._run(job, seconds_left)
        except ObjectGoneError:
            if not _number(job):
                raise
            # A letter that was replayed days later: its pieces are gone. Under another id no piece mixes with them.
            anew = {name: value for name, value in job.items() if name not in ("cursor", "piece", "rows")}
            self._jobs.send([{**anew, "id": f"{job['id']}-anew"}])

    def _run(self, job: Mapping[str, Any], seconds_left: Callable[[], float]) -> None:
        kept = self._kept(job)
        if kept is not None and kept.after is not None:
            # An earlier run died before it sent the message on, or this one came twice.
            self._go_on(job, kept)
            return
        person = Person(job["home_team"], job["user"])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "piece.csv"
            written = self._exporter.write(
                person,
                job["account"],
                job["question"],
                path,
                cursor=job.get("cursor"),
                # Of the last piece, if it is there already, no more than whether they may still have it.
                enough=lambda: kept is not None or seconds_left() < _RESERVE or path.stat().st_size >= _LARGEST_PIECE,
            )
            if not isinstance(written, Export):
                # Who lost their place is told so, as anywhere.
                message = written or self._desk.answer(person, "me")
                copy = self._sender.to_person(job["team"], job["user"], message)
            elif kept is None and _is_all(job, written, path):
                copy = self._send_file(job, written, path.read_bytes())
            else:
                piece = kept or self._keep(job, written, path)
                if piece.after is not None:
                    self._go_on(job, piece)
                    return
                if kept is None and seconds_left() < _JOINING:
                    # Who gets the message once more finds the last piece, and has all its time to join them.
                    self._jobs.send([job])
                    return
                copy = self._join(job, written, piece)
        self._copies.put(job["id"], copy, now=self._clock())

    def _go_on(self, job: Mapping[str, Any], piece: _Piece) -> None:
        """Has the next piece written: where this one ends as it is kept, wherever another run of it would have."""
        rows = int(job.get("rows", 0)) + piece.rows
        self._jobs.send([{**job, "cursor": piece.after, "piece": _number(job) + 1, "rows": rows}])

    def _kept(self, job: Mapping[str, Any]) -> _Piece | None:
        """The piece that a message is about, as an earlier run kept it; None if none did."""
        try:
            metadata = self._objects.facts(_key(job, _number(job)), "").metadata
        except ObjectGoneError:
            return None
        return _Piece.of(metadata)

    def _keep(self, job: Mapping[str, Any], written: Export, path: Path) -> _Piece:
        """Keeps a piece, unless another run did meanwhile: then what that one kept is what counts."""
        piece = _Piece(written.rows, written.after, written.name, written.comment)
        if self._objects.put_once(_key(job, _number(job)), path, _TYPE, metadata=piece.metadata()):
            return piece
        return self._kept(job) or piece

    def _join(self, job: Mapping[str, Any], export: Export, last: _Piece) -> Copy:
        """Sends all pieces as one file; a large one is put together in the bucket and comes as a link."""
        whole = replace(export, rows=int(job.get("rows", 0)) + last.rows, name=last.name, comment=last.comment)
        keys = [_key(job, number) for number in range(_number(job) + 1)]
        if sum(self._objects.facts(key, "").size for key in keys) <= LARGEST_MESSAGE:
            return self._send_file(job, whole, b"".join(map(self._objects.read, keys)))
        key = layout.export_key(job["account"], job["id"], whole.name)
        self._objects.join(keys, key, _TYPE)
        until = utc(datetime.fromtimestamp(self._clock() + LINK_SECONDS, UTC))
        url = self._objects.link(key, seconds=LINK_SECONDS, file_name=whole.name)
        counted = whole.reader.say.count(whole.rows, whole.what)
        message = views.large(
            url, name=whole.name, counted=counted, until=until, reader=whole.reader, said=whole.comment
        )
        return self._sender.to_person(job["team"], job["user"], message)

    def _send_file(self, job: Mapping[str, Any], export: Export, content: bytes) -> Copy:
        comment = export.comment or views.comment(export.rows, export.what, export.reader.say)
        return self._sender.file_to_person(job["team"], job["user"], name=export.name, content=content, comment=comment)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a list that was kept. What it says of itself counts, not what another run of its message found.

    Attributes:
        rows: lines in it, without the heading.
        after: where the rest begins; None of the last piece.
        name: of the whole file, where it is the last piece.
        comment: what is said with the whole file, likewise; empty for how many rows are in it.
    """

    rows: int
    after: str | None
    name: str
    comment: str

    def metadata(self) -> dict[str, str]:
        """As the object says it: S3 takes 2 KB of ASCII."""
        text = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))
        return {_METADATA: base64.b64encode(text.encode()).decode()}

    @classmethod
    def of(cls, metadata: Mapping[str, str]) -> Self:
        """The way back."""
        return cls(**json.loads(base64.b64decode(metadata[_METADATA])))


def _number(job: Mapping[str, Any]) -> int:
    return int(job.get("piece", 0))


def _key(job: Mapping[str, Any], number: int) -> str:
    return layout.export_piece_key(job["account"], job["id"], number)


def _is_all(job: Mapping[str, Any], written: Export, path: Path) -> bool:
    """Whether a list was written in one go and fits into a message, as most do; then no piece need be kept."""
    return not _number(job) and written.after is None and path.stat().st_size <= LARGEST_MESSAGE
