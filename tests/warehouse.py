"""Devices and uploads put straight into the tables, as the chain would have left them, and a count of what is read."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from rollcall.conflicts import Generation
from rollcall.devices import Device, HistoryEntry
from rollcall.identifiers import Identifier, IdKind
from rollcall.shares import marks
from rollcall.store import binding, sessions
from rollcall.store.device_items import items_of
from rollcall.store.upload_chunks import ChunkResult
from rollcall.store.upload_heads import figures_to_json
from rollcall.store.uploads import Plan, UploadsStore
from rollcall.store.uploads_table import DELTA_PREFIX, DeltaItem, HeadItem
from rollcall.transitions import Act, Status
from rollcall.upload_ids import derive
from rollcall.uploads import Figures, Split, Upload, UploadStatus, add_up
from tests.cloud import REGION


@dataclass(frozen=True)
class Line:
    """A row that was stored: whose device it is, and what lists filter by."""

    customer: str
    status: Status = Status.PENDING
    model: str = "Galaxy A55"
    order: str = ""
    tags: tuple[str, ...] = ()


@dataclass
class Warehouse:
    """Fills the tables of a cloud, and remembers what should be found there."""

    cloud: object
    chunk_rows: int = 100
    devices: list[Device] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)

    def __post_init__(self):
        self.store = UploadsStore("UploadsTable", region=REGION)
        self.heads = binding.bind(HeadItem, "UploadsTable", region=REGION)
        self.dynamodb = self.cloud.client("dynamodb")

    def upload(self, reseller, lines, *, second=None, many=False, refused=0, finished=True, check_only=False, **other):
        """An upload with these rows stored; started at a second of one minute, one after the other by default."""
        number = len(self.uploads)
        at = f"2026-03-01T09:30:{number if second is None else second:02}Z"
        customer = lines[0].customer if lines and not many else None
        folder = "check" if check_only else "uploads"
        key = f"{folder}/{reseller}/{customer or '_many'}/{number}.csv"
        upload = Upload(
            id=derive(bucket="bucket", key=key, version="1"),
            bucket="bucket",
            key=key,
            version="1",
            reseller=reseller,
            customer=other.pop("customer", customer),
            many=many,
            file_name=f"{number}.csv",
            check_only=check_only,
            status=UploadStatus.IN_PROGRESS,
            uploaded_by="rae@acme.example",
            source="s3",
            order_number="",
            order_date="",
            stc="",
            started_at=at,
            reference="R-00000000",
            **other,
        )
        assert self.store.begin(upload)
        chunks = [lines[start : start + self.chunk_rows] for start in range(0, len(lines), self.chunk_rows)]
        self.store.set_plan(upload.id, Plan(chunks=len(chunks), rows=len(lines) + refused))
        results = [self._chunk(upload, index, chunk) for index, chunk in enumerate(chunks)]
        if not check_only:
            self._put([item for device in self._devices(upload, chunks) for item in items_of(device)])
        if finished:
            self._finish(upload, results, chunks, refused)
        self.uploads.append(self.store.get(upload.id))
        return self.uploads[-1]

    def verify(self, upload, number, customer):
        """What a decision would leave behind: so many more devices of the upload are verified."""
        sort_key = f"{DELTA_PREFIX}{customer}#{number}"
        binding.bind(DeltaItem, "UploadsTable", region=REGION)(pk=upload.id, sk=sort_key, verified=number).save()

    def drop(self, device):
        """Deletes a device, as far as lists can tell."""
        self.dynamodb.delete_item(TableName="DevicesTable", Key={"id": {"S": device.primary.key}})
        self.devices.remove(device)

    def _chunk(self, upload, number, lines):
        result = ChunkResult(number, "key", Figures(rows=Split(len(lines))))
        self.store.take_chunk(upload.id, number, worker="w", now=0, until=1)
        assert self.store.finish_chunk(upload.id, result, worker="w")
        return result

    def _devices(self, upload, chunks):
        line = 1
        for chunk, rows in enumerate(chunks):
            for row in rows:
                line += 1
                identifier = Identifier(IdKind.SERIAL, f"{len(self.uploads):04}{line:07}")
                device = Device(
                    generation=Generation(upload.reseller, row.customer, upload.id, line),
                    ids={"serial": identifier},
                    status=row.status,
                    chunk=chunk,
                    model=row.model,
                    order_number=row.order,
                    order_date="",
                    tags=row.tags,
                    stc="",
                    uploaded_at=upload.started_at,
                    uploaded_by="S3",
                    version=1,
                    history=(HistoryEntry(upload.started_at, Act.UPLOADED, "s3", Status.PENDING, "R-00000000"),),
                )
                self.devices.append(device)
                yield device

    def _put(self, items):
        for start in range(0, len(items), 25):
            requests = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
            self.dynamodb.batch_write_item(RequestItems={"DevicesTable": requests})

    def _finish(self, upload, results, chunks, refused):
        figures = add_up(result.figures for result in results)
        by_code = {"IMEI_CHECK_DIGIT": refused} if refused else {}
        figures = replace(figures, rows=figures.rows + Split(0, refused), by_code=by_code)
        at = upload.started_at
        own = [(line.customer, number) for number, lines in enumerate(chunks) for line in lines]
        counts = Counter(customer for customer, _ in own)
        parts = (
            {name: Split(count) for name, count in counts.items()} if upload.many else {upload.customer: figures.rows}
        )
        for customer, split in parts.items():
            if split.stored and not upload.check_only:
                in_chunks = marks(number for whose, number in own if whose == customer)
                self.store.put_part(
                    upload, customer, split, Figures(rows=split).status, chunks=in_chunks, at=upload.started_at
                )
        self.heads(pk=upload.id).update(
            actions=[
                HeadItem.status.set(figures.status.value),
                HeadItem.figures.set(figures_to_json(figures)),
                HeadItem.finished_at.set(at),
            ]
        )


@dataclass
class Bill:
    """What some calls cost."""

    requests: Counter = field(default_factory=Counter)
    items: int = 0

    @property
    def total(self):
        return sum(self.requests.values())


@contextmanager
def billed():
    """Counts the calls to DynamoDB that the models make, and the items that DynamoDB looked at for them."""
    bill = Bill()

    def after(parsed, model, **_):
        bill.requests[model.name] += 1
        bill.items += parsed.get("ScannedCount", 0)

    # Also the client of the front and the API; it is there by then, or made now.
    clients = [*binding._clients.values(), sessions._client("dynamodb")]
    events = [client.meta.events for client in clients]
    for each in events:
        each.register("after-call.dynamodb", after)
    try:
        yield bill
    finally:
        for each in events:
            each.unregister("after-call.dynamodb", after)
