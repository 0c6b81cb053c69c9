"""Lists that are put into the bucket: with a grant they speak for the approver who was given it (row P26)."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rollcall import layout
from rollcall.accounts import Person
from rollcall.approvals import reports
from rollcall.approvals.wishes import Wish, decision_of
from rollcall.chain.reading import FileReader
from rollcall.decisions import Windows
from rollcall.dialect import FileFault
from rollcall.errors import Fault
from rollcall.jobs import Job, JobKind, job_id
from rollcall.lists import PAGE, ListLine, lines_of
from rollcall.permissions import Act, allows
from rollcall.rows import FileContext
from rollcall.store.objects import ObjectGoneError
from rollcall.store.windows import windows_of
from rollcall.uploads import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rollcall.approvals.starter import Starter
    from rollcall.notifications import NewObject
    from rollcall.settings import Settings
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.grants import Grant, GrantsStore
    from rollcall.store.jobs import JobsStore
    from rollcall.store.objects import ObjectFacts, Objects


class ListFiles:
    """Begins the jobs of lists that are put into the bucket.

    Args:
        settings: limits.
        accounts: who may decide.
        grants: who was given one.
        objects: the bucket.
        jobs: where the lists are kept.
        starter: begins the jobs.
        windows: how long a decision can be undone.
        now: the time, with a time zone.
    """

    def __init__(  # noqa: PLR0913 - all by name
        self,
        *,
        settings: Settings,
        accounts: AccountsStore,
        grants: GrantsStore,
        objects: Objects,
        jobs: JobsStore,
        starter: Starter,
        windows: Windows = Windows(),  # noqa: B008 - a frozen value
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._accounts = accounts
        self._grants = grants
        self._objects = objects
        self._jobs = jobs
        self._starter = starter
        self._windows = windows
        self._now = now

    def begin(self, new: NewObject, *, reference: str) -> Job | None:
        """Begins the job that a new object is; safe to repeat at any point.

        A list that cannot be read, or has no grant, is reported in the bucket and nothing is decided.

        Args:
            new: the object.
            reference: the id under which the logs tell more.

        Returns:
            The job as it began, or as it ended at once; None where the object is no list of a customer's.
        """
        place = layout.parse_accept_key(new.key)
        if layout.is_folder_marker(new.key) or place is None or self._accounts.customer(place.customer) is None:
            return None
        try:
            facts = self._objects.facts(new.key, new.version)
        except ObjectGoneError:
            facts = None
        version = new.version or (facts.version if facts else "")
        id_ = job_id(new.bucket, new.key, version)
        known = self._jobs.get(id_)
        if known is not None:
            self._starter.send(known)
            return known
        grant = self._granted(facts, place.customer, id_) if facts else None
        moment = self._now()
        wish = Wish(id_, reference=reference)
        if grant:
            wish = replace(wish, only_this_time=grant.only_this_time, reply=grant.reply)
        by = grant.by if grant else "s3"
        windows = windows_of(self._accounts, place.customer, self._windows)
        decision = decision_of(wish, customer=place.customer, by=by, devices=0, at=moment, windows=windows)
        job = Job(
            id=id_,
            kind=JobKind.BULK_ACCEPT,
            account=place.customer,
            decision=decision,
            created_at=utc(moment),
            source=new.key,
            source_version=version,
            only_this_time=wish.only_this_time,
            reply=wish.reply or {},
            reference=reference,
        )
        try:
            lines = self._kept(job, facts, grant)
        except ObjectGoneError:
            return self._refused(job, Fault("FILE_GONE"))
        except FileFault as unreadable:
            return self._refused(job, unreadable.fault)
        until = windows.until(moment, lines)
        pages = -(-lines // PAGE)
        job = replace(job, decision=replace(decision, until=until), pages_of=id_, pages=pages, total=lines)
        self._starter.begin(job)
        return job

    def _granted(self, facts: ObjectFacts, customer: str, use: str) -> Grant | None:
        """The grant that came with the file, of somebody who may still decide."""
        text = {name.lower(): value for name, value in facts.metadata.items()}.get("grant", "")
        grant = self._grants.redeem(text, customer=customer, use=use, now=self._now().timestamp())
        return grant if grant and self._may_decide(grant) else None

    def _may_decide(self, grant: Grant) -> bool:
        kind, _, name = grant.by.partition(":")
        if kind == "api":
            keys = self._accounts.keys_of(grant.customer)
            return any(key.name == name and allows(key.role, Act.DECIDE) for key in keys)
        team, _, user = name.partition(":")
        places = self._accounts.memberships(Person(team, user))
        return any(place.account == grant.customer and allows(place.role, Act.DECIDE) for place in places)

    def _kept(self, job: Job, facts: ObjectFacts | None, grant: Grant | None) -> int:
        """Keeps the lines of the list, page by page; how many there are.

        Raises:
            FileFault: the list has no grant, or cannot be read.
            ObjectGoneError: it is not there.
        """
        if facts is None:
            raise ObjectGoneError
        if grant is None:
            raise FileFault(Fault("GRANT_INVALID"))
        if facts.size > self._settings.max_file_bytes:
            raise FileFault(Fault("FILE_TOO_LARGE"))
        count = 0
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.csv"
            self._objects.download(job.source, job.source_version, path)
            reader = FileReader(path, many=False, max_record=self._settings.max_record_bytes)
            context = FileContext(headings=reader.headings, columns=reader.columns, customer=job.account)
            lines = lines_of(reader.rows(context), context)
            for number, page in enumerate(iter(lambda: _take(lines), [])):
                count += len(page)
                if count > self._settings.max_rows:
                    raise FileFault(Fault("ROW_LIMIT", details={"limit": f"{self._settings.max_rows:,}"}))
                self._jobs.put_page(job.id, number, page, now=self._now().timestamp())
        if not count:
            raise FileFault(Fault("FILE_EMPTY"))
        return count

    def _refused(self, job: Job, fault: Fault) -> Job:
        over = replace(job.refuse(fault.code, at=job.created_at), by_code={fault.code: 1}, pages_of=job.id, pages=1)
        why, now = [ListLine(0, fault.column, fault.value, faults=(fault,))], self._now().timestamp()
        self._jobs.put_page(job.id, 0, why, now=now)
        self._jobs.put_result(job.id, 0, why, [])
        self._jobs.begin(over, now=now)
        reports.write(self._objects, over, why)
        return over


def _take(lines: Iterator[ListLine]) -> list[ListLine]:
    return list(islice(lines, PAGE))
