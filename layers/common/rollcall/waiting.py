"""Devices that wait for a customer's decision, by the upload they came in (row P21)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """Pending devices of one upload.

    Attributes:
        upload: upload id.
        company: account id of the other side: the customer that decides, or the reseller that uploaded.
        devices: how many wait.
        since: when they were uploaded, UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        order_number: of the upload; may be empty.
    """

    upload: str
    company: str
    devices: int
    since: str
    order_number: str = ""
