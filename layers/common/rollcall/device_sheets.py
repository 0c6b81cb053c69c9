"""Devices as a CSV file that can be read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.rows import SLOTS
from rollcall.sheets import SheetWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rollcall.devices import Device, ListedDevice

#: The last column marks the file as ours, so that reading it takes the guards off its cells again.
COLUMNS: Final = (
    *SLOTS,
    "model",
    "order_number",
    "order_date",
    "tags",
    "status",
    "customer_id",
    "uploaded_at",
    "uploaded_by",
    "upload_id",
    "rollcall_export",
)
#: Of a list: what its indexes carry.
LIST_COLUMNS: Final = tuple(column for column in COLUMNS if column != "order_date")
UNKNOWN: Final = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class DeviceSheet:
    """A CSV and what is said with it.

    Attributes:
        name: of the file.
        content: its bytes.
        comment: one sentence, plain text.
    """

    name: str
    content: bytes
    comment: str


def device_sheet(
    devices: Sequence[Device],
    unknown: Sequence[str],
    *,
    uploader: Callable[[str, str], str],
    say: Callable[..., str] = str.format,
    count: Callable[[int], str] = "{:,}".format,
) -> DeviceSheet:
    """A line for each device, then one for each identifier, as typed, that leads to none.

    Args:
        devices: those that were found.
        unknown: what was asked for and is not there.
        uploader: (who uploaded, the reseller) → as the reader may see it.
        say: in the reader's language; English without it.
        count: writes a number likewise.
    """
    found = (device_row(device, uploader(device.uploaded_by, device.generation.reseller)) for device in devices)
    rows = [COLUMNS, *found, *(_unknown_row(text) for text in unknown)]
    told = "{found} of {all} devices found; {unknown} unknown." if unknown else "{found} of {all} devices found."
    figures = {"found": len(devices), "all": len(devices) + len(unknown), "unknown": len(unknown)}
    comment = say(told, **{name: count(number) for name, number in figures.items()})
    return DeviceSheet("devices.csv", SheetWriter().write(rows), comment)


def listed_row(device: ListedDevice, uploaded_by: str) -> tuple[str, ...]:
    """A line of an exported list, under `LIST_COLUMNS`.

    Args:
        device: the device.
        uploaded_by: as the reader may see it.
    """
    return (
        *(device.ids[slot].value if slot in device.ids else "" for slot in SLOTS),
        device.model,
        device.order_number,
        "|".join(device.tags),
        device.status.value,
        device.generation.customer,
        device.uploaded_at,
        uploaded_by,
        device.generation.upload,
        "",
    )


def device_row(device: Device, uploaded_by: str) -> tuple[str, ...]:
    """A line of a sheet, under `COLUMNS`.

    Args:
        device: the device.
        uploaded_by: as the reader may see it.
    """
    return (
        *(device.ids[slot].value if slot in device.ids else "" for slot in SLOTS),
        device.model,
        device.order_number,
        device.order_date,
        "|".join(device.tags),
        device.status.value,
        device.generation.customer,
        device.uploaded_at,
        uploaded_by,
        device.generation.upload,
        "",
    )


def _unknown_row(text: str) -> tuple[str, ...]:
    """What was asked for stands in the first column, whatever kind it was meant to be."""
    return (text, *("" for _ in COLUMNS[1:8]), UNKNOWN, *("" for _ in COLUMNS[9:]))
