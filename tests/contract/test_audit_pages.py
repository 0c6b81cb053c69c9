"""A customer's audit page by page: each as small as it is said to be, and a place behind it to go on from."""

from __future__ import annotations

import pytest

from rollcall.store import audit
from rollcall.store.audit import AuditStore
from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud
from tests.files_of import csv_of, imei
from tests.removers import Removers

#: Devices of the second upload, and those of it that are deleted; their numbers.
MANY, GONE = range(101, 125), range(101, 114)
PAGE = 5


@pytest.fixture(scope="module")
def store():
    with running_cloud(chunk_rows=10) as cloud, pytest.MonkeyPatch.context() as patched:
        cloud.accounts.apply(sample_directory())
        house = Removers(cloud)
        house.stock()
        Chain(cloud).upload("uploads/RSL-ACME/CUST-NORTHWIND/b.csv", csv_of(*map(imei, MANY)))
        house.delete(*GONE)
        patched.setattr(audit, "_PAGE", PAGE)
        yield AuditStore(
            house.client,
            changes=house.decisions.changes,
            devices=house.devices,
            parts=house.decisions.parts,
            uploads="UploadsTable",
        )


@pytest.mark.feature("B18")
def test_no_page_holds_more_devices_than_a_page_of_what_is_gone_or_there(store):
    pages = [entries for entries, _ in store.pages("CUST-NORTHWIND")]
    entries = [entry for page in pages for entry in page]

    assert max(len({one.device for one in page}) for page in pages) == PAGE
    assert len({one.device for one in entries if one.gone}) == len(GONE)
    assert len({one.device for one in entries}) == len(MANY) + 5
    assert entries == list(store.of_customer("CUST-NORTHWIND"))


@pytest.mark.feature("B18", "B4")
def test_from_behind_every_page_the_rest_comes_and_nothing_twice(store):
    pages = list(store.pages("CUST-NORTHWIND"))

    assert len(pages) > 8
    for number, (_, cursor) in enumerate(pages):
        rest = [entry for page, _ in store.pages("CUST-NORTHWIND", cursor) for entry in page]
        assert rest == [entry for page, _ in pages[number + 1 :] for entry in page]
