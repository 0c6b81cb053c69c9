"""Reminders and figures on the emulated AWS: counted and looked after with the rights that the template gives."""

from __future__ import annotations

import json
import time

import pytest

from local.accounts import apply_accounts
from local.stack import running_stack
from rollcall.accounts import CustomerRole
from rollcall.approvals import Approvals, Approver, Queued, Wish
from rollcall.decisions import DecisionKind
from rollcall.store.accounts import AccountsStore
from rollcall.store.companies import CompaniesStore
from rollcall.store.decisions import DecisionsStore
from rollcall.store.jobs import JobsStore
from rollcall.store.quality import QualityStore
from rollcall.store.queues import Queue
from rollcall.store.reminders import RemindersStore
from rollcall.store.transactions import Transactions
from tests.chain import sample_directory
from tests.files_of import csv_of, imei

pytestmark = pytest.mark.stack

PATIENCE = 120  # seconds; cold functions on a busy machine
NORTHWIND = "CUST-NORTHWIND"
ALWAYS = ("2020-01-06", "2100-01-04")


def until(look, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.5)
    raise AssertionError(f"waited in vain for {what}")


def put(stack, name, body):
    """Puts a file for Northwind; the id of its upload when it is done."""
    s3, bucket = stack.client("s3"), stack.outputs["UploadsBucketName"]
    version = s3.put_object(Bucket=bucket, Key=f"uploads/RSL-ACME/{NORTHWIND}/{name}", Body=body)["VersionId"]

    def look():
        for report in s3.list_objects_v2(Bucket=bucket, Prefix="reports/RSL-ACME/").get("Contents", []):
            if report["Key"].endswith("/summary.json"):
                summary = json.loads(s3.get_object(Bucket=bucket, Key=report["Key"])["Body"].read())
                if summary["source_version"] == version:
                    return summary["upload_id"]
        return None

    return until(look, f"{name}; see {stack.emulator.log}")


@pytest.mark.feature("B22")
@pytest.mark.feature("B15")
def test_rows_and_acceptances_are_counted_and_the_clock_sees_what_waits(tmp_path):
    with running_stack(tmp_path) as stack:
        apply_accounts(stack, sample_directory())
        client, uploads = stack.client("dynamodb"), stack.outputs["UploadsTableName"]
        place = {"region": client.meta.region_name, "host": stack.endpoint}
        transactions = Transactions(client, seconds_left=lambda: 60.0)
        figures = QualityStore(client, transactions, uploads)
        accounts = AccountsStore(stack.outputs["AccountsTableName"], **place)
        jobs = JobsStore(client, transactions, uploads)
        approvals = Approvals(
            accounts=accounts,
            decisions=DecisionsStore(
                client, devices=stack.outputs["DevicesTableName"], uploads=uploads, seconds_left=lambda: 60.0
            ),
            jobs=jobs,
            queue=Queue(stack.client("sqs"), stack.outputs["JobsQueueUrl"]),
            uploads=uploads,
        )
        waiting = put(stack, "waits.csv", csv_of(imei(1), "12"))
        many = put(stack, "many.csv", csv_of(*map(imei, range(100, 220))))

        counted = figures.of_reseller("RSL-ACME", *ALWAYS)[NORTHWIND]
        assert (counted.files, counted.rows, counted.stored, counted.by_code) == (2, 122, 121, {"IMEI_LENGTH": 1})
        nia = Approver(NORTHWIND, CustomerRole.APPROVER, "person:T0NW:U0NIA")
        queued = approvals.decide_upload(nia, many, 0, Wish("all", DecisionKind.ACCEPT))
        assert isinstance(queued, Queued)
        until(lambda: (job := jobs.get(queued.job.id)) and job.is_over, f"the job; {stack.emulator.log}")
        assert figures.of_customer(NORTHWIND, *ALWAYS)["RSL-ACME"].accepted == 120

        stack.client("lambda").invoke(FunctionName=stack.outputs["TickName"], Payload=b"{}")
        companies = CompaniesStore(stack.outputs["AccountsTableName"], **place)
        books = RemindersStore(client, transactions, uploads)
        until(lambda: all(one.digest_at for one in companies.all()), f"digests; {stack.emulator.log}")
        until(lambda: books.get(NORTHWIND).entries, f"the clock; {stack.emulator.log}")
        assert waiting in {entry.subject for entry in books.get(NORTHWIND).entries}
