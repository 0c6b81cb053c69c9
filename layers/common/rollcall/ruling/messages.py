"""What is sent to the queue of jobs about arrivals."""

from __future__ import annotations

from typing import Any, Final

#: ``kind`` of a message: devices have reached a customer; an upload, or a reseller's, is counted anew; a rule is tried.
ARRIVED: Final = "arrived"
RECOUNT: Final = "recount"
RECOUNT_ORDERS: Final = "recount_orders"
TRY_RULE: Final = "try_rule"


def arrival(upload: str, customer: str) -> dict[str, Any]:
    """That an upload has arrived at a customer."""
    return {"kind": ARRIVED, "id": f"{upload}#{customer}", "upload": upload, "customer": customer}


def recount(upload: str, customer: str, *, once: str) -> dict[str, Any]:
    """That an upload's share in a customer's orders is to be counted anew.

    Args:
        upload: upload id.
        customer: account id.
        once: names the occasion.
    """
    return {"kind": RECOUNT, "id": f"{once}#{upload}#{customer}", "upload": upload, "customer": customer}


def recount_orders(customer: str, reseller: str, *, once: str) -> dict[str, Any]:
    """That the uploads of a reseller are to be counted anew; the arguments are those of `recount`."""
    return {"kind": RECOUNT_ORDERS, "id": f"{once}#{reseller}", "customer": customer, "reseller": reseller}
