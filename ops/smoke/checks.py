"""The checks: each holds one thing to what our code takes for granted and no emulator shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ops.prices import PRICES
from ops.smoke import files, front, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from ops.smoke.account import Account

_WRITES: Final = PRICES["write units"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        name: what is checked, as a sentence that is true if all is well.
        run: does it, and tells what it saw.
        usd: what it costs at most.
    """

    name: str
    run: Callable[[Account], str]
    usd: float


CHECKS: Final = (
    Check("Batches and transactions have the sizes that our code keeps to", tables.batches, 0.001),
    Check("Items and transactions have the bytes that our code keeps to", tables.sizes, 0.01),
    Check("Transactions that meet all come through, each once", tables.conflicts, 0.001),
    Check(
        "A cold table is filled by trying again", tables.cold_table, 2 * tables.COLD_WRITES * _WRITES.usd / _WRITES.per
    ),
    Check("S3 wants parts of 5 MB", files.small_parts, 0.001),
    Check("Upload forms hold: key, size, time", files.forms, 0.001),
    Check("An object that is missing is taken for gone", files.missing_objects, 0.001),
    Check("The bucket refuses plain HTTP and the public", files.plain_http, 0.001),
    Check("Unsigned requests are refused in time", front.unsigned, 0.001),
    Check("Requests over 10 MB do not reach our code", front.large_requests, 0.001),
    Check("The bot starts from its snapshot", front.snapshot, 0.0),
)
