"""Uploads as they are stored: begun once, planned once, each chunk done once, finished once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pynamodb.exceptions import PutError, UpdateError

from rollcall.errors import Fault
from rollcall.store.binding import bind, transact
from rollcall.store.notices import NoticesStore
from rollcall.store.uploads_table import (
    ARRIVAL,
    CHUNK_PREFIX,
    DELTA_PREFIX,
    HEAD,
    RUNNING,
    ChunkItem,
    DeltaItem,
    HeadItem,
    PartItem,
    chunk_sort_key,
    part_sort_key,
)
from rollcall.uploads import Cost, Figures, ReadAs, Split, Upload, UploadStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pynamodb.expressions.update import Action
    from pynamodb.transactions import TransactWrite

    from rollcall.notices import Notice

_CONDITION_FAILED = "ConditionalCheckFailedException"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the planner found in a file.

    Attributes:
        chunks: how many were written; 0 for a file that failed as a whole.
        rows: rows in them.
        sha256: of the file's bytes; empty where it could not be read to its end.
        read_as: how it was read; None for a file that could not be.
        notes: repairs and warnings about the file as a whole.
        fault: why the file failed as a whole; None if it did not.
    """

    chunks: int
    rows: int = 0
    sha256: str = ""
    read_as: ReadAs | None = None
    notes: Sequence[Fault] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """What came of a chunk.

    Attributes:
        number: of the chunk, from 0.
        outcomes: key of the object that holds the outcome of each row.
        figures: of its rows.
    """

    number: int
    outcomes: str
    figures: Figures


class LeaseHeldError(Exception):
    """Another worker is on the chunk.

    Attributes:
        seconds: until its lease ends.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = max(0.0, seconds)
        super().__init__(f"another worker holds the chunk for {self.seconds:.0f} s more")


class UploadsStore:
    """Reads and writes uploads.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._heads = bind(HeadItem, table, region=region, host=host)
        self._parts = bind(PartItem, table, region=region, host=host)
        self._chunks = bind(ChunkItem, table, region=region, host=host)
        self._deltas = bind(DeltaItem, table, region=region, host=host)
        self._notices = NoticesStore(table, region=region, host=host)

    def begin(self, upload: Upload) -> bool:
        """Stores a new upload; False if it is there already, and then nothing changes."""
        item = self._heads(**head_values(upload))
        try:
            item.save(condition=HeadItem.pk.does_not_exist())
        except PutError as error:
            if error.cause_response_code == _CONDITION_FAILED:
                return False
            raise
        return True

    def take(self, upload_id: str, *, version: str, at: str, reference: str) -> bool:
        """Makes a reserved upload (`rollcall.store.reservations`) that of a file; False if it is none any more.

        Args:
            upload_id: the reserved id.
            version: of the object that came first under its key; empty if none will come.
            at: now, UTC; the upload counts from now on.
            reference: the id under which the logs tell more; the one of who reserved it stays.
        """
        return self._update_head(
            upload_id,
            [
                HeadItem.status.set(UploadStatus.IN_PROGRESS.value),
                HeadItem.version.set(version),
                HeadItem.started_at.set(at),
                HeadItem.listed_at.set(listed_at(upload_id, at)),
                HeadItem.reference.set(HeadItem.reference | reference),
                HeadItem.expires.remove(),
                HeadItem.outbox.set(RUNNING),
                HeadItem.outbox_at.set(at),
            ],
            HeadItem.status == UploadStatus.AWAITING_FILE.value,
        )

    def left_alone(self, upload_id: str, *, version: str) -> bool:
        """Remembers another object that came under the key of a reserved upload; False if that was known.

        Args:
            upload_id: the reserved id.
            version: of the object.
        """
        known = HeadItem.more_versions.contains(version)
        return self._update_head(upload_id, [HeadItem.more_versions.add({version})], HeadItem.pk.exists() & ~known)

    def get(self, upload_id: str) -> Upload | None:
        """The upload, as it is after every write that came before; None if there is none."""
        try:
            return upload_of(self._heads.get(upload_id, HEAD, consistent_read=True))
        except self._heads.DoesNotExist:
            return None

    def file_faults(self, upload_id: str) -> tuple[Fault | None, tuple[Fault, ...]]:
        """Why the whole file failed, if it did, and the notes about the file as a whole."""
        item = self._heads.get(upload_id, HEAD, consistent_read=True)
        return (
            _fault(item.fault) if item.fault else None,
            tuple(_fault(raw) for raw in item.file_notes or ()),
        )

    def set_plan(self, upload_id: str, plan: Plan) -> bool:
        """Stores the plan; False if one is stored already, which then stands."""
        actions = [
            HeadItem.chunks.set(plan.chunks),
            HeadItem.planned_rows.set(plan.rows),
            HeadItem.file_notes.set([asdict(note) for note in plan.notes]),
        ]
        if plan.sha256:
            actions.append(HeadItem.sha256.set(plan.sha256))
        if plan.read_as:
            actions.append(HeadItem.read_as.set(asdict(plan.read_as)))
        if plan.fault:
            actions.append(HeadItem.fault.set(asdict(plan.fault)))
        return self._update_head(upload_id, actions, HeadItem.pk.exists() & HeadItem.chunks.does_not_exist())

    def take_chunk(self, upload_id: str, number: int, *, worker: str, now: float, until: float) -> ChunkResult | None:
        """Leases a chunk to one worker.

        The lease ends when the worker's own time does, so two workers never store rows of a chunk at once.

        Args:
            upload_id: the upload.
            number: of the chunk.
            worker: names this attempt.
            now: epoch seconds.
            until: when the worker will have stopped, epoch seconds.

        Returns:
            The chunk's result if it is done already, else None: the chunk is the caller's.

        Raises:
            LeaseHeldError: another worker is on it.
        """
        free = ChunkItem.lease_until.does_not_exist() | (ChunkItem.lease_until <= now)
        # The caller's own: the answer to its first call was lost on the way, and the call was repeated below us.
        free = free | (ChunkItem.worker == worker)
        try:
            self._chunks(pk=upload_id, sk=chunk_sort_key(number)).update(
                actions=[ChunkItem.worker.set(worker), ChunkItem.lease_until.set(until)],
                condition=ChunkItem.done.does_not_exist() & free,
            )
        except UpdateError as error:
            if error.cause_response_code != _CONDITION_FAILED:
                raise
            item = self._chunks.get(upload_id, chunk_sort_key(number), consistent_read=True)
            if item.done:
                return _chunk_result(item)
            raise LeaseHeldError(float(item.lease_until or now) - now) from None
        return None

    def finish_chunk(self, upload_id: str, result: ChunkResult, *, worker: str) -> bool:
        """Stores a chunk's result; False if the lease has passed to another worker, whose result will count."""
        try:
            self._chunks(pk=upload_id, sk=chunk_sort_key(result.number)).update(
                actions=[
                    ChunkItem.done.set(True),
                    ChunkItem.outcomes.set(result.outcomes),
                    ChunkItem.figures.set(figures_to_json(result.figures)),
                    ChunkItem.lease_until.remove(),
                ],
                condition=(ChunkItem.worker == worker) & ChunkItem.done.does_not_exist(),
            )
        except UpdateError as error:
            if error.cause_response_code == _CONDITION_FAILED:
                return False
            raise
        return True

    def release_chunk(self, upload_id: str, number: int, *, worker: str) -> None:
        """Gives a lease back, so that the next worker need not wait for its end."""
        try:
            self._chunks(pk=upload_id, sk=chunk_sort_key(number)).update(
                actions=[ChunkItem.lease_until.remove()],
                condition=(ChunkItem.worker == worker) & ChunkItem.done.does_not_exist(),
            )
        except UpdateError as error:
            if error.cause_response_code != _CONDITION_FAILED:
                raise

    def chunks_done(self, upload_id: str) -> int:
        """How many chunks have a result, counting every write that came before."""
        return self._chunks.count(
            upload_id,
            ChunkItem.sk.startswith(CHUNK_PREFIX),
            filter_condition=ChunkItem.done == True,  # noqa: E712 - builds a condition
            consistent_read=True,
        )

    def chunk_results(self, upload_id: str) -> Iterator[ChunkResult]:
        """The results so far, in the order of the file."""
        items = self._chunks.query(
            upload_id,
            ChunkItem.sk.startswith(CHUNK_PREFIX),
            filter_condition=ChunkItem.done == True,  # noqa: E712 - builds a condition
            consistent_read=True,
        )
        return (_chunk_result(item) for item in items)

    def finish(self, upload_id: str, figures: Figures, status: UploadStatus, *, at: str, tell: Notice) -> bool:
        """Makes an upload final and its notice due, both or neither.

        Args:
            upload_id: the upload.
            figures: of all its rows.
            status: how it ended.
            at: now, UTC.
            tell: the notice by which its people hear of it.

        Returns:
            False if it was final already, and then nothing changes.
        """
        actions: list[Action] = [
            HeadItem.status.set(status.value),
            HeadItem.figures.set(figures_to_json(figures)),
            HeadItem.finished_at.set(at),
            HeadItem.outbox.remove(),
            HeadItem.outbox_at.remove(),
        ]

        def fill(transaction: TransactWrite) -> None:
            transaction.update(self._heads(pk=upload_id), actions, HeadItem.status == UploadStatus.IN_PROGRESS.value)
            self._notices.mark_within(transaction, tell, at=at)

        return transact(self._heads, fill)

    def put_part(self, upload: Upload, customer: str, split: Split, status: UploadStatus, *, at: str) -> None:
        """Stores what a customer sees of an upload; a repeat writes the same again.

        What the customer has decided on its part stays: a finisher that was slower than another comes late.
        """
        facts: list[tuple[Any, Any]] = [
            (PartItem.customer_uploads, customer),
            (PartItem.listed_at, listed_at(upload.id, upload.started_at)),
            (PartItem.customer, customer),
            (PartItem.reseller, upload.reseller),
            (PartItem.file_name, upload.file_name),
            (PartItem.status, status.value),
            (PartItem.uploaded_by, upload.uploaded_by),
            (PartItem.order_number, upload.order_number),
            (PartItem.started_at, upload.started_at),
            (PartItem.finished_at, at),
            (PartItem.stored, split.stored),
            (PartItem.refused, split.refused),
            (PartItem.check_only, upload.check_only),
        ]
        # The upload's facts never change, so what is empty was never there and need not be removed.
        actions = [attribute.set(value) for attribute, value in facts if value != ""]
        self._parts(pk=upload.id, sk=part_sort_key(customer)).update(actions=actions)

    def put_unrecognised(self, upload_id: str, customer: str, devices: int) -> None:
        """Stores how many of a customer's devices arrived in MPTS_ERROR; a repeat writes the same again."""
        sort_key = f"{DELTA_PREFIX}{customer}#{ARRIVAL}"
        self._deltas(pk=upload_id, sk=sort_key, verified=0, settled=devices, unrecognised=devices).save()

    def settled(self, upload_id: str, customer: str | None = None) -> int:
        """How many of an upload's devices are no longer PENDING: decided, deleted or not recognised."""
        prefix = DELTA_PREFIX if customer is None else f"{DELTA_PREFIX}{customer}#"
        items = self._deltas.query(upload_id, DeltaItem.sk.startswith(prefix), consistent_read=True)
        return sum(int(item.settled or 0) for item in items)

    def unrecognised(self, upload_id: str) -> int:
        """How many of an upload's devices are in MPTS_ERROR now."""
        items = self._deltas.query(upload_id, DeltaItem.sk.startswith(DELTA_PREFIX), consistent_read=True)
        return sum(int(item.unrecognised or 0) for item in items)

    def verified(self, upload_id: str, customer: str | None = None) -> int:
        """How many of an upload's devices are VERIFIED now: the sum of what each decision changed."""
        prefix = DELTA_PREFIX if customer is None else f"{DELTA_PREFIX}{customer}#"
        items = self._deltas.query(upload_id, DeltaItem.sk.startswith(prefix), consistent_read=True)
        return sum(int(item.verified) for item in items)

    def of_reseller(self, reseller: str, *, newest_first: bool = True) -> Iterator[Upload]:
        """A reseller's uploads by the time they were started."""
        items = self._heads.by_reseller.query(reseller, scan_index_forward=not newest_first)
        return (upload_of(item) for item in items)

    def _update_head(self, upload_id: str, actions: Sequence[Any], condition: Any) -> bool:  # noqa: ANN401 - pynamodb's condition types are private
        try:
            self._heads(pk=upload_id).update(actions=list(actions), condition=condition)
        except UpdateError as error:
            if error.cause_response_code == _CONDITION_FAILED:
                return False
            raise
        return True


def figures_to_json(figures: Figures) -> dict[str, Any]:
    """Figures as they are stored; ``figures_from_json`` is the way back."""
    return {
        "stored": figures.rows.stored,
        "refused": figures.rows.refused,
        "by_code": dict(figures.by_code),
        "notes_by_code": dict(figures.notes_by_code),
        "by_customer": {name: [split.stored, split.refused] for name, split in figures.by_customer.items()},
        "cost": asdict(figures.cost),
    }


def figures_from_json(raw: Mapping[str, Any]) -> Figures:
    """Figures out of what is stored."""
    return Figures(
        rows=Split(raw["stored"], raw["refused"]),
        by_code=raw["by_code"],
        notes_by_code=raw["notes_by_code"],
        by_customer={name: Split(*pair) for name, pair in raw["by_customer"].items()},
        cost=Cost(**raw["cost"]),
    )


def _fault(raw: Mapping[str, Any]) -> Fault:
    return Fault(**raw)


def _chunk_result(item: ChunkItem) -> ChunkResult:
    return ChunkResult(
        number=int(item.sk.removeprefix(CHUNK_PREFIX)),
        outcomes=item.outcomes or "",
        figures=figures_from_json(item.figures or {}),
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def head_values(upload: Upload) -> dict[str, Any]:
    """The attributes of a new upload's head."""
    return {
        "pk": upload.id,
        "reseller_uploads": upload.reseller,
        "listed_at": listed_at(upload.id, upload.started_at),
        "bucket": upload.bucket,
        "key": upload.key,
        "version": upload.version,
        "reseller": upload.reseller,
        "customer": upload.customer,
        "many": upload.many,
        "file_name": upload.file_name,
        "check_only": upload.check_only,
        "status": upload.status.value,
        "uploaded_by": upload.uploaded_by,
        "source": upload.source,
        "order_number": upload.order_number or None,
        "order_date": upload.order_date or None,
        "stc": upload.stc or None,
        "started_at": upload.started_at,
        "reference": upload.reference,
        "sha256": upload.sha256 or None,
        "person": upload.person or None,
        "checked": upload.checked or None,
        "checked_stored": upload.checked_stored or None,
        **({"outbox": RUNNING, "outbox_at": upload.started_at} if upload.status is UploadStatus.IN_PROGRESS else {}),
    }


def listed_at(upload_id: str, started_at: str) -> str:
    """Where an upload stands in the lists by date."""
    return f"{started_at}#{upload_id}"


def upload_of(item: HeadItem) -> Upload:
    """An upload out of its head."""
    return Upload(
        id=item.pk,
        bucket=item.bucket,
        key=item.key,
        version=item.version,
        reseller=item.reseller,
        customer=item.customer,
        many=item.many,
        file_name=item.file_name,
        check_only=item.check_only,
        status=UploadStatus(item.status),
        uploaded_by=item.uploaded_by,
        source=item.source,
        order_number=item.order_number or "",
        order_date=item.order_date or "",
        stc=item.stc or "",
        started_at=item.started_at,
        reference=item.reference,
        finished_at=item.finished_at or "",
        chunks=_whole(item.chunks),
        planned_rows=int(item.planned_rows or 0),
        sha256=item.sha256 or "",
        read_as=ReadAs(**item.read_as) if item.read_as else None,
        fault=item.fault["code"] if item.fault else "",
        figures=figures_from_json(item.figures) if item.figures else Figures(),
        person=item.person or "",
        checked=item.checked or "",
        checked_stored=int(item.checked_stored or 0),
        more_files=len(item.more_versions or ()),
    )
