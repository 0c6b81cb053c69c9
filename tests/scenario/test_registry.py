"""Uploads under the eyes of the manufacturer's registry: states, models, warnings, figures, and repeats."""

from __future__ import annotations

import json

import pytest

from rollcall.chain.recognising import RegistryUnavailableError
from rollcall.registry import Opinion, Strictness
from rollcall.store.devices import DevicesStore
from rollcall.transitions import Status
from tests.catalogues import Told, load
from tests.cloud import REGION
from tests.stock import imei

pytestmark = pytest.mark.feature("P7")

KEY = "uploads/RSL-ACME/CUST-NORTHWIND/new.csv"
KNOWN, TWO_MODELS, STRANGE = imei("35693803564380"), imei("35180000000000"), imei("35999999000001")
CATALOGUE = ("35693803,SM-A556B", "35180000,SM-G991B", "35180000,SM-G991U")


def file(*rows, header="imei,model"):
    return "\n".join([header, *rows]).encode()


FILE = file(f"{KNOWN},", f"{TWO_MODELS},", f"{STRANGE},SM-X1")


@pytest.fixture
def strict(limited):
    return limited(unrecognised=Strictness.MPTS_ERROR)


def device(chain, number):
    return DevicesStore(chain.cloud.settings.devices_table, region=REGION).find(f"imei#{number}")


def notes(report):
    return [(row["line"], row["column"], row["value"], row["code"]) for row in report.sheet("notes")]


def figures(chain, report):
    """Devices of Northwind in the upload that are settled, and in MPTS_ERROR."""
    deltas = [item for item in chain.cloud.peek("UploadsTable") if item["sk"]["S"].startswith("delta#CUST-NORTHWIND#")]
    mine = [item for item in deltas if item["pk"]["S"] == report.upload_id]
    return tuple(sum(int(one.get(name, {"N": "0"})["N"]) for one in mine) for name in ("settled", "unrecognised"))


def test_without_a_catalogue_every_device_is_pending_and_nothing_is_noted(strict):
    report = strict.upload(KEY, FILE)

    assert {row["status"] for row in report.results} == {"PENDING"}
    assert notes(report) == []
    assert figures(strict, report) == (0, 0)


def test_a_kind_that_a_loaded_catalogue_does_not_know_is_a_warning(chain):
    load(chain, *CATALOGUE)
    report = chain.upload(KEY, FILE)

    assert report.summary["stored"] == 3
    assert {row["status"] for row in report.results} == {"PENDING"}
    assert notes(report) == [("2", "model", "", "MODEL_ADDED"), ("4", "imei", STRANGE, "TAC_UNKNOWN")]
    assert report.summary["notes_by_code"] == {"MODEL_ADDED": 1, "TAC_UNKNOWN": 1}
    assert figures(chain, report) == (0, 0)


def test_or_the_device_is_stored_as_one_that_cannot_be_accepted(strict):
    load(strict, *CATALOGUE)
    report = strict.upload(KEY, FILE)

    assert report.summary["status"] == "COMPLETED"
    assert [row["status"] for row in report.results] == ["PENDING", "PENDING", "MPTS_ERROR"]
    assert notes(report)[-1] == ("4", "imei", STRANGE, "NOT_RECOGNISED")
    stored = device(strict, STRANGE)
    assert (stored.status, stored.history[0].status) == (Status.MPTS_ERROR, Status.MPTS_ERROR)
    (item,) = [item for item in strict.cloud.peek("DevicesTable") if item["id"]["S"] == f"imei#{STRANGE}"]
    assert "pending_shard" not in item, "it waits for no decision"
    assert figures(strict, report) == (1, 1)


def test_a_model_is_added_only_where_none_is_named_and_none_is_doubtful(chain):
    load(chain, *CATALOGUE)
    other = imei("35693803564381")
    report = chain.upload(KEY, file(f"{KNOWN},", f"{TWO_MODELS}, ", f"{other},SM-G991B"))

    assert [device(chain, one).model for one in (KNOWN, TWO_MODELS, other)] == ["SM-A556B", " ", "SM-G991B"]
    assert notes(report) == [("2", "model", "", "MODEL_ADDED"), ("4", "model", "SM-G991B", "MODEL_MISMATCH")]
    assert "SM-A556B" in report.sheet("notes")[1]["message"]


@pytest.mark.feature("P9")
def test_a_model_that_is_added_may_need_a_sold_to_code_like_any_other(limited):
    chain = limited(ee_models=("SM-A5",))
    load(chain, *CATALOGUE)
    report = chain.upload("uploads/RSL-BOLTWAVE/CUST-FABRIKAM/ee.csv", file(f"{KNOWN},"))

    assert report.codes == {2: {"STC_REQUIRED"}}
    assert report.sheet("errors")[0]["value"] == "SM-A556B"
    many = chain.upload("uploads/RSL-ACME/_many/ee.csv", file(f"{KNOWN},CUST-NORTHWIND", header="imei,customer_id"))
    assert many.codes == {2: {"STC_NOT_IN_BULK"}}


def test_a_check_says_what_would_be_stored_and_stores_nothing(strict):
    load(strict, *CATALOGUE)
    report = strict.upload("check/RSL-ACME/CUST-NORTHWIND/new.csv", FILE)

    assert [row["status"] for row in report.results] == ["PENDING", "PENDING", "MPTS_ERROR"]
    assert report.summary["notes_by_code"]["NOT_RECOGNISED"] == 1
    assert strict.cloud.peek("DevicesTable") == []
    assert figures(strict, report) == (0, 0)


def test_each_customer_of_a_file_has_figures_of_its_own(strict):
    load(strict, *CATALOGUE)
    rows = [f"{STRANGE},CUST-NORTHWIND", f"{imei('35999999000002')},CUST-CONTOSO", f"{KNOWN},CUST-CONTOSO"]
    report = strict.upload("uploads/RSL-ACME/_many/new.csv", file(*rows, header="imei,customer_id"))

    assert report.summary["stored"] == 3
    assert figures(strict, report) == (1, 1)


def test_a_chunk_that_is_tried_again_keeps_to_what_the_registry_said_first(strict):
    """Else the report would tell of another state than the devices have, and the figures would not add up."""
    strict.registry = Told([Opinion.UNKNOWN, Opinion.RECOGNISED])
    version = strict.cloud.put(KEY, FILE)
    strict.plan(KEY, version)
    (message,) = strict.chunks.take()
    chunk = strict.uploads.finish_chunk
    strict.uploads.finish_chunk = lambda *_, **__: 1 / 0
    with pytest.raises(ZeroDivisionError):
        strict.load(message)
    strict.uploads.finish_chunk = chunk

    strict.load(message)
    strict.drain()

    assert len(strict.registry.asked) == 1
    rows = [line.split(",") for line in strict.cloud.get(_results(strict)).decode("utf-8-sig").splitlines()[1:]]
    assert [row[-1] for row in rows] == ["MPTS_ERROR"] * 3
    assert {device(strict, one).status for one in (KNOWN, TWO_MODELS, STRANGE)} == {Status.MPTS_ERROR}


def test_a_registry_that_does_not_answer_is_asked_again_and_refuses_no_row(strict):
    strict.registry = Told([Opinion.UNAVAILABLE, Opinion.RECOGNISED])
    version = strict.cloud.put(KEY, FILE)
    strict.plan(KEY, version)
    (message,) = strict.chunks.take()

    with pytest.raises(RegistryUnavailableError):
        strict.load(message)
    assert strict.cloud.peek("DevicesTable") == [], "nothing is stored before the registry has spoken"
    strict.load(message)
    strict.drain()

    assert device(strict, STRANGE).status is Status.PENDING


@pytest.mark.parametrize(("strictness", "status"), [("warning", "PENDING"), ("MPTS_ERROR", "MPTS_ERROR")])
def test_one_that_never_answers_holds_no_upload_up(limited, strictness, status):
    chain = limited(unrecognised=Strictness(strictness))
    chain.registry = Told([Opinion.UNAVAILABLE])
    version = chain.cloud.put(KEY, FILE)
    chain.plan(KEY, version)
    (message,) = chain.chunks.take()

    chain.load(message, recogniser=chain.recogniser(last=True))
    chain.drain()

    summary = json.loads(chain.cloud.get(_results(chain).replace("results.csv", "summary.json")))
    assert (summary["stored"], summary["refused"]) == (3, 0)
    assert summary["notes_by_code"] == {"REGISTRY_UNAVAILABLE": 3}
    assert device(chain, KNOWN).status == status


def _results(chain):
    listed = chain.cloud.client("s3").list_objects_v2(Bucket=chain.cloud.settings.bucket, Prefix="reports/")["Contents"]
    (key,) = [one["Key"] for one in listed if one["Key"].endswith("results.csv")]
    return key
