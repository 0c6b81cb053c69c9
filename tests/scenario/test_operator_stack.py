"""Operators' work on the emulated AWS: the functions do it with the rights that the template gives them."""

from __future__ import annotations

import json
import time

import pytest

from local.accounts import apply_accounts
from local.stack import running_stack
from rollcall.store.companies import CompaniesStore
from rollcall.store.letters import LettersStore
from tests.chain import sample_directory

pytestmark = pytest.mark.stack

PATIENCE = 60  # seconds; cold functions on a busy machine
UNKNOWN = "U-7K3F-9QMC-2V5R-8TXA"


def until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


@pytest.mark.feature("B19", "B25")
def test_letters_are_counted_looked_at_and_sent_back_and_companies_looked_after(tmp_path):
    with running_stack(tmp_path) as stack:
        apply_accounts(stack, sample_directory())
        sqs, tables = stack.client("sqs"), {"region": stack.client("sqs").meta.region_name, "host": stack.endpoint}
        letters = LettersStore(stack.outputs["UploadsTableName"], **tables)
        companies = CompaniesStore(stack.outputs["AccountsTableName"], **tables)
        dead = stack.outputs["FinishesDeadLettersUrl"]
        sqs.send_message(QueueUrl=dead, MessageBody=json.dumps({"upload_id": UNKNOWN}))
        job = {"id": "R-1", "team": "T0OPS", "home_team": "T0OPS", "user": "U0OPS", "queue": "finishes"}

        def ask(kind, **more):
            body = json.dumps({**job, "kind": kind, **more})
            sqs.send_message(QueueUrl=stack.outputs["JobsQueueUrl"], MessageBody=body)

        ask("look_at_letters")
        until(lambda: [letter.about for letter in letters.of("finishes")] == [UNKNOWN], "nobody looked")
        ask("replay_letters", letter="")
        until(lambda: letters.of("finishes") == [], "nobody sent it back")
        attributes = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=attributes)["Attributes"]
        assert set(counts.values()) == {"0"}

        # The clock, which looks each minute.
        sqs.send_message(QueueUrl=stack.outputs["ChunksDeadLettersUrl"], MessageBody="{}")
        time_to_tick = 75
        deadline = time.monotonic() + time_to_tick
        while time.monotonic() < deadline and not all(one.looked_at for one in companies.all()):
            time.sleep(0.5)
        assert all(one.looked_at and not one.flags for one in companies.all())
        assert letters.looks()["chunks"].count == 1
