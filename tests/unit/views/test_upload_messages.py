"""What comes by itself about uploads and channels: within Slack's limits, and never untrue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from local.slack.blockkit import problems
from rollcall.errors import CATALOGUE, Kind
from rollcall.upload_lines import ErrorGroup
from rollcall.uploads import UploadStatus
from rollcall.views.notices import channel_trouble
from rollcall.views.upload_messages import board, failure_reply, resend_comment, sign, upload_message
from tests.unit.views.sample import AT, RAE, UPLOAD, actions, fits, line, said, upload

GROUPS = [ErrorGroup(code, rows, (), "") for code, rows in (("IMEI_CHECK_DIGIT", 37), ("STC_REQUIRED", 2))]
FAILED = upload(UploadStatus.ERROR, stored=0, refused=120)
RUNNING = upload(UploadStatus.IN_PROGRESS, stored=0, refused=0, finished_at="", planned_rows=200)


@pytest.mark.feature("B2")
def test_a_result_has_counts_causes_files_and_the_way_on():
    shown = fits(upload_message(upload(), RAE, groups=GROUPS))
    text = said(shown)
    assert "⚠ Completed with errors: 117 of 120 rows stored, 3 refused" in text
    assert "• 37 rows: " in text
    assert "march.csv" in text
    assert UPLOAD in text
    assert "Northwind Logistics" in text
    assert "Acme Mobile" in text
    files = ["uploads.resend", "uploads.errors_csv", "uploads.results"]
    assert actions(shown) == ["uploads.open", "uploads.errors", *files]


@pytest.mark.feature("B2")
def test_of_many_causes_the_largest_are_named_and_the_rest_counted():
    groups = [ErrorGroup(code, 9, (), "") for code in list(CATALOGUE)[:8]]
    assert "• and 5 more causes" in said(fits(upload_message(upload(), RAE, groups=groups)))


@pytest.mark.feature("B19")
@pytest.mark.parametrize(
    ("done", "bar"), [(0, "▱" * 10), (100, "▰" * 5 + "▱" * 5), (199, "▰" * 9 + "▱"), (200, "▰" * 10)]
)
def test_progress_is_said_and_drawn_and_says_from_when_it_is(done, bar):
    shown = fits(upload_message(RUNNING, RAE, done=done, as_of=AT))
    assert f"In progress, {done} of 200 rows done" in said(shown)
    assert bar in said(shown)
    assert "as of <!date" in said(shown)
    assert actions(shown) == ["uploads.open"]
    assert "▰" not in shown.text, "screen readers have the words"


def test_what_is_final_does_not_say_when_it_was_drawn():
    assert "as of" not in said(upload_message(upload(), RAE, as_of=AT))


@pytest.mark.feature("B2")
@pytest.mark.parametrize("code", [code.name for code in CATALOGUE.values() if code.kind is Kind.FILE])
def test_a_file_that_failed_as_a_whole_says_why_and_what_to_do(code):
    shown = fits(upload_message(replace(FAILED, fault=code, figures=type(FAILED.figures)()), RAE))
    text = said(shown)
    assert "✕ Failed: nothing stored" in text
    assert CATALOGUE[code].cause[:10].split("{")[0].split("[")[0] in text
    assert "R-7K3F9QMC" in text
    assert "uploads.resend" not in actions(shown)


@pytest.mark.parametrize("status", UploadStatus)
def test_only_a_success_has_the_sign_of_one(status):
    assert (sign(status) == "✓") is (status is UploadStatus.COMPLETED)


@pytest.mark.feature("B2")
@pytest.mark.parametrize("shown", [upload_message(FAILED, RAE), failure_reply(FAILED), resend_comment(FAILED)])
def test_an_error_never_looks_like_a_success(shown):
    text = said(fits(shown))
    assert "Failed: nothing stored, all 120 rows refused" in text
    assert "Completed" not in text
    assert "✓" not in text


@pytest.mark.feature("B5")
def test_a_check_never_says_that_anything_was_stored():
    text = said(upload_message(replace(upload(), check_only=True), RAE))
    assert "would be stored" in text
    assert " rows stored" not in text


def test_a_mention_comes_first_and_only_where_it_is_given():
    assert upload_message(FAILED, RAE, mention="<@U0RAE>").text.startswith("<@U0RAE> ")
    assert "<@" not in upload_message(FAILED, RAE).text


@pytest.mark.feature("B2")
@pytest.mark.parametrize("number", [1, 19, 20, 21, 400])
def test_a_board_of_any_length_fits_and_says_how_many_there_are(number):
    lines = [line(one, file_name="x" * 300, order_number="y" * 300) for one in range(min(number, 20))]
    shown = fits(board("2026-03-01", lines, number, RAE))
    text = said(shown)
    assert f"{number:,} more upload" in text
    assert (f"and {number - 20} more" in text) is (number > 20)
    assert actions(shown) == ["uploads.open"] * (len(lines) + 1)


def test_a_boards_headline_counts_what_needs_somebody():
    states = (UploadStatus.COMPLETED, UploadStatus.ERROR, UploadStatus.COMPLETED_WITH_ERROR, UploadStatus.ERROR)
    lines = [line(number, status, stored=0, refused=4) for number, status in enumerate(states)]
    assert "4 more uploads of 2026-03-01: 2 failed, 1 with refused rows" in said(board("2026-03-01", lines, 4, RAE))
    assert "2 of the newest 4 failed" in said(board("2026-03-01", lines, 9, RAE))


@pytest.mark.feature("B26")
@pytest.mark.parametrize("trouble", ["not_in_channel", "is_archived", "channel_not_found", "something_new"])
def test_a_channel_in_trouble_is_named_with_the_way_to_mend_it(trouble):
    shown = channel_trouble("C0ACME", trouble, "Acme Mobile", "RSL-ACME", same_team=True)
    assert not problems({"text": shown.text, "blocks": shown.blocks}, "message")
    text = said(shown)
    assert "<#C0ACME>" in text
    assert trouble in text
    assert "goes to its admins" in text
    assert len(text.splitlines()) >= 4


def test_a_channel_of_another_workspace_is_no_link():
    fits(channel_trouble("C0ACME", "is_archived", "Acme", "RSL-ACME", same_team=False))
    fits(channel_trouble("C0|<!channel>", "is_archived", "Acme", "RSL-ACME", same_team=True))
