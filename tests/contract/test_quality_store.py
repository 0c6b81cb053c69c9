"""Figures of resellers in the table: counted once, whatever comes twice, and seen by whom they concern."""

from __future__ import annotations

import pytest

from rollcall.quality import Quality, Step
from rollcall.store.quality import QualityStore, whole
from rollcall.store.quality_actions import NOBODY
from tests.approvals import MAX, NIA
from tests.approvals import Office as Deciders
from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud
from tests.files_of import csv_of, imei

pytestmark = pytest.mark.feature("B22")
KEY = "uploads/RSL-ACME/CUST-NORTHWIND/a.csv"
ALL = ("2026-01-05", "2026-12-28")


@pytest.fixture(scope="module")
def world():
    with running_cloud(chunk_rows=40) as running:
        running.accounts.apply(sample_directory())
        yield running, running.checkpoint()


@pytest.fixture
def chain(world):
    running, checkpoint = world
    running.restore(checkpoint)
    return Chain(running)


def of_acme(chain):
    return chain.quality().of_reseller("RSL-ACME", *ALL)


def test_rows_are_counted_by_customer_and_cause_once_however_often_an_upload_is_finished(chain):
    chain.upload(KEY, csv_of(imei(1), imei(2), "12", "12345678901234567890"))
    counted = of_acme(chain)
    assert (counted["CUST-NORTHWIND"].rows, counted["CUST-NORTHWIND"].stored) == (4, 2)
    assert counted["CUST-NORTHWIND"].by_code == {"IMEI_LENGTH": 2}
    assert whole(counted).first_time_right == 0.5
    (head,) = [item for item in chain.cloud.scan("UploadsTable") if item["sk"]["S"] == "head"]
    for _ in range(2):
        chain.finish({"upload_id": head["pk"]["S"]})
    assert of_acme(chain) == counted


def test_a_finisher_that_died_behind_the_counting_counts_no_second_time(chain, monkeypatch):
    version = chain.cloud.put(KEY, csv_of(imei(1), "12"))
    chain.plan(KEY, version)
    for message in chain.chunks.take():
        chain.load(message)
    (message, *_) = chain.finishes.take()
    with monkeypatch.context() as patch:
        patch.setattr("rollcall.store.uploads.UploadsStore.finish", dies)
        with pytest.raises(RuntimeError):
            chain.finish(message)
    once = of_acme(chain)
    chain.finish(message)
    assert of_acme(chain) == once
    assert whole(once).rows == 2


def dies(*_, **__):
    raise RuntimeError


def test_each_customer_sees_its_own_part_and_no_rows_of_files_that_brought_it_nothing(chain):
    body = (
        "customer_id,imei\r\n"
        f"CUST-NORTHWIND,{imei(1)}\r\nCUST-NORTHWIND,12\r\nCUST-CONTOSO,{imei(2)}\r\nCUST-FABRIKAM,{imei(3)}\r\n"
    )
    chain.upload("uploads/RSL-ACME/_many/m.csv", body.encode())
    chain.upload(KEY, csv_of("12", "13"))
    counted = of_acme(chain)
    assert {name: (part.files, part.rows, part.stored) for name, part in counted.items()} == {
        "CUST-NORTHWIND": (1, 2, 1),
        "CUST-CONTOSO": (1, 1, 1),
        NOBODY: (2, 3, 0),
    }
    assert (whole(counted).files, whole(counted).rows) == (2, 6)
    store = chain.quality()
    assert store.of_customer("CUST-NORTHWIND", *ALL) == {"RSL-ACME": counted["CUST-NORTHWIND"]}
    assert store.of_customer("CUST-FABRIKAM", *ALL) == {}
    assert store.of_reseller("RSL-BOLTWAVE", *ALL) == {}
    assert store.of_customer("CUST-NORTHWIND", "2026-03-09", "2026-12-28") == {}, "another week"


def test_a_check_counts_nothing_and_a_file_that_cannot_be_read_counts_as_one(chain):
    chain.upload("check/RSL-ACME/CUST-NORTHWIND/a.csv", csv_of(imei(1), "12"))
    assert of_acme(chain) == {}
    chain.upload(KEY, b"\x89PNG\r\n\x1a\n" + bytes(range(64)))
    assert of_acme(chain) == {NOBODY: Quality(files=1, failed=1)}


def test_mended_rows_that_are_sent_again_are_no_first_time(chain):
    chain.upload(KEY, csv_of(imei(1), "12"))
    mended = f"imei,error_code,error,suggestion\r\n{imei(2)},IMEI_LENGTH,x,y\r\n"
    chain.upload("uploads/RSL-ACME/CUST-NORTHWIND/resend.csv", mended.encode())
    counted = whole(of_acme(chain))
    assert (counted.rows, counted.first_rows, counted.first_stored) == (3, 2, 1)


def test_acceptances_are_counted_by_their_wait_and_an_undo_takes_them_back(chain):
    chain.upload(KEY, csv_of(*map(imei, range(4))))
    office = Deciders(chain.cloud)
    office.now = chain.now
    office.wait(hours=5)
    office.accept(0, 1, by=NIA)
    office.wait(hours=25)
    accepted = office.accept(2, by=MAX)
    office.reject(3, by=NIA, reason="not ordered")
    counted = of_acme(chain)["CUST-NORTHWIND"]
    assert counted.hours == {3: 2, 6: 1}
    assert counted.median == Step(4, 8)
    office.accept(2, by=MAX, once="another click")
    assert of_acme(chain)["CUST-NORTHWIND"].hours == {3: 2, 6: 1}, "nothing was accepted"
    office.approvals.undo(MAX, accepted.decision.id, once="undo")
    assert of_acme(chain)["CUST-NORTHWIND"].hours == {3: 2}
    assert chain.quality().of_customer("CUST-NORTHWIND", *ALL)["RSL-ACME"].accepted == 2


def test_very_many_customers_are_counted_in_few_transactions_and_go_on_where_they_stopped(chain):
    seen = {f"CUST-{number:03}": Quality(files=1, rows=1, stored=1) for number in range(120)}
    transactions = Counted(chain)
    store = QualityStore(transactions.client, transactions, "UploadsTable")
    answers = iter([False, True])
    assert not store.count("U-1", "RSL-ACME", "2026-03-02", seen, Quality(files=1), is_late=lambda: next(answers))
    assert transactions.written == 1
    assert store.count("U-1", "RSL-ACME", "2026-03-02", seen, Quality(files=1))
    assert (whole(of_acme(chain)).rows, whole(of_acme(chain)).files) == (120, 1)
    assert transactions.written <= 5


class Counted:
    """Transactions that are counted."""

    def __init__(self, chain):
        self.client = chain.cloud.client("dynamodb")
        self.real = chain.quality()._transactions
        self.written = 0

    def write(self, actions):
        self.written += 1
        return self.real.write(actions)
