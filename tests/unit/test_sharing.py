"""What each customer has of an upload: counted, kept, and told to very many of them without a worker being late."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rollcall.chain import sharing
from rollcall.chunks import Outcome
from rollcall.shares import Share, Tally, marked, marks, share_from_json, share_to_json
from rollcall.store.upload_parts import Shared
from rollcall.uploads import Split, Upload, UploadStatus

#: Seconds that SQS delays a message by at the most.
LONGEST_DELAY = 900
#: An upload of which nothing is known.
NOTHING = Upload(**dict.fromkeys(Upload.__dataclass_fields__, ""))


def customer(number):
    return f"CUST-{number:06}"


class Ledger:
    """Stands for the tables, the bucket and the herald, each call of which takes its time."""

    def __init__(self, call_seconds):
        self.call_seconds, self.now = call_seconds, 0.0
        self.parts, self.notices, self.lines = Counter(), Counter(), {}
        self.progress = {"stored": 0, "told": 0}
        self.delays = []

    def pass_time(self, calls=1):
        self.now += calls * self.call_seconds

    def put_part(self, _upload, customer, _split, _status, *, chunks, at):
        self.pass_time()
        self.parts[customer] += 1

    def shared(self, _upload):
        self.pass_time()
        return Shared(**self.progress)

    def set_shared(self, _upload, **progress):
        self.pass_time()
        self.progress |= progress

    def put_lines(self, key, lines):
        self.pass_time()
        self.lines[key] = json.loads(json.dumps(list(lines)))

    def lines_if_there(self, key):
        self.pass_time()
        return self.lines.get(key)

    def begin_all(self, notices, *, at, delay):
        self.pass_time(len(notices) + len(notices) // 10)
        assert delay <= LONGEST_DELAY
        self.delays.append((self.now + delay, len(notices)))
        self.notices.update(notice.account for notice in notices)

    def send(self, messages, *, delay=0):
        assert delay <= LONGEST_DELAY
        self.pass_time(-(-len(messages) // 10))


@pytest.mark.feature("P10")
def test_twenty_thousand_customers_in_time():
    """At 25 ms a call, which is slow for DynamoDB, no round takes more than FinishTimeout's 300 seconds."""
    ledger = Ledger(0.025)
    tools = {"uploads": ledger, "objects": ledger, "herald": ledger, "jobs": ledger}
    desk = sharing.Sharing(**tools, now=lambda: datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    upload = replace(NOTHING, id="U-MANY", many=True, finished_at="2026-03-01T09:30:00Z")
    desk.keep(
        upload, [Share(customer(number), Split(1, 0), chunks=marks([number // 2_000])) for number in range(20_000)]
    )
    finished, rounds = False, 0
    while True:
        began, rounds = ledger.now, rounds + 1
        left = lambda since=began: 300 - (ledger.now - since)  # noqa: E731 - as a worker's context tells it
        shares = desk.kept(upload)
        pause = 0
        if not finished:
            finished = desk.store(upload, shares, UploadStatus.COMPLETED, at="", seconds_left=left)
        if finished:
            pause = desk.tell(upload, shares, seconds_left=left)
        assert left() > 0, "a worker ran over its time"
        if pause is None:
            break
        ledger.now += pause
    everybody = dict.fromkeys(map(customer, range(20_000)), 1)
    assert ledger.parts == ledger.notices == everybody
    assert rounds <= 10
    # However many they are, others are told between them: never more than two pages within a pace.
    moments = sorted(ledger.delays)
    assert all(later[0] - sooner[0] >= sharing.PACE / 2 for sooner, later in zip(moments, moments[2:], strict=False))


def test_shares_count_rows_by_customer_and_chunk():
    tally = Tally(replace(NOTHING, many=True))
    stored = Outcome(2, (), True, "CUST-B", {}, "MPTS_ERROR", (), ())  # noqa: FBT003 - as it is stored
    tally.add(0, stored)
    tally.add(9, replace(stored, status="PENDING"))
    tally.add(9, replace(stored, customer="CUST-A", stored=False, status=""))

    shares = tally.shares()
    assert shares == (Share("CUST-A", Split(0, 1)), Share("CUST-B", Split(2, 0), 1, marks([0, 9])))
    assert [share.has_devices for share in shares] == [False, True]
    assert marked(shares[1].chunks) == (0, 9)
    assert tuple(share_from_json(json.loads(json.dumps(share_to_json(one)))) for one in shares) == shares
