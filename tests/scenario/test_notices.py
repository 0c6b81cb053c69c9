"""An upload's progress and result come by themselves: on one message, to somebody, and never untrue."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from local.slack.blockkit import problems
from rollcall.notices import upload_notice
from rollcall.telling.teller import Told
from rollcall.views.report_buttons import REPORTS
from tests.chain import Report
from tests.cloud import ROOT
from tests.files_of import csv_of, imei
from tests.newsroom import CHANNEL, NIA, PLACE, RAE, RAE_DM, TAM, UMA, UMA_DM
from tests.office import labels

FILES = sorted(path.name for path in (ROOT / "tests/files").iterdir() if path.suffix != ".json")
MANY = {"many_customers.csv"}


# -- the message ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("B2")
@pytest.mark.feature("B19")
def test_one_message_follows_an_upload_from_its_beginning_to_its_result(news):
    upload = news.put(news.phones(90, bad=10))
    news.tell()
    (begun,) = news.heads(RAE_DM)
    assert "In progress, 0 of 100 rows done" in news.said(RAE_DM)[0]
    assert "as of" in news.said(RAE_DM)[0]

    seen = []
    for message in news.chain.chunks.take():
        news.chain.load(message)
        news.seconds += 10
        news.tell()
        seen += news.said(RAE_DM)
    assert ["40 of 100 rows done" in seen[0], "80 of 100 rows done" in seen[1]] == [True, True]

    news.chain.drain()
    news.tell()
    (ended,) = news.heads(RAE_DM)
    assert ended["ts"] == begun["ts"]
    assert "Completed with errors: 90 of 100 rows stored, 10 refused" in news.said(RAE_DM)[0]
    assert "• 10 rows: " in news.said(RAE_DM)[0]
    assert labels(ended) == ["Open", "Errors", "resend.csv", "errors.csv", "results.csv"]
    assert "Completed with errors: 90 of 100 rows stored, 10 refused" in ended["text"]
    assert not news.seen(CHANNEL), "whoever uploaded has been told"
    assert news.kept(upload).due is False


@pytest.mark.feature("B2")
@pytest.mark.parametrize("name", FILES)
def test_what_slack_shows_is_what_the_summary_says(news, name):
    body = (ROOT / "tests/files" / name).read_bytes()
    upload = news.upload(body, place="uploads/RSL-ACME/_many" if name in MANY else PLACE, name=name)
    summary = Report(news.cloud, upload).summary
    (message,) = news.heads(RAE_DM)
    (shown,) = news.said(RAE_DM)
    stored, refused, total = summary["stored"], summary["refused"], summary["total"]
    expected = {
        "COMPLETED": f"✓ Completed: all {total} rows stored",
        "COMPLETED_WITH_ERROR": f"⚠ Completed with errors: {stored} of {total} rows stored, {refused} refused",
        "ERROR": f"✕ Failed: nothing stored, all {total} rows refused",
    }[summary["status"]]
    assert expected in shown.replace("all 1 row ", "all 1 rows ")
    counts = sorted(summary["by_code"].values(), reverse=True)[:3]
    assert [int(found) for found in re.findall(r"• (\d+) rows?: ", shown)] == counts
    assert name in shown
    assert upload.id in shown
    assert not problems({"text": message["text"], "blocks": message["blocks"]}, "message")


def test_every_status_is_among_the_sample_files():
    """Else the comparison above shows less than it says."""
    assert len(FILES) >= 12


@pytest.mark.feature("B2")
@pytest.mark.feature("B3")
def test_the_rows_to_mend_come_into_the_uploaders_thread_once(news):
    upload = news.upload(news.phones(5, bad=2))
    (message,) = news.heads(RAE_DM)
    (reply,) = news.replies(RAE_DM)
    assert reply["thread_ts"] == message["ts"]
    assert [file["name"] for file in reply["files"]] == ["resend.csv"]
    assert "2 refused rows to mend" in reply["text"]
    (file,) = news.slack.world.files.values()
    assert file.content == Report(news.cloud, upload).raw("resend.csv")
    assert len(list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))) == 3

    news.chain.herald().call(upload_notice(upload.id, upload.reseller).id)
    news.tell()
    assert len(news.seen(RAE_DM)) == 2
    assert len(news.slack.world.files) == 1


@pytest.mark.feature("B2")
def test_a_file_without_refusals_brings_no_file(news):
    news.upload(news.phones(5))
    assert len(news.seen(RAE_DM)) == 1
    assert labels(news.heads(RAE_DM)[0]) == ["Open", "results.csv"]


@pytest.mark.feature("B5")
def test_a_check_says_that_nothing_was_stored(news):
    news.upload(news.phones(4, bad=1), place="check/RSL-ACME/CUST-NORTHWIND")
    assert "Check only: Completed with errors: 4 of 5 rows would be stored, 1 refused" in news.said(RAE_DM)[0]


@pytest.mark.feature("B2")
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(news):
    upload = news.upload(b"name,colour\r\nphone,red\r\n")
    (shown,) = news.said(RAE_DM)
    assert "✕ Failed: nothing stored, the file could not be taken" in shown
    assert upload.reference in shown
    assert labels(news.heads(RAE_DM)[0]) == ["Open", "Errors", "errors.csv"]


# -- who is told ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("B26")
def test_a_file_of_nobody_in_particular_is_told_in_the_accounts_channel(news):
    news.upload(news.phones(3), by=None)
    assert "Completed: all 3 rows stored" in news.said(CHANNEL)[0]
    assert len(news.everywhere()) == 1


@pytest.mark.feature("B26")
def test_a_failure_is_noticed_though_an_edit_is_not(news):
    """A success is edited into the message that is there; a failure gets a reply, and in a channel a mention."""
    news.deactivate(RAE)
    news.upload(news.phones(3))
    news.upload(csv_of("12"))
    ok, failed = news.heads(CHANNEL)
    assert [reply["thread_ts"] for reply in news.replies(CHANNEL)] == [failed["ts"]]
    assert news.replies(CHANNEL)[0]["text"].startswith("<@U0RAE> ")
    assert "Failed: nothing stored, all 1 row refused" in news.replies(CHANNEL)[0]["text"]
    assert "<@" not in ok["text"] + json.dumps(ok["blocks"])
    assert failed["text"].startswith("<@U0RAE> ")


@pytest.mark.feature("B26")
def test_a_failure_known_at_once_is_one_message(news):
    news.deactivate(RAE)
    news.put(csv_of("12"))
    news.chain.drain()
    news.tell()
    (message,) = news.seen(CHANNEL)
    assert message["text"].startswith("<@U0RAE> ")


@pytest.mark.feature("B26")
def test_who_has_left_the_company_is_not_told_of_its_uploads(news):
    upload = news.put(news.phones(3), by=UMA)
    news.cloud.accounts.remove_member("RSL-ACME", UMA)
    news.chain.drain()
    news.tell()
    assert not news.seen(UMA_DM)
    assert upload.id in news.said(CHANNEL)[0]


@pytest.mark.feature("B26")
@pytest.mark.parametrize(
    ("break_it", "code", "mend"),
    [("archive", "is_archived", "archive"), ("throw_out", "not_in_channel", "/invite @Rollcall")],
)
def test_behind_a_channel_that_refuses_stand_its_admins_who_hear_how_to_mend_it_once(news, break_it, code, mend):
    getattr(news, break_it)()
    news.upload(news.phones(3), by=None)
    news.upload(news.phones(3), by=None)
    assert not news.seen(CHANNEL)
    told = news.said(RAE_DM)
    assert [part for part in told if code in part and mend in part and "<#C0ACME>" in part] == [told[1]]
    assert sum("Completed: all 3 rows stored" in part for part in told) == 2
    assert len(told) == 3
    assert not news.seen(UMA_DM), "an uploader is no admin"


@pytest.mark.feature("B26")
def test_a_channel_that_was_mended_is_told_of_and_the_next_trouble_is_told_anew(news):
    news.archive()
    news.upload(news.phones(3), by=None)
    news.archive(archived=False)
    news.upload(news.phones(3), by=None)
    assert len(news.heads(CHANNEL)) == 1
    assert "can post to <#C0ACME> again" in news.said(RAE_DM)[1]

    news.throw_out()
    news.upload(news.phones(3), by=None)
    assert "not_in_channel" in news.said(RAE_DM)[-1]
    assert "can post to <#C0ACME> again" in news.said(RAE_DM)[1]


@pytest.mark.feature("B26")
def test_a_channel_archived_in_the_middle_hands_the_result_to_the_admins(news):
    news.put(news.phones(100), by=None)
    news.tell()
    assert "In progress" in news.said(CHANNEL)[0]
    news.archive()
    news.chain.drain()
    news.tell()
    assert "Completed: all 100 rows stored" in news.said(RAE_DM)[0]
    assert "as of" in news.said(CHANNEL)[0], "what cannot be changed any more says from when it is"


@pytest.mark.feature("B26")
def test_what_nobody_takes_stands_on_the_operators_list_and_is_not_tried_for_ever(news):
    news.slack.world.teams["T0ACME"].installed = False
    upload = news.upload(news.phones(3))
    assert not news.everywhere()
    kept = news.kept(upload)
    assert (kept.due, [code for _, code in kept.trouble]) == (False, ["account_inactive"] * 2)
    found = news.notices.list_undelivered(limit=10)
    assert upload.id in [kept.notice.subject for kept in found]
    assert news.notices.count_undelivered() == 2  # the upload, and that its channel cannot be posted to

    with news.counting() as calls:
        assert news.tell_one(kept.notice.id) is Told.UNDELIVERED
    assert not calls, "the same version is not tried again"
    assert not list(news.notices.due(before="9999"))


@pytest.mark.feature("B26")
def test_a_stack_without_slack_finishes_its_uploads(news):
    for item in news.cloud.scan("AccountsTable"):
        if item["pk"]["S"].startswith("workspace#"):
            news.cloud.client("dynamodb").delete_item(
                TableName="AccountsTable", Key={key: item[key] for key in ("pk", "sk")}
            )
    upload = news.upload(news.phones(3))
    assert Report(news.cloud, upload).summary["stored"] == 3
    assert dict(news.kept(upload).trouble) == {
        "T0ACME#U0RAE": "not_installed",
        "T0ACME#C0ACME": "not_installed",
    }
    assert news.chain.notices.messages == []


# -- a busy day -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("B2")
@pytest.mark.feature("B26")
def test_forty_uploads_in_a_minute_are_not_forty_messages_and_every_result_is_found(news):
    uploads = [news.put(news.phones(1, bad=number % 2), name=f"f{number}.csv") for number in range(40)]
    news.chain.drain()
    news.tell()
    heads = news.heads(RAE_DM)
    assert len(heads) == 4
    board = heads[-1]
    shown = news.said(RAE_DM)[-1]
    assert shown.count("Completed") == 20
    assert "37 more uploads of 2026-03-01" in shown
    assert "and 17 more" in shown
    assert not problems({"text": board["text"], "blocks": board["blocks"]}, "message")
    assert labels(board) == ["Open"] * 20 + ["All uploads"]
    newest = sorted(uploads, key=lambda upload: upload.id, reverse=True)
    own = {upload.id for upload in uploads if any(upload.id in said for said in news.said(RAE_DM)[:3])}
    assert len(own) == 3
    assert [upload.id for upload in newest if upload.id in shown] == [u.id for u in newest if u.id not in own][:20]

    listed = set()
    answer = news.office.command(RAE, "/uploads list")
    while True:
        listed |= {upload.id for upload in uploads if upload.id in json.dumps(answer)}
        if "Next" not in labels(answer):
            break
        news.office.click(RAE, answer, "page.next")
        answer = news.office.messages(RAE)[-1]
    assert listed == {upload.id for upload in uploads}


@pytest.mark.feature("B26")
def test_on_a_busy_day_a_failure_still_gets_its_message_but_not_forty(news):
    for number in range(12):
        news.put(csv_of("12") if number > 3 else news.phones(1), name=f"f{number}.csv")
    news.tell()
    news.chain.drain()
    news.tell()
    failed = [said for said in news.said(RAE_DM) if "✕ Failed" in said and "more uploads" not in said]
    assert len(failed) == 5
    (board,) = [said for said in news.said(RAE_DM) if "more uploads" in said]
    assert "9 more uploads of 2026-03-01: 8 failed" in board
    assert len(news.heads(RAE_DM)) == 3 + 5 + 1


@pytest.mark.feature("B2")
def test_a_busy_day_of_one_person_is_not_anothers(news):
    for number in range(5):
        news.upload(news.phones(1), name=f"f{number}.csv")
    news.upload(news.phones(1), by=UMA)
    news.upload(news.phones(1), by=None)
    assert len(news.heads(RAE_DM)) == 4
    assert ["more upload" in said for said in (*news.said(UMA_DM), *news.said(CHANNEL))] == [False, False]


# -- how often ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B19")
def test_edits_keep_a_distance_but_the_result_does_not_wait(news):
    news.put(news.phones(400))
    news.tell()
    with news.counting() as calls:
        for message in news.chain.chunks.take():
            news.chain.load(message)
        told = news.chain.notices.take()
        assert len(told) == 9
        assert {news.tell_one(message["id"]) for message in told} == {Told.LATER}
        assert calls == {}
        assert [message["delay"] for message in news.chain.notices.messages] == [2], "one comes back for all of them"
        news.chain.drain()
        news.chain.notices.messages = [m for m in news.chain.notices.messages if "delay" not in m]
        news.tell()
    assert calls["chat.update"] == 1
    assert "Completed: all 400 rows stored" in news.said(RAE_DM)[0]


@pytest.mark.feature("B19")
def test_two_workers_never_tell_one_notice_at_once(news):
    upload = news.put(news.phones(3))
    notice = upload_notice(upload.id, upload.reseller).id
    assert news.notices.take(notice, worker="other", now=news.seconds, until=news.seconds + 30)
    assert news.tell_one(notice) is Told.LATER
    assert not news.seen(RAE_DM)
    assert news.chain.notices.messages[-1]["delay"] == 2


def test_a_notice_that_nobody_knows_is_nothing_to_tell(news):
    assert news.tell_one("N-0000000000000000") is Told.UNKNOWN


# -- the files ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B2")
@pytest.mark.feature("B27")
@pytest.mark.parametrize(("action", "name"), REPORTS.items())
def test_a_button_brings_a_report_into_the_clickers_dm(news, action, name):
    upload = news.upload(csv_of(imei(900_001)[:14], imei(900_002), "12", "13"), by=None)
    (message,) = news.office.messages(UMA, "C0ACME")
    assert news.office.click(UMA, message, action) == ""
    assert news.office.drain() == [True]
    (sent,) = news.seen(UMA_DM)
    assert [file["name"] for file in sent["files"]] == [name]
    assert upload.id in sent["text"]
    content = news.office.file(name)
    assert content == Report(news.cloud, upload).raw(name)
    assert content.count(b"\r\n") > 1


@pytest.mark.feature("P13")
def test_of_a_file_that_could_not_be_taken_every_fault_can_be_had(news):
    upload = news.upload(b"colour,size\nred,9\n", by=None)
    message = news.office.messages(UMA, "C0ACME")[0]
    assert labels(message) == ["Open", "Errors", "errors.csv"]
    assert news.office.click(UMA, message, "uploads.errors_csv") == ""
    assert news.office.drain() == [True]
    assert upload.id in news.seen(UMA_DM)[0]["text"]
    assert b",HEADER_UNKNOWN," in news.office.file("errors.csv")


@pytest.mark.feature("B2")
@pytest.mark.parametrize("person", [NIA, TAM], ids=["the customer", "another reseller"])
def test_a_report_goes_to_the_resellers_own_people_alone(news, person):
    upload = news.upload(news.phones(3, bad=2))
    value = {"kind": "report", "id": "R-1", "team": person.team, "home_team": person.team, "user": person.user}
    job = {**value, "upload": upload.id, "name": "resend.csv"}
    news.cloud.client("sqs").send_message(QueueUrl=news.cloud.queues["jobs"], MessageBody=json.dumps(job))
    assert news.office.drain() == [True]
    (answer,) = news.office.messages(person)
    assert "files" not in answer
    assert not [file for file in news.slack.world.files.values() if file.team == person.team]
