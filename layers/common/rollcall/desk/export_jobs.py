"""Brings a list to whoever asked for it: written in pieces where one run is too short, behind a link where large."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Protocol

from rollcall import layout
from rollcall.accounts import Person
from rollcall.desk.exporter import Export
from rollcall.uploads import utc
from rollcall.views import exports as views
from rollcall.views.text import count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.desk.desk import Desk
    from rollcall.slack.sender import Copy, Sender
    from rollcall.store.copies import CopiesStore
    from rollcall.store.objects import Objects
    from rollcall.store.queues import Queue
    from rollcall.views.message import Message

#: Bytes of the largest file that goes into a message; a larger one is put where a link leads.
LARGEST_MESSAGE: Final = 5 * 1024 * 1024
LINK_SECONDS: Final = 15 * 60
#: Seconds kept back for putting the pieces together and for Slack.
_RESERVE: Final = 60
_PIECE: Final = 1024 * 1024
_TYPE: Final = "text/csv; charset=utf-8"


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
        person = Person(job["home_team"], job["user"])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "piece.csv"
            written = self._exporter.write(
                person,
                job["account"],
                job["question"],
                path,
                cursor=job.get("cursor"),
                enough=lambda: seconds_left() < _RESERVE,
            )
            if isinstance(written, Export) and written.after is not None:
                self._go_on(job, written, path)
                return
            if isinstance(written, Export):
                copy = self._send(job, written, self._whole(job, path))
            else:
                # Who lost their place is told so, as anywhere.
                message = written or self._desk.answer(person, "me")
                copy = self._sender.to_person(job["team"], job["user"], message)
        self._copies.put(job["id"], copy, now=self._clock())

    def _go_on(self, job: Mapping[str, Any], piece: Export, path: Path) -> None:
        """Keeps a piece, and has the next one written."""
        number = int(job.get("piece", 0))
        self._objects.put_once(layout.export_piece_key(job["account"], job["id"], number), path, _TYPE)
        rows = int(job.get("rows", 0)) + piece.rows
        self._jobs.send([{**job, "cursor": piece.after, "piece": number + 1, "rows": rows}])

    def _whole(self, job: Mapping[str, Any], last: Path) -> Path:
        """All pieces in one file."""
        pieces = int(job.get("piece", 0))
        if not pieces:
            return last
        whole, piece = last.with_name("whole.csv"), last.with_name("earlier.csv")
        with whole.open("wb") as target:
            for number in range(pieces):
                self._objects.download(layout.export_piece_key(job["account"], job["id"], number), "", piece)
                _append(target, piece)
            _append(target, last)
        return whole

    def _send(self, job: Mapping[str, Any], export: Export, path: Path) -> Copy:
        rows = int(job.get("rows", 0)) + export.rows
        if path.stat().st_size <= LARGEST_MESSAGE:
            return self._sender.file_to_person(
                job["team"],
                job["user"],
                name=export.name,
                content=path.read_bytes(),
                comment=views.comment(rows, export.what),
            )
        key = layout.export_key(job["account"], job["id"], export.name)
        self._objects.put_once(key, path, _TYPE)
        until = utc(datetime.fromtimestamp(self._clock() + LINK_SECONDS, UTC))
        url = self._objects.link(key, seconds=LINK_SECONDS, file_name=export.name)
        counted = count(rows, export.what)
        message = views.large(url, name=export.name, counted=counted, until=until, reader=export.reader)
        return self._sender.to_person(job["team"], job["user"], message)


def _append(target: BinaryIO, source: Path) -> None:
    with source.open("rb") as file:
        while piece := file.read(_PIECE):
            target.write(piece)
