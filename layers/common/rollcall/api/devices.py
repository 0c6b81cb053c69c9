"""Questions about devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.api import bodies
from rollcall.api.problems import refused
from rollcall.api.requests import Answer
from rollcall.cursors import CursorError
from rollcall.identifiers import candidates
from rollcall.queries import DeviceQuery
from rollcall.store.device_lists import AmbiguousUploadError
from rollcall.telling.readers import people
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.api.requests import Request
    from rollcall.scopes import Scope
    from rollcall.store.accounts import AccountsStore
    from rollcall.store.device_lists import DeviceLists
    from rollcall.store.devices import DevicesStore


class DeviceCalls:
    """Answers questions about devices.

    Args:
        accounts: names of companies and of the caller's own people.
        devices: finds single ones.
        lists: lists them.
    """

    def __init__(self, accounts: AccountsStore, devices: DevicesStore, lists: DeviceLists) -> None:
        self._accounts = accounts
        self._devices = devices
        self._lists = lists

    def listing(self, request: Request) -> Answer:
        """A page of devices; filters combine (rows P2, P3).

        Raises:
            ProblemError: the cursor is not one of this list, or the beginning of an upload id fits several.
        """
        query, scope = request.query, request.caller.scope
        wanted = DeviceQuery(
            customer=query.get("customer_id", ""),
            status=Status(query["status"]) if "status" in query else None,
            order=query.get("order", ""),
            model=query.get("model", ""),
            tag=query.get("tag", ""),
            upload=query.get("upload", ""),
            newest_first=query.get("sort") != "uploaded",
        )
        try:
            page = self._lists.page(scope, wanted, size=request.limit, cursor=request.cursor)
        except CursorError:
            raise refused("CURSOR_INVALID") from None
        except AmbiguousUploadError:
            raise refused("UPLOAD_AMBIGUOUS") from None
        names = self._resellers(scope, (one.generation.reseller for one in page.items))
        return Answer({"items": [bodies.device(one, scope, names) for one in page.items], "next_cursor": page.after})

    def one(self, request: Request) -> Answer:
        """One device by any of its identifiers (rows P4, P5, B13).

        Raises:
            ProblemError: it is not there, or another company's.
        """
        scope = request.caller.scope
        keys = [one.key for one in candidates(request.path["identifier"])]
        stored = self._devices.find_many(keys)
        seen = [stored[key] for key in keys if key in stored and scope.sees(stored[key].generation)]
        if not seen:
            raise refused("NOT_FOUND")
        device = seen[0]
        names = {
            **self._resellers(scope, [device.generation.reseller]),
            **{id_: customer.name for id_, customer in self._accounts.customers({device.generation.customer}).items()},
            **people(self._accounts, [scope.account]),
        }
        return Answer(bodies.device_card(device, scope, names))

    def _resellers(self, scope: Scope, resellers: Iterable[str]) -> dict[str, str]:
        """The names of the resellers, where the caller is none."""
        ids = set() if scope.is_reseller else set(resellers)
        return {id_: reseller.name for id_, reseller in self._accounts.resellers(ids).items()} if ids else {}
