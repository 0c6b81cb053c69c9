"""Lists of devices: filtered, by upload date either way, a page at a time, at a bounded cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rollcall import cursors
from rollcall.cursors import CursorError
from rollcall.device_filters import wanted
from rollcall.paging import Meter, cut
from rollcall.queries import Page
from rollcall.shard_walk import through_shards, within_upload
from rollcall.store.binding import bind
from rollcall.store.device_chunks import DeviceChunks, own_chunks
from rollcall.store.device_shards import DeviceShards
from rollcall.store.devices_table import DeviceItem
from rollcall.store.listed_uploads import ListedUploads
from rollcall.store.upload_lists import UploadLists
from rollcall.transitions import Status
from rollcall.upload_walk import UploadGroup, through_uploads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rollcall.cursors import Gap
    from rollcall.devices import ListedDevice
    from rollcall.paging import Seen
    from rollcall.queries import DeviceQuery
    from rollcall.scopes import Scope
    from rollcall.uploads import Upload

#: Devices asked for at first where a filter will refuse most of them.
_FILTERED_ROWS: Final = 50


class AmbiguousUploadError(Exception):
    """The beginning of an upload id fits several uploads that the asker sees.

    Attributes:
        uploads: some of them, newest first.
    """

    def __init__(self, uploads: tuple[Upload, ...]) -> None:
        self.uploads = uploads
        super().__init__(f"fits {len(uploads)} uploads or more")


class DeviceLists:
    """Reads lists of devices. They are of indexes and may lag behind the last writes by a moment.

    A customer's list holds what finished uploads brought it; asked for an order number or for what is PENDING, also
    what an upload in progress has stored so far. A reseller's list holds all of its uploads.

    Args:
        devices: name of the devices table.
        uploads: name of the uploads table.
        region: AWS region; None for the environment's.
        host: endpoint of an emulator; None for the environment's or AWS.
    """

    def __init__(self, devices: str, uploads: str, *, region: str | None = None, host: str | None = None) -> None:
        self._devices = bind(DeviceItem, devices, region=region, host=host)
        self._listed = ListedUploads(uploads, region=region, host=host)
        self._uploads = UploadLists(uploads, region=region, host=host)

    def page(
        self,
        scope: Scope,
        query: DeviceQuery,
        *,
        size: int = 5,
        cursor: str | None = None,
        backwards: bool = False,
        budget: int = 500,
    ) -> Page[ListedDevice]:
        """A page of the devices that an account sees.

        Uploads come by date as the query says, and the devices of each in the order of its file. What is read is
        bounded: a page that had to look at ``budget`` devices, or to ask 60 times, ends there, however short it is,
        and says so by ``searched``; its cursor goes on.

        Args:
            scope: who asks.
            query: what for. ``customer`` is an account id here; ``upload`` is an id, or a beginning that fits one
                upload only. An upload or a customer that the account does not see has no devices.
            size: most devices on the page.
            cursor: from another page of the same list; None for its beginning.
            backwards: the page before the cursor and not the one behind it.
            budget: most devices to look at.

        Raises:
            CursorError: the cursor is malformed, or of another list, or of another account's; or it is missing, and
                there is nothing before the beginning.
            AmbiguousUploadError: the beginning of an upload id fits several.
        """
        name = _name(scope, query)
        start = cursors.decode(cursor, of=name) if cursor else None
        if backwards and start is None:
            raise CursorError("nothing is before the beginning")
        customer = query.customer if scope.is_reseller else scope.account
        if query.customer not in ("", customer):
            return Page(())
        upload = self._upload(scope, query.upload) if query.upload else None
        if query.upload and (upload is None or upload.check_only):
            return Page(())
        if upload and start and start.gap.group != _group(upload, customer).key:
            raise CursorError("of another upload")
        meter = Meter(budget)
        gap = start.gap if start else None
        query = replace(query, customer=customer, upload=upload.id if upload else "")
        return cut(
            self._walk(scope, query, upload, gap, backwards=backwards, size=size, meter=meter),
            size=size,
            keep=wanted(scope, query),
            start=start,
            backwards=backwards,
            meter=meter,
            of=name,
        )

    def _upload(self, scope: Scope, beginning: str) -> Upload | None:
        found = self._uploads.find(scope, beginning)
        if len(found) > 1:
            raise AmbiguousUploadError(found)
        return found[0] if found else None

    def _walk(
        self,
        scope: Scope,
        query: DeviceQuery,
        upload: Upload | None,
        gap: Gap | None,
        *,
        backwards: bool,
        size: int,
        meter: Meter,
    ) -> Iterator[Seen[ListedDevice]]:
        """The cheapest way: an index that answers most of the filters, else from upload to upload."""
        customer = query.customer or (upload.customer if upload else "") or ""
        order = query.order.strip()
        if customer and (order or query.status is Status.PENDING):
            shards = DeviceShards(self._devices, self._listed, scope=scope, customer=customer, order=order, meter=meter)
            rest = replace(query, order="", status=None if not order else query.status)
            limit = _FILTERED_ROWS if rest.model or rest.tag or rest.status else size + 1
            if upload:
                key = _group(upload, customer).key
                return within_upload(shards, key, gap, backwards=backwards, meter=meter, limit=limit)
            return through_shards(
                shards, gap, newest_first=query.newest_first, backwards=backwards, meter=meter, limit=limit
            )
        chunks = DeviceChunks(
            self._devices,
            self._listed,
            scope=scope,
            customer=query.customer,
            only=self._only(upload, query.customer, meter) if upload else None,
            meter=meter,
        )
        limit = _FILTERED_ROWS if query.model or query.tag or query.status or order else size + 1
        return through_uploads(
            chunks, gap, newest_first=query.newest_first, backwards=backwards, meter=meter, limit=limit
        )

    def _only(self, upload: Upload, customer: str, meter: Meter) -> UploadGroup:
        group = _group(upload, customer)
        if not group.is_shared:
            return group
        meter.count(0)
        return replace(group, own=own_chunks(self._listed.part(upload.id, customer), finished=not upload.is_running))


def _group(upload: Upload, customer: str) -> UploadGroup:
    return UploadGroup(
        key=f"{upload.started_at}#{upload.id}",
        upload=upload.id,
        chunks=upload.chunks or 0,
        is_shared=upload.many and bool(customer),
    )


def _name(scope: Scope, query: DeviceQuery) -> str:
    """Everything that a cursor's position depends on: what was asked, by whom."""
    return "\0".join(
        (
            *("devices", scope.side, scope.account, query.customer, query.status or "", query.order, query.model),
            *(query.tag, query.upload, "newest" if query.newest_first else "oldest"),
        )
    )
