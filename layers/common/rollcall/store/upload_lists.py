"""Lists of uploads, and the upload that somebody means by the beginning of its id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rollcall import cursors, upload_ids
from rollcall.cursors import END, CursorError, Gap
from rollcall.paging import Meter, Seen, cut, mark
from rollcall.queries import Page
from rollcall.store.listed_uploads import ListedUploads, is_shared_out
from rollcall.store.upload_heads import upload_of
from rollcall.store.uploads import UploadsStore
from rollcall.upload_lines import UploadLine, line_of, part_of
from rollcall.uploads import Split, UploadStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rollcall.scopes import Scope
    from rollcall.store.blocks import Read
    from rollcall.store.uploads_table import HeadItem, PartItem
    from rollcall.uploads import Upload

ItemT = TypeVar("ItemT", "HeadItem", "PartItem")

#: Uploads of one request of a list, at the most; and looked at for one page.
_LARGEST_BLOCK: Final = 100
_BUDGET: Final = 1_000
#: The beginning of an id is looked for among so many of an account's uploads, the newest.
_SEARCHED: Final = 5_000
#: Uploads that the beginning of an id fits are told up to this number.
_TOLD: Final = 5


class UploadLists:
    """Reads lists of uploads, newest first. They are of indexes and may lag behind the last writes by a moment.

    A reseller sees its uploads from their start, and its checks. A customer sees the part that a finished upload
    brought it.

    Args:
        table: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, table: str, *, region: str | None = None, host: str | None = None) -> None:
        self._listed = ListedUploads(table, region=region, host=host)
        self._uploads = UploadsStore(table, region=region, host=host)

    def of_reseller(
        self, reseller: str, customer: str = "", *, size: int = 5, cursor: str | None = None, backwards: bool = False
    ) -> Page[UploadLine]:
        """A page of a reseller's uploads (row P12).

        Args:
            reseller: account id of the asker.
            customer: only uploads for this customer, and those of many customers that brought it a device, would have
                (a check) or are still in progress; their figures are of the whole upload.
            size: most uploads on the page; each costs one request, for its verified devices.
            cursor: from another page of the same list; None for its beginning.
            backwards: the page before the cursor and not the one behind it.

        Raises:
            CursorError: the cursor is malformed or of another list, or missing for a page before it.
        """

        def read(key: str | None, inclusive: bool, descending: bool, limit: int, meter: Meter) -> Read[HeadItem]:  # noqa: FBT001 - as ListedUploads takes them
            found = self._listed.heads(
                reseller,
                key,
                customer=customer,
                inclusive=inclusive,
                descending=descending,
                limit=limit,
                meter=meter,
            )
            return self._concerning(found, customer, meter) if customer else found

        page = _page(read, ("heads", reseller, customer), lambda _: True, size, cursor, backwards=backwards)
        return _of_lines(page, tuple(self._line(upload_of(head)) for head in page.items))

    def of_customer(
        self, customer: str, *, size: int = 5, cursor: str | None = None, backwards: bool = False
    ) -> Page[UploadLine]:
        """A page of what uploads brought a customer; figures and status are of its own part.

        The arguments and errors are those of `of_reseller`.
        """

        def read(key: str | None, inclusive: bool, descending: bool, limit: int, meter: Meter) -> Read[PartItem]:  # noqa: FBT001 - likewise
            return self._listed.parts(
                customer, key, inclusive=inclusive, descending=descending, limit=limit, meter=meter
            )

        page = _page(read, ("parts", customer), lambda _: True, size, cursor, backwards=backwards)
        return _of_lines(page, tuple(self._part_line(part) for part in page.items))

    def find(self, scope: Scope, text: str) -> tuple[Upload, ...]:
        """The uploads that somebody may mean by an id or the beginning of one, newest first; none, one or some.

        A whole id is read by key. A beginning is looked for among the newest 5,000 uploads of the account, in about
        one request per thousand; an older one needs its whole id. An upload that the asker does not see is not
        there. A customer gets its own part only (`rollcall.upload_lines.part_of`).

        Args:
            scope: who asks.
            text: as typed; case and dashes do not matter.

        Returns:
            At most 5.
        """
        beginning = upload_ids.understand(text)
        if beginning is None:
            return ()
        whole = len(upload_ids.display("0" * upload_ids.LENGTH))
        ids = (beginning,) if len(beginning) == whole else self._beginning_with(scope, beginning)
        return tuple(upload for one in ids if (upload := self._seen_by(scope, one)))

    def lines(self, uploads: list[str]) -> tuple[UploadLine, ...]:
        """The lines of some uploads of one reseller as they are now, in the order given.

        Nobody counts what is verified of them.

        Args:
            uploads: ids, at most 100.
        """
        heads = self._listed.heads_of(uploads, meter=Meter(0), consistent=True)
        return tuple(line_of(upload_of(heads[upload]), verified=0) for upload in uploads if upload in heads)

    def line(self, scope: Scope, upload: Upload) -> UploadLine:
        """The line of an upload that `find` gave to the same asker."""
        return self._line(upload, customer=None if scope.is_reseller else scope.account)

    def _concerning(self, found: Read[HeadItem], customer: str, meter: Meter) -> Read[HeadItem]:
        """Without the uploads of many customers that brought this one nothing."""
        parts = self._listed.own_parts(found.items, customer, meter=meter)
        items = tuple(head for head in found.items if not is_shared_out(head) or head.pk in parts)
        return replace(found, items=items)

    def _beginning_with(self, scope: Scope, beginning: str) -> tuple[str, ...]:
        found: list[str] = []
        key: str | None = None
        searched = 0
        while searched < _SEARCHED:
            read = self._listed.ids(scope, key, limit=_SEARCHED - searched, meter=Meter(0))
            found += [item.pk for item in read.items if item.pk.startswith(beginning)]
            searched += read.looked_at
            key = read.last
            if key is None or len(found) >= _TOLD:
                break
        return tuple(found[:_TOLD])

    def _seen_by(self, scope: Scope, upload_id: str) -> Upload | None:
        if scope.is_reseller:
            upload = self._uploads.get(upload_id)
            return upload if upload and scope.owns(upload) else None
        part = self._listed.part(upload_id, scope.account)
        upload = self._uploads.get(upload_id) if part else None
        if part is None or upload is None:
            return None
        return part_of(upload, scope.account, Split(int(part.stored), int(part.refused)), UploadStatus(part.status))

    def _line(self, upload: Upload, customer: str | None = None) -> UploadLine:
        return line_of(upload, verified=0 if upload.check_only else self._uploads.verified(upload.id, customer))

    def _part_line(self, part: PartItem) -> UploadLine:
        rows = Split(int(part.stored), int(part.refused))
        return UploadLine(
            id=part.pk,
            file_name=part.file_name,
            customer=part.customer,
            many=False,
            order_number=part.order_number or "",
            uploaded_by=part.uploaded_by,
            account=part.reseller,
            total=rows.total,
            stored=rows.stored,
            refused=rows.refused,
            verified=self._uploads.verified(part.pk, part.customer),
            uploaded_at=part.started_at,
            status=UploadStatus(part.status),
        )


def _of_lines(page: Page[Any], lines: tuple[UploadLine, ...]) -> Page[UploadLine]:
    return Page(
        items=lines,
        first=page.first,
        total=page.total,
        before=page.before,
        after=page.after,
        searched=page.searched,
    )


def _page(
    read: Callable[[str | None, bool, bool, int, Meter], Read[ItemT]],
    name: tuple[str, ...],
    keep: Callable[[ItemT], bool],
    size: int,
    cursor: str | None,
    *,
    backwards: bool,
) -> Page[ItemT]:
    of = "\0".join(("uploads", *name))
    start = cursors.decode(cursor, of=of) if cursor else None
    if backwards and start is None:
        raise CursorError("nothing is before the beginning")
    meter = Meter(_BUDGET)
    walk = _walk(read, start.gap if start else None, size + 1, meter, backwards=backwards)
    return cut(walk, size=size, keep=keep, start=start, backwards=backwards, meter=meter, of=of)


def _walk(
    read: Callable[[str | None, bool, bool, int, Meter], Read[ItemT]],
    gap: Gap | None,
    limit: int,
    meter: Meter,
    *,
    backwards: bool,
) -> Iterator[Seen[ItemT]]:
    """From upload to upload, newest first; the gap before one is its step 0, the gap behind it the END."""
    key = gap.group if gap else None
    inclusive = bool(gap and gap.step == (END if backwards else 0))
    while True:
        meter.check()
        block = read(key, inclusive, not backwards, limit, meter)
        meter.items += block.looked_at
        for item in block.items:
            yield Seen(item, Gap(item.listed_at), Gap(item.listed_at, END))
        if block.last is None:
            return
        key, inclusive = block.last, False
        yield mark(Gap(block.last) if backwards else Gap(block.last, END))
        limit = min(limit * 2, _LARGEST_BLOCK)
