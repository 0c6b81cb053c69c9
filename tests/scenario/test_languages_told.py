"""Each company reads its own language, whoever uploaded and whoever decides; what programs read has none."""

from __future__ import annotations

import json

import pytest

from local.slack.blockkit import problems
from rollcall.languages import Language
from tests.chain import Report
from tests.hall import NED, NIA, RAE, Hall
from tests.newsroom import RAE_DM
from tests.office import labels, words

pytestmark = pytest.mark.feature("B25")
THEIRS = ("T0NW", "C0NWIT")


@pytest.fixture
def hall(news):
    return Hall(news.office)


def speaks(hall, admin, language):
    """An admin sets the language; what they are told."""
    hall.press(admin, hall.message(admin, "setup"), "setup.language")
    told = hall.fill(admin, language=language)
    hall.close(admin)
    return told


def read(message):
    assert not problems({"text": message["text"], "blocks": message["blocks"]}, "message")
    return words(message["blocks"])


def test_an_admin_sets_the_language_and_the_history_says_so(hall):
    assert "Language*: English" in hall.ask(NED, "setup")
    assert "Sprache Ihres Unternehmens ist jetzt Deutsch" in speaks(hall, NED, "de")
    assert hall.accounts.customer("CUST-NORTHWIND").language is Language.GERMAN
    assert hall.accounts.reseller("RSL-ACME").language is Language.ENGLISH
    assert "Sprache*: Deutsch" in hall.ask(NED, "setup language")
    assert "hat die Sprache geändert: `English` → `Deutsch`" in hall.ask(NED, "setup history")
    assert "Nichts wurde geändert" in speaks(hall, NED, "de")
    hall.press(NED, hall.message(NED, "setup"), "setup.language")
    view = hall.form(NED)
    payload = {"type": "view_submission", "user": {"id": NED.user, "team_id": NED.team}, "team": {"id": NED.team}}
    values = {"language": {"language": {"type": "static_select", "selected_option": {"value": "xx"}}}}
    body = {**payload, "view": {**view, "state": {"values": values}}}
    status, answer = hall.office.post_interaction(body)
    assert (status, json.loads(answer)["errors"]) == (200, {"language": "Wählen Sie eine Sprache."})
    hall.close(NED)


@pytest.mark.parametrize(
    ("admin", "ours", "theirs"),
    [
        (None, "Completed with errors: 3 of 4 rows stored, 1 refused", "3 devices from Acme Mobile wait for your"),
        (RAE, "Mit Fehlern abgeschlossen: 4 Zeilen, davon 3 gespeichert", "3 devices from Acme Mobile wait for your"),
        (NED, "Completed with errors: 3 of 4 rows stored", "3 Geräte von Acme Mobile warten auf Ihre Entscheidung"),
    ],
)
def test_uploader_and_approvers_read_their_own_languages(news, hall, admin, ours, theirs):
    if admin:
        speaks(hall, admin, "de")
    upload = news.upload(news.phones(3, bad=1))
    (told,) = [one for one in news.heads(RAE_DM) if "phones.csv" in one["text"]]
    (asked,) = news.heads(THEIRS)
    assert ours in read(told)
    assert ours in told["text"]
    assert theirs in read(asked)
    english = labels(told) == ["Open", "Errors", "resend.csv", "errors.csv", "results.csv"]
    assert english is (admin is not RAE)
    assert "IMEI" in read(told)

    assert news.office.click(NIA, {**asked, "channel": THEIRS[1]}, "approvals.accept_all") == ""
    answer = news.office.messages(NIA, THEIRS[1])[-1]
    assert answer["only_for"] == NIA.user
    assert ("3 Geräte angenommen." if admin is NED else "3 devices accepted.") in read(answer)
    assert labels(answer) == (["Rückgängig"] if admin is NED else ["Undo"])
    assert news.office.click(NIA, answer, "approvals.undo") == ""
    undone = news.office.messages(NIA, THEIRS[1])[-1]
    assert ("wieder offen" if admin is NED else "waiting again") in read(undone)
    assert upload.id


@pytest.mark.feature("B3")
@pytest.mark.feature("B27")
def test_files_have_no_language_and_what_is_to_mend_can_be_sent_back(news, hall):
    speaks(hall, RAE, "de")
    upload = news.upload(news.phones(2, bad=1))
    report = Report(news.cloud, upload)
    assert [row["outcome"] for row in report.results] == ["stored", "stored", "refused"]
    assert report.codes == {4: {"IMEI_LENGTH"}}
    resend = report.raw("resend.csv").decode("utf-8-sig")
    assert resend.splitlines()[0].endswith("error_code,error,suggestion")
    again = news.upload(resend.encode(), name="resend.csv")
    assert again.figures.rows.refused == 1


def test_help_is_in_the_reader_s_language_and_commands_are_not(hall):
    speaks(hall, NED, "de")
    told = hall.ask(NIA, "help approvals")
    assert "Geräte ablehnen; der Händler liest den Grund" in told
    assert "/rollcall approvals reject" in told
    assert "Reject devices; the reseller reads the reason" in hall.ask(RAE, "help approvals")


def test_a_refused_decision_says_why_in_the_reader_s_language(hall):
    speaks(hall, NED, "de")
    told = hall.ask(NIA, 'approvals reject 490154203237518 reason:"2026"')
    assert "nicht von Ihrem Unternehmen" in told or "gibt es nichts" in told
