"""Figures of resellers as values: sums in any order, rates between nothing and all, a median within its step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.chain.counting import added_by
from rollcall.quality import STEPS, Period, Quality, Step, step_of, total, week_before, week_of, weeks_back
from rollcall.shares import Share, share_from_json, share_to_json
from rollcall.store.quality import whole
from rollcall.store.quality_actions import NOBODY
from rollcall.uploads import Split, utc

pytestmark = pytest.mark.feature("B22")
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
numbers = st.integers(0, 1_000)


@st.composite
def figures(draw):
    """What one upload and some acceptances add."""
    stored, refused, resent = draw(numbers), draw(numbers), draw(st.booleans())
    codes = draw(
        st.dictionaries(st.sampled_from(["IMEI_CHECK_DIGIT", "STC_REQUIRED", "ID_MISSING"]), st.integers(1, 9))
    )
    share = Share("CUST-A", Split(stored, refused), by_code=codes)
    hours = draw(st.dictionaries(st.integers(0, len(STEPS)), st.integers(1, 9)))
    return added_by(share, resent=resent, files=1) + Quality(hours=hours)


@given(st.lists(figures(), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_sums_does_not_matter_and_rates_are_shares(parts, random):
    shuffled = parts[:]
    random.shuffle(shuffled)
    summed = total(parts)
    assert total(shuffled) == summed
    assert total(parts[:2]) + total(parts[2:]) == summed
    assert summed + Quality() == summed
    for rate in (summed.error_rate, summed.first_time_right):
        assert rate is None or 0 <= rate <= 1
    assert (summed.error_rate is None) == (summed.rows == 0)


@given(st.lists(st.floats(0, 2_000), min_size=1, max_size=60))
def test_the_median_lies_in_its_step(waits):
    hours = {}
    for wait in waits:
        step = step_of(utc(MONDAY), utc(MONDAY + timedelta(hours=wait)))
        hours[step] = hours.get(step, 0) + 1
    median = Quality(hours=hours).median
    real = int(median_low(waits) * 3600) / 3600  # times have whole seconds
    assert median.above < real or (median.above == 0 == int(real * 3600) * 0)
    assert median.most is None or real <= median.most


def test_steps_end_where_they_say():
    def step(hours):
        return step_of(utc(MONDAY), utc(MONDAY + timedelta(hours=hours)))

    assert [step(0), step(1), step(1.01), step(24), step(25), step(720), step(721)] == [0, 0, 1, 5, 6, 11, 12]
    assert step(-5) == 0, "clocks differ"
    assert Quality(hours={3: 1}).median == Step(4, 8)
    assert Quality(hours={12: 1}).median == Step(720, None)
    assert Quality(hours={0: 2, 3: 2}).median == Step(0, 1)
    assert Quality().median is Quality(hours={4: 0}).median is None


def test_a_file_of_mended_rows_is_no_first_time():
    share = Share("CUST-A", Split(9, 1), by_code={"IMEI_CHECK_DIGIT": 1})
    once, again = added_by(share, resent=False, files=1), added_by(share, resent=True, files=1)
    assert (once.first_time_right, again.first_time_right) == (0.9, None)
    both = once + again
    assert (both.rows, both.error_rate, both.first_time_right) == (20, 0.1, 0.9)
    assert both.causes() == [("IMEI_CHECK_DIGIT", 2)]


def test_a_file_for_many_customers_is_one_file_of_its_reseller():
    parts = {"CUST-A": Quality(files=1, rows=3), "CUST-B": Quality(files=1, rows=4), NOBODY: Quality(files=1, rows=2)}
    assert (whole(parts).files, whole(parts).rows) == (1, 9)


def test_weeks_begin_on_monday_in_utc():
    assert week_of("2026-03-08T23:59:59Z") == week_of("2026-03-02T00:00:00Z") == "2026-03-02"
    assert week_of("2026-03-09T00:00:00Z") == "2026-03-09"
    assert week_before("2026-03-02") == "2026-02-23"
    assert weeks_back("2026-03-05T10:00:00Z", Period.WEEK.weeks) == ("2026-03-02", "2026-03-02")
    assert weeks_back("2026-03-05T10:00:00Z", Period.QUARTER.weeks) == ("2025-12-08", "2026-03-02")


def test_causes_are_kept_with_the_shares_of_a_file_for_many():
    share = Share("CUST-A", Split(1, 2), 0, b"\x01", {"ID_MISSING": 2})
    assert share_from_json(share_to_json(share)) == share
    assert share_from_json(["CUST-A", 1, 2, 0, "01"]) == Share("CUST-A", Split(1, 2), 0, b"\x01")
