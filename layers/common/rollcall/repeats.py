"""Which identifiers of a file stand on more than one line.

The index lies in a temporary SQLite database: memory stays at its page cache however long the file is, and whole keys
are compared, so no repeat is ever claimed by a chance collision.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: KiB of page cache. Below it the index of about 300,000 identifiers never touches the disk.
_CACHE_KIB: Final = 16_384


class Repeats:
    """The identifiers seen so far, each with the line it first stood on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def first_lines(self, line: int, keys: Iterable[str]) -> dict[str, int]:
        """Takes note of a line's identifiers.

        Args:
            line: the line they stand on; lines come in ascending order.
            keys: typed keys such as ``imei#…``.

        Returns:
            key → the earlier line on which it stood first; only keys that are repeats.
        """
        earlier: dict[str, int] = {}
        for key in keys:
            inserted = self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, line)).rowcount
            if inserted:
                continue
            (first,) = self._connection.execute("SELECT line FROM seen WHERE id = ?", (key,)).fetchone()
            if first != line:
                earlier[key] = first
        return earlier


@contextmanager
def open_repeats() -> Iterator[Repeats]:
    """An empty index in a temporary file that is gone when the block ends."""
    # An empty name is SQLite's own temporary database: on disk, unnamed, deleted on close.
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID")
        connection.execute("BEGIN")
        yield Repeats(connection)
