"""Uploads as they are stored: begun once, planned once, each chunk done once, finished once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pynamodb.exceptions import PutError, UpdateError
from pynamodb.expressions.condition import size

from rollcall.errors import Fault
from rollcall.store.binding import transact
from rollcall.store.notices import NoticesStore
from rollcall.store.upload_heads import figures_to_json, head_values, listed_at, upload_of
from rollcall.store.upload_parts import UploadParts
from rollcall.store.uploads_table import HEAD, RUNNING, HeadItem
from rollcall.uploads import UploadStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pynamodb.expressions.update import Action
    from pynamodb.transactions import TransactWrite

    from rollcall.notices import Notice
    from rollcall.uploads import Figures, ReadAs, Upload

_CONDITION_FAILED = "ConditionalCheckFailedException"
#: Objects that are remembered of those that came under a reserved key after its file.
_MOST_MORE = 100


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


class UploadsStore(UploadParts):
    """Reads and writes uploads.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        super().__init__(table, region=region, host=host)
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

        Of very many some are remembered.

        Args:
            upload_id: the reserved id.
            version: of the object.
        """
        known = HeadItem.more_versions.contains(version)
        few: Any = size(HeadItem.more_versions) < _MOST_MORE  # type: ignore[no-untyped-call] # pynamodb's own omission
        room = HeadItem.more_versions.does_not_exist() | few
        return self._update_head(
            upload_id, [HeadItem.more_versions.add({version})], HeadItem.pk.exists() & ~known & room
        )

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


def _fault(raw: Mapping[str, Any]) -> Fault:
    return Fault(**raw)
