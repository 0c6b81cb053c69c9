"""Every sample file by every way in, in signed requests; what Slack then shows is what summary.json says."""

from __future__ import annotations

import json
import re

import pytest

from local.slack.blockkit import problems
from tests.corpora import UPLOADS
from tests.newsroom import UMA, UMA_DM, Newsroom
from tests.office import buttons, running_office, words
from tests.reception import Reception, upload_ids
from tests.samples import FILES, MANY, causes, said, sign


@pytest.fixture(scope="module")
def open_reception(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("ways-in"), chunk_rows=100) as running:
        yield Reception(running), Newsroom(running)


@pytest.fixture
def ways(open_reception):
    """The counter where files come in, and the newsroom that tells of them; both of one chain."""
    reception, news = open_reception
    news.set_back()
    reception.set_back()
    reception.chain = news.chain
    return reception, news


def customer_of(name, *, many):
    return many if name == MANY else "CUST-NORTHWIND"


def by_form(reception, name, body):
    reception.command(UMA)
    files = [reception.file(UMA, name, body)]
    assert not reception.submit(UMA, customer=customer_of(name, many="_many"), files=files).get("errors")
    return upload_ids(words(reception.modal(UMA)["blocks"]))


def by_message(reception, name, body, button="uploads.dropped.import"):
    question = reception.drop(UMA, reception.file(UMA, name, body))
    option = {"text": {"type": "plain_text", "text": "x"}, "value": customer_of(name, many="_many")}
    answer = reception.press(UMA, question, button, {"uploads.customer": option})
    return upload_ids(words(answer["blocks"]))


def by_check(reception, name, body):
    return by_message(reception, name, body, "uploads.dropped.check")


def by_link(reception, name, body):
    message = reception.office.command(UMA, f"/uploads link customer:{customer_of(name, many='many')}")
    (url,) = [element["url"] for _, element in buttons(message) if element.get("url")]
    assert reception.browse(url)[0] == 200
    status, _, told = reception.browse(url, {"name": name, "size": len(body)})
    assert status == 200
    reception.cloud.put(json.loads(told)["fields"]["key"], body)
    return upload_ids(words(message["blocks"]))


@pytest.mark.feature("P8", "P10")
@pytest.mark.feature("B2")
@pytest.mark.parametrize("way", [by_form, by_message, by_check, by_link])
@pytest.mark.parametrize("name", FILES)
def test_what_slack_shows_of_a_file_is_what_its_summary_says(ways, way, name):
    reception, news = ways
    (promised,) = way(reception, name, (UPLOADS / name).read_bytes())
    (report,) = reception.settle()
    news.tell()
    summary = report.summary
    assert (report.upload_id, summary["upload_id"]) == (promised, promised)
    assert summary["check_only"] is (way is by_check)

    told = [message for message in news.heads(UMA_DM) if promised in json.dumps(message.get("blocks", []))][-1]
    assert not problems({"text": told["text"], "blocks": told["blocks"]}, "message")
    assert f"{sign(summary)} {said(summary)}" in words(told["blocks"])
    for shown in (words(told["blocks"]), told["text"]):
        assert said(summary) in shown
        assert [int(rows) for rows in re.findall(r"• (\d+) rows?: ", shown)] == causes(summary)
        assert name in shown
    assert [file.name for file in news.slack.world.files.values() if file.user != UMA.user] == (
        ["resend.csv"] if summary["refused"] else []
    )

    card = words(reception.office.command(UMA, f"/uploads {promised}")["blocks"])
    assert said(summary) in card
    errors = words(reception.office.command(UMA, f"/uploads errors {promised}")["blocks"])
    assert all(code in errors for code in summary["by_code"])
