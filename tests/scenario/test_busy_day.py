"""Forty uploads in a minute, by the form: nobody gets forty pings, and every result is found."""

from __future__ import annotations

import json

import pytest

from local.slack.blockkit import problems
from tests.files_of import csv_of, imei
from tests.newsroom import NIA, UMA, UMA_DM, Newsroom
from tests.office import labels, running_office, words
from tests.reception import Reception, upload_ids

FORMS, FILES = 4, 10
CUSTOMER = ("T0NW", "C0NWIT")


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("busy"), chunk_rows=100) as running:
        reception, news = Reception(running), Newsroom(running)
        reception.chain = news.chain
        yield reception, news


def body_of(message):
    return {**message.body, **({"only_for": message.only_for} if message.only_for else {})}


@pytest.mark.feature("P8")
@pytest.mark.feature("B2")
@pytest.mark.feature("B26")
def test_forty_files_by_form_are_few_messages_and_every_result_is_found(desks):
    reception, news = desks
    sent = []
    for form in range(FORMS):
        reception.command(UMA)
        numbers = [form * FILES + file for file in range(FILES)]
        bodies = [csv_of(imei(number), *(["12"] if number % 2 else [])) for number in numbers]
        files = [reception.file(UMA, f"f{number}.csv", body) for number, body in zip(numbers, bodies, strict=True)]
        assert not reception.submit(UMA, customer="CUST-NORTHWIND", files=files).get("errors")
        sent += upload_ids(words(reception.modal(UMA)["blocks"]))
    with news.counting() as calls:
        reports = reception.settle()
        news.tell()
    assert len(set(sent)) == FORMS * FILES
    assert {report.upload_id for report in reports} == set(sent)

    # Whatever makes a sound is a message or a file that was posted: to anybody, not only to who uploaded.
    posted = {
        place: [message for message in map(body_of, messages) if message.get("bot_id") and "only_for" not in message]
        for place, messages in news.slack.world.messages.items()
    }
    assert calls["chat.postMessage"] + calls.get("files.completeUploadExternal", 0) == sum(map(len, posted.values()))
    # Three messages, each with the rows to mend if it has any, and the board; their ids say which three.
    mend = [message for message in posted[UMA_DM] if message.get("files")]
    told = [message for message in posted[UMA_DM] if message not in mend]
    assert len(mend) == sum("Completed with errors" in message["text"] for message in told[:3])
    assert {place for place, messages in posted.items() if messages} == {UMA_DM, CUSTOMER}
    assert (len(told), len(posted[CUSTOMER])) == (4, 4)
    everything = [message for messages in posted.values() for message in messages]
    assert not [message for message in everything if "<@" in message["text"]], "nothing failed, so nobody is named"
    for message in everything:
        assert not problems({"text": message["text"], "blocks": message.get("blocks", [])}, "message")

    board = news.said(CUSTOMER)[-1]
    assert "37 more uploads of 2026-03-01: 20 devices in the newest 20 waiting for your decision" in board
    waiting = news.office.click(NIA, {**news.heads(CUSTOMER)[-1], "channel": CUSTOMER[1]}, "uploads.open")
    assert waiting == ""
    assert "waiting for your decision" in words(news.office.messages(NIA, CUSTOMER[1])[-1]["blocks"])

    listed, answer = {}, reception.office.command(UMA, "/uploads list")
    while True:
        for upload in sent:
            if upload in json.dumps(answer):
                listed[upload] = words(answer["blocks"])
        if "Next" not in labels(answer):
            break
        reception.office.click(UMA, answer, "page.next")
        answer = reception.office.messages(UMA)[-1]
    assert listed.keys() == set(sent)
    for report in reports:
        summary = report.summary
        outcome = (
            "all 1 row stored"
            if not summary["refused"]
            else f"{summary['stored']} of {summary['total']} rows stored, {summary['refused']} refused"
        )
        card = reception.office.command(UMA, f"/uploads {report.upload_id}")
        assert outcome in words(card["blocks"])
        assert ("resend.csv" in labels(card)) == bool(summary["refused"])
