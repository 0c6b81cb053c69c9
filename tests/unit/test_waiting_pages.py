"""Pages of what waits: every upload once, forwards and backwards, whatever the index says that is not so any more."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.cursors import CursorError
from rollcall.desk.turns import Turn, start_of
from rollcall.desk.waiting_pages import page_of_waiting
from rollcall.reminders import Found

SIZE = 3


@dataclass(frozen=True)
class Index:
    """An index of what waits that holds these uploads, each with one device in it."""

    found: tuple

    def walk(self, customer, edge="", *, newest_first=False):
        keyed = sorted((f"{one.since}#{one.subject}#000000001", one) for one in self.found)
        for key, one in reversed(keyed) if newest_first else keyed:
            if not edge or (key < edge if newest_first else key > edge):
                yield one


def found(number):
    return Found(f"U-{number:04}-QMC2-V5R8-TXAA", "RSL-ACME", f"2026-03-01T{number // 60:02}:{number % 60:02}:00Z")


def page(index, waiting, turn=None):
    def standing(upload):
        devices = waiting.get(upload)
        return None if devices is None else SimpleNamespace(upload=upload, pending=SimpleNamespace(total=devices))

    return page_of_waiting(index, standing, "CUST-NORTHWIND", turn or Turn(), size=SIZE)


def ids(of):
    return [one.upload for one in of.items]


@given(
    number=st.integers(0, 14),
    gone=st.sets(st.integers(0, 13)),
    running=st.sets(st.integers(0, 13)),
)
def test_each_upload_stands_on_one_page_and_the_way_back_shows_the_same(number, gone, running):
    uploads = [found(each) for each in range(number)]
    waiting = {one.subject: 0 if each in gone else 2 for each, one in enumerate(uploads) if each not in running}
    wanted = [one.subject for one in reversed(uploads) if waiting.get(one.subject)]
    index = Index(tuple(uploads))
    pages = [page(index, waiting)]
    while pages[-1].after:
        assert len(pages[-1].items) <= SIZE
        pages.append(page(index, waiting, Turn(cursor=pages[-1].after)))
        assert len(pages) <= number + 1
    assert [upload for one in pages for upload in ids(one)] == wanted

    assert pages[0].before is None
    for one in pages[1:]:
        again = page(index, waiting, Turn(cursor=start_of(one)))
        assert ids(again) == ids(one), "a redrawn page is the same page"
    back, seen = pages[-1], [*ids(pages[-1])]
    while back.before:
        back = page(index, waiting, Turn(cursor=back.before, backwards=True))
        seen = [*ids(back), *seen]
    assert seen == wanted


def test_a_page_looks_at_no_more_than_twice_what_it_shows():
    looked = []
    index = Index(tuple(found(each) for each in range(100)))

    def standing(upload):
        looked.append(upload)

    shown = page_of_waiting(index, standing, "CUST-NORTHWIND", Turn(), size=SIZE)
    assert len(looked) == 2 * SIZE
    assert (shown.items, shown.before) == ((), None)
    assert shown.after, "and leads on"


@pytest.mark.parametrize(
    "cursor", ["x", "2026-03-01T09:30:00Z#U-7K3F-9QMC", "2026-03-01T09:30:00Z#CUST-FABRIKAM#", "\0", "9" * 5_000]
)
def test_a_cursor_that_never_was_is_refused(cursor):
    with pytest.raises(CursorError):
        page(Index(()), {}, Turn(cursor=cursor))


def test_nothing_is_before_the_beginning():
    with pytest.raises(CursorError):
        page(Index(()), {}, Turn(backwards=True))
