"""A customer's own rows out of the reports of an upload, which are written for the reseller.

The rows of other customers are not in them, and neither are texts that name what only the reseller may know: with whom
else a device is, in which upload it came, on which line of another customer it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Row = Sequence[str]

#: Codes whose texts name something beyond the file; and one whose text names a line of it, which may be another's.
_BEYOND: Final = frozenset({"DUPLICATE_SAME_CUSTOMER", "DUPLICATE_OTHER_CUSTOMER", "HELD_BY_OTHER_RESELLER"})
_BESIDE: Final = frozenset({"DUPLICATE_IN_FILE"})
#: Where a line of ``results.csv`` has its line number, its codes and its customer; of ``errors.csv`` value and code.
_LINE, _OUTCOME, _CODES, _CUSTOMER = 0, 1, 2, 3
_VALUE, _CODE = 2, 3


def own_results(results: Iterable[Row], customer: str) -> Iterator[Row]:
    """The lines of ``results.csv`` that are a customer's.

    Args:
        results: without the headings.
        customer: account id.
    """
    return (row for row in results if row[_CUSTOMER] == customer)


def is_stored(result: Row) -> bool:
    """Whether a line of ``results.csv`` became a device."""
    return result[_OUTCOME] == "stored"


def codes_of(result: Row) -> list[str]:
    """Why a line of ``results.csv`` was refused; empty if it was not."""
    return result[_CODES].split()


def line_of(row: Row) -> int:
    """The line of the file that a line of either report is about; 0 for the file as a whole."""
    return int(row[_LINE]) if row[_LINE].isdecimal() else 0


def own_errors(errors: Iterable[Row], lines: Iterable[int] | None) -> Iterator[Row]:
    """The lines of ``errors.csv`` that are about a customer's rows, as the customer may read them.

    Args:
        errors: without the headings, in the order of the file.
        lines: of the file that are the customer's, ascending; None: all of them.
    """
    own = None if lines is None else iter(lines)
    current = 0
    for row in errors:
        line = line_of(row)
        while own is not None and 0 <= current < line:
            current = next(own, -1)
        if own is None or 0 < line == current:
            yield _as_shared(row, whole=own is None)


def _as_shared(row: Row, *, whole: bool) -> Row:
    """A fault without what is only the reseller's.

    Args:
        row: of ``errors.csv``.
        whole: all of the file is the customer's. Else a value of several lines is given to its first: what follows a
            stray quotation mark may be rows of others.
    """
    value, code = row[_VALUE] if whole else (row[_VALUE].splitlines() or [""])[0], row[_CODE]
    if code not in (_BEYOND if whole else _BEYOND | _BESIDE):
        return (*row[:_VALUE], value, *row[_CODE:])
    plain = Fault(code, value=value)
    return (*row[:_VALUE], value, code, plain.message, plain.remedy)
