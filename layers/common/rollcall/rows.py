"""One row of a file, judged by itself: every fault it has, and what would be stored of it.

Whether its identifiers are taken by somebody is not known here (``conflicts``), nor whether they stand on an earlier
line (``repeats``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault
from rollcall.layout import parse_order_date
from rollcall.row_identifiers import ID_COLUMNS, SLOTS, identifiers, read_identifiers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.identifiers import Identifier

__all__ = [
    "ID_COLUMNS",
    "LONGEST_TEXT",
    "SLOTS",
    "FileContext",
    "Row",
    "judge",
    "read_identifiers",
    "split_tags",
    "with_model",
]

#: Characters of a model, an order number or a tag. A device's item stays within one write unit for usual lengths.
LONGEST_TEXT: Final = 1_000

_FREE_TEXTS: Final = ("model", "order_number", "tags")
#: With these faults nobody knows where the cells of the row begin and end.
_UNREADABLE: Final = frozenset({"ROW_QUOTES", "ROW_TOO_LONG"})


@dataclass(frozen=True, slots=True)
class FileContext:
    """What holds for every row of a file.

    Attributes:
        headings: the file's own column names, in order.
        columns: the meaning of each column, None where it has none for us.
        customer: the customer of a one-customer file; None where each row names its own.
        accepting: for a many-customer file, what a row may name (customer or MSP id) → the customer id, and whether
            it takes devices from this reseller.
        order_number: the upload's own, for rows without one.
        order_date: likewise, ``YYYY-MM-DD``.
        stc: the sold-to code in force for the file, empty if none.
        ee_models: upper-case prefixes of model names that need a sold-to code.
    """

    headings: tuple[str, ...]
    columns: tuple[str | None, ...]
    customer: str | None = None
    accepting: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    order_number: str = ""
    order_date: str = ""
    stc: str = ""
    ee_models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A judged row.

    Attributes:
        line: the line of the file on which it begins, as an editor counts.
        customer: whose device it would be; empty where that could not be told.
        ids: the valid identifiers by slot (``imei``, ``imei2``, ``meid``, ``serial``).
        model: as it stood in the file; likewise ``order_number`` and ``tags``.
        order_date: ``YYYY-MM-DD`` or empty.
        faults: why it is refused; empty for a row that may be stored.
        notes: repairs and warnings; never a reason to refuse.
        sources: where each of ``ids`` was read: slot → the file's heading, and the cell as it stood.
    """

    line: int
    customer: str
    ids: Mapping[str, Identifier]
    model: str = ""
    order_number: str = ""
    order_date: str = ""
    tags: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    sources: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def refused(self, *faults: Fault) -> Row:
        """The same row with more faults."""
        return replace(self, faults=(*self.faults, *faults))

    def noted(self, *notes: Fault) -> Row:
        """The same row with more repairs and warnings."""
        return replace(self, notes=(*self.notes, *notes)) if notes else self


def judge(line: int, cells: Sequence[str], context: FileContext, reading_faults: Sequence[Fault] = ()) -> Row:
    """Finds every fault of a row at once.

    Args:
        line: the line on which it begins.
        cells: as they stood in the file.
        context: what holds for the file.
        reading_faults: what the parser found wrong with the record.
    """
    faults = [_with_heading(fault, context) for fault in reading_faults]
    if any(fault.code in _UNREADABLE for fault in faults):
        return Row(line=line, customer=_customer_before(_whole_cells(cells), context), ids={}, faults=tuple(faults))
    named = _by_column(cells, context)
    ids, sources, id_faults, notes = identifiers(cells, context)
    overlong = len(cells) > len(context.columns)
    if len(cells) != len(context.columns):
        faults.append(
            Fault("ROW_WIDTH", details={"cells": str(len(cells)), "expected": str(len(context.columns))}),
        )
    if overlong:
        # An extra delimiter shifts what follows it: a fault found there would be about the wrong cell.
        customer = _customer_before(cells, context)
        return Row(line=line, customer=customer, ids=ids, faults=tuple(faults), sources=sources)
    faults += id_faults
    customer, customer_faults = _customer(named, context)
    faults += customer_faults
    order_date, date_faults = _order_date(named, context)
    faults += date_faults
    faults += [
        Fault("VALUE_TOO_LONG", _heading(context, name), named[name], {"limit": str(LONGEST_TEXT)})
        for name in _FREE_TEXTS
        if len(named.get(name, "")) > LONGEST_TEXT
    ]
    model = named.get("model", "")
    order_number = named.get("order_number", "")
    faults += _enterprise_edition(model, context)
    return Row(
        line=line,
        customer=customer,
        ids=ids,
        model=model,
        order_number=order_number if order_number.strip() else context.order_number,
        order_date=order_date,
        tags=split_tags(named.get("tags", "")),
        faults=tuple(faults),
        notes=tuple(notes),
        sources=sources,
    )


def with_model(row: Row, model: str, context: FileContext) -> Row:
    """A row that names no model, with the one that its device is known to be; of its faults none is lost."""
    return replace(row, model=model, faults=(*row.faults, *_enterprise_edition(model, context)))


def split_tags(text: str) -> tuple[str, ...]:
    """The tags of a cell, ``|`` between them, each once, in order."""
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def _by_column(cells: Sequence[str], context: FileContext) -> dict[str, str]:
    return {column: cell for column, cell in zip(context.columns, cells, strict=False) if column}


def _heading(context: FileContext, column: str) -> str:
    return context.headings[context.columns.index(column)] if column in context.columns else column


def _with_heading(fault: Fault, context: FileContext) -> Fault:
    """The parser knows a cell by its place only."""
    place = fault.details.get("cell", "")
    if fault.column or not place.isdecimal() or int(place) > len(context.headings):
        return fault
    return replace(fault, column=context.headings[int(place) - 1])


def _customer(named: Mapping[str, str], context: FileContext) -> tuple[str, list[Fault]]:
    if context.customer is not None:
        return context.customer, []
    text = named.get("customer_id", "")
    found = context.accepting.get(text.strip())
    heading = _heading(context, "customer_id")
    if found is None:
        return "", [Fault("CUSTOMER_UNKNOWN", heading, text)]
    customer, accepting = found
    return customer, [] if accepting else [Fault("CUSTOMER_NOT_ACCEPTING", heading, text)]


def _customer_before(cells: Sequence[str], context: FileContext) -> str:
    """The customer of a row of which only the beginning can be read; empty if it is not named there.

    The row is refused whosever it is: this only says in whose figures.
    """
    if context.customer is not None:
        return context.customer
    return context.accepting.get(_by_column(cells, context).get("customer_id", "").strip(), ("", False))[0]


def _whole_cells(cells: Sequence[str]) -> Sequence[str]:
    """The cells in front of the one that is damaged: the first with a quotation mark, else the last, which is cut."""
    return cells[: next((place for place, cell in enumerate(cells) if '"' in cell), len(cells) - 1)]


def _order_date(named: Mapping[str, str], context: FileContext) -> tuple[str, list[Fault]]:
    text = named.get("order_date", "")
    if not text.strip():
        return context.order_date, []
    parsed = parse_order_date(text)
    if parsed is None:
        return "", [Fault("ORDER_DATE_INVALID", _heading(context, "order_date"), text)]
    return parsed.isoformat(), []


def _enterprise_edition(model: str, context: FileContext) -> list[Fault]:
    if context.stc or not model.strip().upper().startswith(context.ee_models or ("\0",)):
        return []
    code = "STC_NOT_IN_BULK" if context.customer is None else "STC_REQUIRED"
    return [Fault(code, _heading(context, "model"), model)]
