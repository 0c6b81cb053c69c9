"""Device files made up for tests: as many valid identifiers as wanted, and files of them."""

from __future__ import annotations

from rollcall.luhn import check_digit


def imei(number):
    """The valid IMEI of a number: another for each below a million."""
    payload = f"35{number:012}"
    return payload + check_digit(payload)


def csv_of(*rows, header="imei"):
    """A file of one line per row, as a spreadsheet saves it."""
    return "".join(f"{line}\r\n" for line in (header, *rows)).encode()
