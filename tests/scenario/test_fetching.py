"""Files are brought from Slack to the bucket: once, whole, and never a sign-in page; who sent one hears of failures."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from rollcall.slack.files import FetchBrokenError, NotFetchedError, SlackFiles
from rollcall.slack.sender import RetryLaterError
from rollcall.store.installations import InstallationsStore
from rollcall.uploads import UploadStatus
from rollcall.worker.consuming import PAUSES
from tests.chain import sample_file
from tests.cloud import REGION
from tests.office import run_job
from tests.stock import ROLES

UMA = ROLES["reseller uploader"]


@pytest.fixture
def office(reception):
    return reception.office


@pytest.fixture
def send(reception):
    """Sends one file by the form; its id in Slack and the upload it will be."""

    def send(content=b"imei\n490154203237518\n", name="a.csv"):
        reception.command(UMA)
        file = reception.file(UMA, name, content)
        reception.submit(UMA, customer="CUST-NORTHWIND", files=[file])
        return file, reception.uploads()[-1]

    return send


def assert_told_as_failed(reception, upload, code, reason):
    (report,) = reception.settle()
    assert report.upload_id == upload.id
    assert (report.summary["status"], report.summary["by_code"], report.summary["total"]) == ("ERROR", {code: 1}, 0)
    assert reason in report.sheet("errors")[0]["message"]
    assert reception.upload(upload.id).person == "T0ACME#U0UMA"


def test_a_sign_in_page_is_no_file(reception, send):
    """Slack shows it with status 200 to whoever may not read the file."""
    _, upload = send()
    reception.slack.world.teams["T0ACME"].installed = False

    assert_told_as_failed(reception, upload, "FILE_NOT_FETCHED", "sign in")


def test_a_file_that_was_deleted_meanwhile(reception, send):
    file, upload = send()
    del reception.slack.world.files[file]

    assert_told_as_failed(reception, upload, "FILE_NOT_FETCHED", "sign in")


def test_a_file_with_more_bytes_than_allowed(reception, send, monkeypatch):
    monkeypatch.setenv("MAX_FILE_BYTES", "100")
    run_job.tools.cache_clear()
    try:
        _, upload = send(content=sample_file("clean_25.csv"))
        (report,) = reception.settle()
    finally:
        run_job.tools.cache_clear()

    assert report.upload_id == upload.id
    assert report.summary["by_code"] == {"FILE_TOO_LARGE": 1}


def test_a_file_that_comes_in_part_is_asked_for_again_and_given_up_in_the_end(reception, send, office):
    file, upload = send()
    held = reception.slack.world.files[file]
    whole, held.content = held.content, held.content[:-3]
    for tries in range(1, 5):
        assert office.drain() == [False], tries
        (hidden,) = office.seconds_hidden("jobs")
        assert 5 * 2 ** (tries - 1) < hidden <= 10 * 2 ** (tries - 1)
        assert reception.upload(upload.id).status is UploadStatus.AWAITING_FILE
        office.later("jobs")
    held.content = whole
    (report,) = reception.settle()

    assert report.summary["stored"] == 1


def test_a_file_that_never_comes_whole_is_given_up_at_the_last_try(reception, send, office):
    file, upload = send()
    reception.slack.world.files[file].content = b"im"
    for _ in PAUSES:
        office.drain()
        office.later("jobs")

    assert_told_as_failed(reception, upload, "FILE_NOT_FETCHED", "several tries")


@pytest.mark.feature("B4")
def test_a_job_that_comes_twice_brings_the_file_once(reception, send, office):
    _, upload = send()
    event = office.receive("jobs")
    assert office.deliver("jobs", event)
    assert office.deliver("jobs", event)
    (report,) = reception.settle()
    assert office.deliver("jobs", event)

    assert reception.settle() == []
    assert (report.upload_id, report.summary["stored"]) == (upload.id, 1)


@pytest.mark.feature("B4")
def test_a_job_that_died_while_giving_up_goes_on(reception, send, office):
    file, upload = send()
    del reception.slack.world.files[file]
    reception.chain.uploads.take(upload.id, version="", at="2026-03-01T09:30:00Z", reference="R-DIED")

    (report,) = reception.settle()
    assert report.summary["by_code"] == {"FILE_NOT_FETCHED": 1}


def test_a_job_whose_reservation_is_gone_does_nothing(reception, send, office):
    _, upload = send()
    key = {"pk": {"S": upload.id}, "sk": {"S": "head"}}
    office.cloud.client("dynamodb").delete_item(TableName="UploadsTable", Key=key)

    assert office.drain() == [True]
    assert reception.settle() == []


def test_slacks_rate_limit_names_its_own_time(reception, send, office, monkeypatch):
    send()
    monkeypatch.setattr(SlackFiles, "fetch", lambda *_, **__: (_ for _ in ()).throw(RetryLaterError(37)))
    assert office.drain() == [False]
    (hidden,) = office.seconds_hidden("jobs")

    assert 30 < hidden <= 38


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/files-pri/T1-F1/a.csv",
        "http://files.slack.com/files-pri/T1-F1/a.csv",
        "https://files.slack.com.evil.example/a.csv",
        "file:///etc/passwd",
        "https://notslack.com/a.csv",
    ],
)
def test_the_token_goes_nowhere_but_to_slack(tmp_path, url):
    class Installed:
        bot_token = "xoxb-secret"

    files = SlackFiles(lambda _: Installed(), "https://slack.com/api/")
    with pytest.raises(NotFetchedError, match="does not lie in Slack"):
        files.fetch("T1", {"id": "F1", "url": url}, tmp_path / "a.csv", most_bytes=100)


def test_a_redirection_is_not_followed(tmp_path, office):
    """It is how Slack leads to its sign-in page; urllib would take the token along, to whatever host."""
    seen = []

    class Redirects(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            seen.append(self.path)
            self.send_response(302)
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/stolen")
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Redirects)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        api = f"http://127.0.0.1:{server.server_port}"

        class Installed:
            bot_token = "xoxb-secret"

        with pytest.raises(NotFetchedError, match="sign in"):
            SlackFiles(lambda _: Installed(), f"{api}/api/").fetch(
                "T1", {"id": "F1", "url": f"{api}/a.csv"}, tmp_path / "a", most_bytes=9
            )
    finally:
        server.shutdown()
        server.server_close()
    assert seen == ["/a.csv"]


def test_slack_is_asked_for_an_address_that_nobody_told(reception, tmp_path, office):
    file = reception.file(UMA, "a.csv", b"imei\n490154203237518\n")

    files = SlackFiles(InstallationsStore("AccountsTable", region=REGION).find, office.slack.api_url)
    files.fetch("T0ACME", {"id": file}, tmp_path / "a.csv", most_bytes=100)
    assert (tmp_path / "a.csv").read_bytes() == b"imei\n490154203237518\n"

    with pytest.raises(NotFetchedError, match="not there"):
        files.fetch("T0ACME", {"id": "F0NOBODYS"}, tmp_path / "b.csv", most_bytes=100)
    with pytest.raises(NotFetchedError, match="not installed"):
        files.fetch("T0ELSEWHERE", {"id": file}, tmp_path / "b.csv", most_bytes=100)


def test_no_connection_is_another_try(tmp_path):
    class Installed:
        bot_token = "xoxb-secret"

    api = "http://127.0.0.1:9"  # nobody listens there
    with pytest.raises(FetchBrokenError):
        SlackFiles(lambda _: Installed(), f"{api}/api/").fetch(
            "T1", {"id": "F1", "url": f"{api}/a.csv"}, tmp_path / "a", most_bytes=9
        )


def test_no_token_is_in_a_message_or_a_log(reception, send, office):
    send()
    jobs = json.dumps(office.waiting("jobs"))
    reception.settle()

    assert "xoxb" not in jobs
    assert "xoxb" not in office.out.getvalue()
