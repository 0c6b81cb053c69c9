"""Looks up every device of a list that came as a file, however long it is (row B14)."""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Self

from rollcall import layout
from rollcall.acting import Stranger, Undecided
from rollcall.chain.reading import FileReader
from rollcall.desk.export_jobs import LARGEST_MESSAGE
from rollcall.desk.exporter import Export
from rollcall.desk.visits import Visits, scope_of
from rollcall.dialect import FileFault
from rollcall.errors import Fault
from rollcall.look_ups import SHEET, Tally, answered, asked_in, counted
from rollcall.posted import Copy
from rollcall.rows import FileContext
from rollcall.sheets import SheetWriter
from rollcall.slack.files import FetchBrokenError, LargeFileError, NotFetchedError
from rollcall.slack.refusals import MessageGoneError
from rollcall.slack.sender import RetryLaterError, SlackDownError, UndeliverableError
from rollcall.store.accounts import AccountsStore
from rollcall.store.copies import CopiesStore
from rollcall.store.devices import DevicesStore
from rollcall.store.installations import ChoicesStore
from rollcall.views import look_ups as views
from rollcall.views.reader import COMMAND

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rollcall.accounts import Person
    from rollcall.settings import Settings
    from rollcall.slack.files import SlackFiles
    from rollcall.slack.sender import Sender
    from rollcall.store.objects import Objects
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Rows looked up together. DynamoDB gives a hundred items in one answer, and a row may have four identifiers.
PAGE: Final = 100
#: From so many rows on, a message says how far the list is: fewer are through before anybody wonders.
LONG: Final = 2_000
#: How often at the most that message is changed.
_STEPS: Final = 20
_TYPE: Final = "text/csv; charset=utf-8"
_MEGABYTE: Final = 1024 * 1024
_LONGEST_NAME: Final = 60
_UNSAFE: Final = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a list is: what its next piece begins with.

    Attributes:
        total: rows of the whole list.
        tally: what those before came to.
        told: the message that says how far it is; None of a list that is short.
    """

    total: int
    tally: Tally = field(default_factory=Tally)
    told: Copy | None = None

    def dump(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> Self:
        raw = json.loads(text)
        return cls(raw["total"], Tally(**raw["tally"]), Copy(**raw["told"]) if raw["told"] else None)


class LookUps:
    """Looks up one list.

    Args:
        asked: the job: its ``id``, ``file`` and the workspace ``asked_in`` in which that lies.
        visits: who asks.
        devices: what is asked about.
        files: fetches out of Slack.
        objects: the bucket.
        sender: tells how far it is.
        copies: what was sent already.
        limits: bytes and rows of one list, and bytes of a row.
        last: if Slack does not hand the file over now, it is not asked again.
        clock: epoch seconds.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        asked: Mapping[str, Any],
        *,
        visits: Visits,
        devices: DevicesStore,
        files: SlackFiles,
        objects: Objects,
        sender: Sender,
        copies: CopiesStore,
        limits: tuple[int, int, int],
        last: bool,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._asked = asked
        self._visits = visits
        self._devices = devices
        self._files = files
        self._objects = objects
        self._sender = sender
        self._copies = copies
        self._most_bytes, self._most_rows, self._max_record = limits
        self._last = last
        self._clock = clock

    @classmethod
    def from_settings(
        cls,
        settings: Settings,
        asked: Mapping[str, Any],
        *,
        files: SlackFiles,
        objects: Objects,
        sender: Sender,
        last: bool,
    ) -> Self:
        """On a stack's tables."""
        return cls(
            asked,
            visits=Visits(AccountsStore(settings.accounts_table), ChoicesStore(settings.accounts_table)),
            devices=DevicesStore(settings.devices_table),
            files=files,
            objects=objects,
            sender=sender,
            copies=CopiesStore(settings.uploads_table),
            limits=(settings.max_file_bytes, settings.max_rows, settings.max_record_bytes),
            last=last,
        )

    def write(
        self,
        person: Person,
        account: str,
        question: str,  # noqa: ARG002 - as of every list
        path: Path,
        *,
        cursor: str | None = None,
        enough: Callable[[], bool] = lambda: False,
    ) -> Export | Message | None:
        """Writes the answer, or the next piece of it; the arguments and what is returned are those of an `Exporter`.

        Raises:
            FetchBrokenError: Slack did not hand the file over; another try may do better.
            RetryLaterError: Slack limits the rate.
        """
        who = self._visits.who(person, named=account, command=COMMAND)
        if isinstance(who, Stranger | Undecided):
            return None
        name = str(self._asked["file"]["name"])
        source = path.with_name("asked.csv")
        try:
            self._bring(account, source, again=cursor is not None)
            mark = _Mark.load(cursor) if cursor else self._begin(source, name, who)
            done = self._piece(source, path, mark, who, enough)
        except FileFault as unreadable:
            return views.not_read(name, who.say.sentence(unreadable.fault), who)
        except _NotHadError as why:
            return views.not_read(name, f"{who.say(str(why))}.", who)
        rows = done.tally.rows - mark.tally.rows
        told = views.comment(name, done.tally, who.say)
        in_one_go = cursor is None and path.stat().st_size <= LARGEST_MESSAGE
        if done.tally.rows < done.total or (rows and not in_one_go):
            # What it came to stands in the cursor, so the last piece of several is an empty one that knows it.
            self._objects.put_once(layout.look_up_key(account, self._asked["id"]), source, _TYPE)
            return Export(who, _name(name), rows, "row", done.dump(), told)
        if done.told:
            self._tell(done.told, views.finished(name, done.tally, who))
        return Export(who, _name(name), rows, "row", None, told)

    def _bring(self, account: str, path: Path, *, again: bool) -> None:
        """Fetches the list: out of Slack, or from where the first run left it."""
        if again:
            self._objects.download(layout.look_up_key(account, self._asked["id"]), "", path)
            return
        try:
            self._files.fetch(self._asked["asked_in"], self._asked["file"], path, most_bytes=self._most_bytes)
        except NotFetchedError as error:
            raise _NotHadError(error.reason) from error
        except LargeFileError as error:
            raise FileFault(Fault("FILE_TOO_LARGE")) from error
        except FetchBrokenError as error:
            if not self._last:
                raise
            raise _NotHadError("Slack did not hand it over in several tries") from error

    def _begin(self, source: Path, name: str, reader: Reader) -> _Mark:
        """Counts the rows of a list, and says so of a long one."""
        total = sum(1 for _ in FileReader(source, many=False, max_record=self._max_record).records())
        if not total:
            raise FileFault(Fault("FILE_EMPTY"))
        if total > self._most_rows:
            raise FileFault(Fault("ROW_LIMIT", details={"limit": f"{self._most_rows:,}"}))
        return _Mark(total, told=self._announced(name, total, reader) if total >= LONG else None)

    def _announced(self, name: str, total: int, reader: Reader) -> Copy:
        """The message that says how far it is; found again where an earlier try posted it."""
        notice = f"{self._asked['id']}-told"
        known = self._copies.get(notice)
        if known is None:
            message = views.progress(name, 0, total, reader)
            known = self._sender.to_person(self._asked["team"], self._asked["user"], message)
            self._copies.put(notice, known, now=self._clock())
        return known

    def _piece(self, source: Path, path: Path, mark: _Mark, reader: Reader, enough: Callable[[], bool]) -> _Mark:
        """Looks rows up until the list ends or it is enough."""
        file = FileReader(source, many=False, max_record=self._max_record)
        context = FileContext(headings=file.headings, columns=file.columns, customer=reader.acting.account)
        records = islice(file.records(), mark.tally.rows, None)
        writer, scope = SheetWriter(), scope_of(reader)
        head = writer.write([SHEET])
        step = -(-mark.total // _STEPS)
        with path.open("wb") as target:
            target.write(b"" if mark.tally.rows else head)
            while page := [asked_in(record, context) for record in islice(records, PAGE)]:
                keys = [key for row in page for one in row for key in one.keys]
                stored = self._devices.find_many(keys)
                seen = {key: device for key, device in stored.items() if scope.sees(device.generation)}
                lines = list(answered(page, seen, uploader=reader.uploader_text))
                target.write(writer.write(line for line, _ in lines))
                before = mark.tally.rows
                mark = replace(mark, tally=counted(mark.tally, len(page), [state for _, state in lines]))
                if mark.told and before // step != mark.tally.rows // step and mark.tally.rows < mark.total:
                    message = views.progress(str(self._asked["file"]["name"]), mark.tally.rows, mark.total, reader)
                    self._tell(mark.told, message)
                if enough():
                    break
        return mark

    def _tell(self, copy: Copy, message: Message) -> None:
        """Changes the message that says how far it is. The list goes on where Slack does not take that just now."""
        with suppress(MessageGoneError, RetryLaterError, SlackDownError, UndeliverableError):
            self._sender.edit(copy, message)


class _NotHadError(Exception):
    """The list cannot be had; says why, in English and without a full stop."""


def _name(name: str) -> str:
    """What the answer to a file is called."""
    stem = name.rpartition(".")[0] or name
    return f"{_UNSAFE.sub('-', stem)[:_LONGEST_NAME].strip('-.') or 'list'}-status.csv"
