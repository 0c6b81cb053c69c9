"""Lists of uploads, an upload by the beginning of its id, and why rows were refused: each account its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.cursors import CursorError
from rollcall.scopes import Scope, Side
from rollcall.store import upload_lists
from rollcall.store.objects import Objects
from rollcall.store.upload_errors import UploadErrors
from rollcall.store.upload_lists import UploadLists
from rollcall.uploads import Figures, Split, UploadStatus
from tests.cloud import BUCKET, REGION, running_cloud
from tests.warehouse import Line, Warehouse

ACME, BOLT = Scope("RSL-ACME", Side.RESELLER), Scope("RSL-BOLT", Side.RESELLER)
NORTHWIND, FABRIKAM = Scope("CUST-NW", Side.CUSTOMER), Scope("CUST-FAB", Side.CUSTOMER)
EVERYBODY = (ACME, BOLT, NORTHWIND, FABRIKAM)


@pytest.fixture(scope="module")
def cloud():
    with running_cloud() as running:
        yield running


@pytest.fixture(scope="module")
def lists(cloud):
    return UploadLists("UploadsTable", region=REGION)


@pytest.fixture(scope="module")
def stock(cloud):
    house = Warehouse(cloud, chunk_rows=2)
    house.upload("RSL-ACME", [Line("CUST-NW")] * 3, refused=2)
    house.upload("RSL-BOLT", [Line("CUST-NW")] * 2)
    house.upload("RSL-ACME", [Line("CUST-NW")] * 2 + [Line("CUST-FAB")] * 3, many=True, refused=1)
    house.upload("RSL-ACME", [Line("CUST-FAB")], second=2)
    house.upload("RSL-ACME", [Line("CUST-NW")] * 4, check_only=True)
    house.upload("RSL-ACME", [], customer="CUST-NW", refused=4)
    house.upload("RSL-ACME", [Line("CUST-NW")] * 2, finished=False)
    house.upload("RSL-ACME", [Line("CUST-FAB")] * 2, many=True, finished=False)
    house.verify(house.uploads[0], 2, "CUST-NW")
    house.verify(house.uploads[2], 2, "CUST-NW")
    house.verify(house.uploads[2], 3, "CUST-FAB")
    house.verify(house.uploads[2], -1, "CUST-FAB")
    return house


def through(read, **options):
    """All pages forwards, having made sure that going back gives the same."""
    pages = [read(**options)]
    while pages[-1].after:
        pages.append(read(cursor=pages[-1].after, **options))
    back = [pages[-1]]
    while back[-1].before:
        back.append(read(cursor=back[-1].before, backwards=True, **options))
    lines = [line for page in pages for line in page.items]
    assert [line for page in back[::-1] for line in page.items] == lines
    assert pages[-1].total == len(lines)
    return lines


def newest_first(uploads):
    return sorted((upload.id for upload in uploads), key=lambda id_: started(uploads, id_), reverse=True)


def started(uploads, upload_id):
    return next(f"{upload.started_at}#{upload.id}" for upload in uploads if upload.id == upload_id)


@pytest.mark.feature("P12")
@pytest.mark.parametrize("size", [1, 2, 3, 20])
def test_a_reseller_sees_all_of_its_own_uploads_newest_first(lists, stock, size):
    for reseller in ("RSL-ACME", "RSL-BOLT", "RSL-NOBODY"):
        own = [upload for upload in stock.uploads if upload.reseller == reseller]
        lines = through(lambda reseller=reseller, **options: lists.of_reseller(reseller, **options), size=size)
        assert [line.id for line in lines] == newest_first(own)


@pytest.mark.feature("P12")
def test_a_line_shows_what_an_upload_is_and_what_became_of_it(lists, stock):
    lines = {line.id: line for line in through(lambda **options: lists.of_reseller("RSL-ACME", **options))}
    first, _, many, _, check, failed, running, _ = (lines.get(upload.id) for upload in stock.uploads)
    assert (first.file_name, first.customer, first.many, first.account) == ("0.csv", "CUST-NW", False, "RSL-ACME")
    assert (first.total, first.stored, first.refused, first.verified) == (5, 3, 2, 2)
    assert (first.status, first.uploaded_at) == (UploadStatus.COMPLETED_WITH_ERROR, "2026-03-01T09:30:00Z")
    assert first.uploaded_by == "rae@acme.example"
    assert (many.customer, many.many, many.total, many.stored, many.verified) == ("", True, 6, 5, 4)
    assert (check.check_only, check.stored, check.verified) == (True, 4, 0)
    assert not any(line.check_only for line in lines.values() if line is not check)
    assert (failed.status, failed.total, failed.stored) == (UploadStatus.ERROR, 4, 0)
    assert (running.status, running.total, running.stored) == (UploadStatus.IN_PROGRESS, 2, 0)


@pytest.mark.feature("P12")
@pytest.mark.parametrize("size", [1, 3])
def test_a_reseller_may_ask_for_the_uploads_of_one_customer(lists, stock, size):
    lines = through(lambda **options: lists.of_reseller("RSL-ACME", "CUST-NW", **options), size=size)
    # The one of many customers that is in progress may concern any of them yet.
    assert {line.id for line in lines} == {stock.uploads[number].id for number in (0, 2, 4, 5, 6, 7)}
    lines = through(lambda **options: lists.of_reseller("RSL-ACME", "CUST-FAB", **options), size=size)
    assert {line.id for line in lines} == {stock.uploads[number].id for number in (2, 3, 7)}
    assert through(lambda **options: lists.of_reseller("RSL-BOLT", "CUST-FAB", **options)) == []


@pytest.mark.feature("P12")
@pytest.mark.parametrize("size", [1, 2, 20])
def test_a_customer_sees_its_own_part_of_finished_uploads(lists, stock, size):
    northwind = through(lambda **options: lists.of_customer("CUST-NW", **options), size=size)
    assert {line.id for line in northwind} == {stock.uploads[number].id for number in (0, 1, 2)}
    assert [line.uploaded_at for line in northwind] == sorted((x.uploaded_at for x in northwind), reverse=True)
    fabrikam = {line.id: line for line in through(lambda **options: lists.of_customer("CUST-FAB", **options))}
    part = fabrikam[stock.uploads[2].id]
    assert (part.total, part.stored, part.refused, part.verified) == (3, 3, 0, 2)
    assert (part.status, part.customer, part.account) == (UploadStatus.COMPLETED, "CUST-FAB", "RSL-ACME")


def test_a_cursor_of_another_list_is_refused(lists, stock):
    cursor = lists.of_reseller("RSL-ACME", size=1).after
    for read in (
        lambda: lists.of_reseller("RSL-BOLT", cursor=cursor),
        lambda: lists.of_reseller("RSL-ACME", "CUST-NW", cursor=cursor),
        lambda: lists.of_customer("CUST-NW", cursor=cursor),
        lambda: lists.of_reseller("RSL-ACME", cursor="x"),
        lambda: lists.of_reseller("RSL-ACME", backwards=True),
    ):
        with pytest.raises(CursorError):
            read()


@pytest.mark.parametrize("length", [9, 12, 21])
def test_an_upload_is_found_by_those_who_see_it_and_by_nobody_else(lists, stock, length):
    for upload in stock.uploads:
        typed = upload.id[:length].lower()
        done = upload.status is not UploadStatus.IN_PROGRESS and not upload.check_only
        customers = set(stock.store.customers_of(upload))
        for scope in EVERYBODY:
            found = lists.find(scope, typed)
            if scope.is_reseller:
                assert found == ((upload,) if upload.reseller == scope.account else ())
            else:
                sees = done and upload.figures.rows.stored and scope.account in customers
                assert [one.id for one in found] == ([upload.id] if sees else [])


def test_a_customer_gets_nothing_of_an_upload_but_its_own_part(lists, stock):
    (part,) = lists.find(FABRIKAM, stock.uploads[2].id)
    assert (part.figures.rows.stored, part.figures.rows.refused) == (3, 0)
    assert part.customer == "CUST-FAB"
    assert "CUST-NW" not in repr(part)
    assert (part.key, part.sha256, part.read_as, dict(part.figures.by_code)) == ("", "", None, {})
    assert lists.line(FABRIKAM, part).verified == 2
    assert lists.line(FABRIKAM, part).total == 3
    assert lists.line(ACME, stock.uploads[2]).verified == 4


def test_a_beginning_that_fits_several_uploads_names_them(cloud, lists):
    store = Warehouse(cloud)
    for number, end in enumerate("0123456789"):
        store.dynamodb.put_item(
            TableName="UploadsTable",
            Item={
                "pk": {"S": f"U-ABCD-EFGH-0000-000{end}"},
                "sk": {"S": "part#CUST-X"},
                **{name: {"S": "CUST-X"} for name in ("customer_uploads", "customer")},
                "listed_at": {"S": f"2026-03-01T09:30:0{number}Z#U-ABCD-EFGH-0000-000{end}"},
                **{name: {"S": "x"} for name in ("reseller", "file_name", "uploaded_by")},
                "status": {"S": "COMPLETED"},
                "started_at": {"S": f"2026-03-01T09:30:0{number}Z"},
                "check_only": {"BOOL": False},
                **{name: {"N": "1"} for name in ("stored", "refused")},
            },
        )
    # A part whose head is not there is not shown.
    assert lists.find(Scope("CUST-X", Side.CUSTOMER), "UABCDEF") == ()
    assert len(lists._beginning_with(Scope("CUST-X", Side.CUSTOMER), "U-ABCD-EF")) == 5


def test_a_beginning_is_looked_for_among_the_newest_only(lists, stock, monkeypatch):
    newest, oldest = newest_first([upload for upload in stock.uploads if upload.reseller == "RSL-ACME"])[::6]
    monkeypatch.setattr(upload_lists, "_SEARCHED", 3)
    assert len(lists.find(ACME, newest[:9])) == 1
    assert lists.find(ACME, oldest[:9]) == ()
    assert len(lists.find(ACME, oldest)) == 1


@pytest.mark.parametrize("text", ["", "U-", "U-12345", "nonsense", "U-7K3F-9QMC-2V5R-8TXA-0000", "U-'; --"])
def test_what_cannot_be_an_upload_id_is_no_upload(lists, stock, text):
    assert lists.find(ACME, text) == ()


def errors_csv(cloud, upload, body):
    Objects(cloud.client("s3"), BUCKET).put(f"reports/{upload.reseller}/{upload.id}/errors.csv", body, "text/csv")


@pytest.mark.feature("P13")
@pytest.mark.feature("B2")
def test_causes_come_with_their_number_and_first_lines(cloud, stock, lists):
    upload = stock.uploads[0]
    rows = "".join(f'{line},imei,"a\r\n""b",IMEI_CHECK_DIGIT,x,y\r\n' for line in (5, 5, 9, 12, 13))
    errors_csv(cloud, upload, ("\ufeffline,column,value,code,message,remedy\r\n" + rows).encode())
    errors = UploadErrors(cloud.client("s3"), BUCKET)
    (group,) = errors.groups(ACME, upload)
    assert (group.code, group.rows, group.lines) == ("IMEI_CHECK_DIGIT", 2, (5, 9, 12))
    assert "check digit" in group.sentence.lower()


def test_only_the_beginning_of_a_long_report_is_read(cloud, stock):
    upload = stock.uploads[0]
    rows = "".join(f'{line},imei,"{"x" * 900}",IMEI_CHECK_DIGIT,x,y\r\n' for line in range(2, 400))
    errors_csv(cloud, upload, ("\ufeffline,column,value,code,message,remedy\r\n" + rows).encode())
    read = []

    class Client:
        def get_object(self, **request):
            answer = cloud.client("s3").get_object(**request)
            read.append(answer["ContentLength"])
            return answer

    (group,) = UploadErrors(Client(), BUCKET).groups(ACME, upload, lines=1000)
    assert group.lines == tuple(range(2, 2 + len(group.lines)))
    assert 60 < len(group.lines) < 80
    assert read == [64 * 1024]


@pytest.mark.feature("P13")
def test_a_customer_sees_why_its_own_rows_were_refused(cloud, stock, lists, monkeypatch):
    errors = UploadErrors(cloud.client("s3"), BUCKET)
    whole, many = stock.uploads[0], stock.uploads[2]
    errors_csv(cloud, whole, b"line,column,value,code,message,remedy\r\n7,imei,x,IMEI_CHECK_DIGIT,x,y\r\n")
    (part,) = lists.find(NORTHWIND, whole.id)
    (group,) = errors.groups(NORTHWIND, part)
    assert (group.rows, group.lines) == (2, (7,))

    (part,) = lists.find(NORTHWIND, many.id)
    rows = [(2, "stored", "", "CUST-NW"), (3, "refused", "IMEI_LENGTH", "CUST-FAB")]
    rows += [(line, "refused", "IMEI_LENGTH ROW_WIDTH", "CUST-NW") for line in (5, 6, 7, 8)]
    body = "".join(
        f"{','.join(map(str, row))},,,,,\r\n" for row in [("line", "outcome", "codes", "customer_id"), *rows]
    )
    Objects(cloud.client("s3"), BUCKET).put(f"reports/{many.reseller}/{many.id}/results.csv", body.encode(), "text/csv")
    refused = replace(part, figures=Figures(rows=Split(1, 4)))
    assert [(group.code, group.rows, group.lines) for group in errors.groups(NORTHWIND, refused)] == [
        ("IMEI_LENGTH", 4, (5, 6, 7)),
        ("ROW_WIDTH", 4, (5, 6, 7)),
    ]
    assert errors.groups(NORTHWIND, replace(part, figures=Figures(rows=Split(5, 0)))) == ()
    monkeypatch.setattr("rollcall.store.upload_errors._RESULT_BYTES", 100)
    assert errors.groups(NORTHWIND, refused) == (), "what is too long for a click is in errors.csv"


def test_a_report_that_is_not_there_leaves_the_numbers(cloud, stock):
    (group,) = UploadErrors(cloud.client("s3"), BUCKET).groups(ACME, stock.uploads[5])
    assert (group.rows, group.lines) == (4, ())
