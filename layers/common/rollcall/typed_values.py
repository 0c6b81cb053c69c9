"""The values behind keys, read: states, upload ids, accounts and the order of a list, in whatever way people write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.accounts import CUSTOMER_ID, MSP_ID, RESELLER_ID
from rollcall.queries import DeviceQuery
from rollcall.suggestions import not_an_upload, unknown_value
from rollcall.transitions import Status
from rollcall.upload_ids import understand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.word import Word

_STATUSES: Final = {status.value.lower(): status for status in Status}
#: What people call the states; the names of the states themselves stand in hints.
_STATUS_SPELLINGS: Final = {
    "waiting": Status.PENDING,
    "accepted": Status.VERIFIED,
    "approved": Status.VERIFIED,
    "declined": Status.REJECTED,
    "error": Status.MPTS_ERROR,
    "mpts": Status.MPTS_ERROR,
    "mptserror": Status.MPTS_ERROR,
}
_NEWEST_FIRST: Final = {"-uploaded": True, "uploaded": False}
_SORT_SPELLINGS: Final = {"newest": True, "oldest": False, "+uploaded": False}
_DASHES: Final = str.maketrans(dict.fromkeys("–—−‐‑", "-"))  # noqa: RUF001 - what keyboards make of a hyphen


def account(text: str) -> str:
    """An account or MSP id in upper case; any other text, such as a company's name, as it is."""
    upper = text.upper()
    return upper if any(shape.fullmatch(upper) for shape in (RESELLER_ID, CUSTOMER_ID, MSP_ID)) else text


def device_query(word: Word, pairs: Mapping[str, str]) -> DeviceQuery:
    """The filters of a device list.

    Raises:
        HintError: a state, an upload id or an order is none.
    """
    return DeviceQuery(
        customer=pairs.get("customer", ""),
        status=_status(word, pairs["status"]) if "status" in pairs else None,
        order=pairs.get("order", ""),
        model=pairs.get("model", ""),
        tag=pairs.get("tag", ""),
        upload=_upload(word, pairs["upload"]) if "upload" in pairs else "",
        newest_first=_newest_first(word, pairs["sort"]) if "sort" in pairs else True,
    )


def _status(word: Word, text: str) -> Status:
    name = "_".join(text.casefold().translate(_DASHES).replace("-", " ").replace("_", " ").split())
    status = _STATUSES.get(name) or _STATUS_SPELLINGS.get(name)
    if status is None:
        raise unknown_value(word, "status", text, _STATUSES)
    return status


def _upload(word: Word, text: str) -> str:
    understood = understand(text)
    if understood is None:
        raise not_an_upload(word, text)
    return understood


def _newest_first(word: Word, text: str) -> bool:
    name = text.casefold().translate(_DASHES)
    newest = _NEWEST_FIRST.get(name, _SORT_SPELLINGS.get(name))
    if newest is None:
        raise unknown_value(word, "sort", text, _NEWEST_FIRST)
    return newest
