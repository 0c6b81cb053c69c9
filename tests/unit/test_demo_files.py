"""The demo's file of phones: other phones in each run, the same faults; and how it is mended."""

from __future__ import annotations

import csv
import io

import pytest

from local.sample import PHONES, fresh_phones
from local.story import StoryError, mend
from rollcall.identifiers import IdKind, read
from rollcall.luhn import check_digit
from rollcall.resends import RESEND_COLUMNS


def imeis(text):
    return [row["imei"] for row in csv.DictReader(io.StringIO(text, newline="")) if row["imei"]]


def faults(values):
    return [tuple(fault.code for fault in read(value, frozenset({IdKind.IMEI})).faults) for value in values]


@pytest.mark.parametrize("run", [1, 2, 7_919, 1_772_357_400])
def test_each_run_has_other_phones_with_the_same_faults(run):
    original = imeis(PHONES.read_text(encoding="utf-8"))
    fresh = imeis(fresh_phones(run).decode().replace("\r\n", "\n"))
    assert len(fresh) == len(original)
    assert faults(fresh) == faults(original)
    right = [value for value, codes in zip(fresh, faults(fresh), strict=True) if not codes]
    assert right
    assert not set(right) & set(original)
    assert [value[:4] for value in right] == [
        value[:4] for value, codes in zip(original, faults(original), strict=True) if not codes
    ]


def test_two_runs_share_no_phone():
    one, two = (set(imeis(fresh_phones(run).decode())) for run in (1_000, 1_001))
    shared = one & two
    assert all(len(set(value.replace("-", ""))) == 1 or faults([value])[0] for value in shared)


def resend(*rows):
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(["imei", "model", *RESEND_COLUMNS])
    writer.writerows([*row, *[""] * (len(RESEND_COLUMNS) + 2 - len(row))] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def test_a_wrong_check_digit_is_mended_and_other_rows_are_left_out():
    body = "49015420323751"
    count, repaired = mend(
        resend((f"{body}0", "SM-1", "IMEI_CHECK_DIGIT"), ("123", "SM-2", "IMEI_LENGTH"), (f"{body}1", "", "X"))
    )
    assert count == 1
    (row,) = csv.DictReader(io.StringIO(repaired.decode("utf-8-sig"), newline=""))
    assert row["imei"] == body + check_digit(body)
    assert row["model"] == "SM-1"


def test_a_story_that_goes_wrong_says_where():
    error = StoryError("The demo went wrong: expected that x, but saw: y")
    assert "expected that x" in str(error)
