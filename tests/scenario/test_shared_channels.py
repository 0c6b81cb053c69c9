"""A channel that another company reads along in: a count and a button, whatever happens, and never a word more."""

from __future__ import annotations

import json

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import Person, Registration
from rollcall.notices import upload_notice
from rollcall.telling.shared_channels import BELIEVED
from tests.files_of import csv_of, imei
from tests.newsroom import CHANNEL, NIA, RAE, RAE_DM
from tests.office import labels, words

CUSTOMER = ("T0NW", "C0NWIT")
BEN = Person("T0BOLT", "U0BEN")
SECRETS = ("phones.csv", "Northwind", "Acme", "PO 17", "rows", "check digit", "U0RAE")


@pytest.fixture
def news(news):
    yield news
    for team, other in (("T0ACME", "T0NW"), ("T0NW", "T0BOLT")):
        channel = "C0ACME" if team == "T0ACME" else "C0NWIT"
        news.slack.control.change("share", {"team": team, "channel": channel, "with": other, "shared": False})


def share(news, place=CHANNEL, other="T0NW", *, shared=True):
    """Shares a channel, or ends that; Slack's event is told by hand."""
    news.slack.control.change("share", {"team": place[0], "channel": place[1], "with": other, "shared": shared})


def slack_tells(news, kind, place=CHANNEL):
    event = {"type": kind, "channel": place[1], "connected_team_id": "T0NW"}
    payload = {"type": "event_callback", "team_id": place[0], "api_app_id": "A0ROLLCALL", "event_id": "Ev1"}
    assert news.office.post_event({**payload, "event": event})[0] == 200
    assert all(news.office.drain())
    news.tell()


def only_a_count(message, text):
    """The message gives nothing away."""
    assert not problems({"text": message["text"], "blocks": message["blocks"]}, "message")
    assert words(message["blocks"]) == f"{text}\nOpen in Rollcall"
    assert message["text"] == text
    assert labels(message) == ["Open in Rollcall"]
    assert [secret for secret in SECRETS if secret in json.dumps(message["blocks"]) + message["text"]] == []


@pytest.mark.feature("B26")
@pytest.mark.parametrize("body", ["stored", "refused in part", "failed"])
def test_in_a_shared_channel_only_a_count_appears_from_beginning_to_end(news, body):
    share(news)
    content = {"stored": news.phones(50), "refused in part": news.phones(50, bad=3), "failed": csv_of("12")}[body]
    news.put(content, by=None, order_number="PO 17")
    news.tell()
    only_a_count(*news.heads(CHANNEL), "Rollcall: 1 upload")
    news.chain.drain()
    news.tell()
    only_a_count(*news.heads(CHANNEL), "Rollcall: 1 upload")
    assert news.replies(CHANNEL) == []
    assert not news.seen(RAE_DM), "the channel took it"


@pytest.mark.feature("B26")
def test_the_board_of_a_busy_day_is_a_count_there(news):
    share(news)
    for number in range(5):
        news.upload(news.phones(1), by=None, name=f"f{number}.csv")
    *_, board = news.heads(CHANNEL)
    only_a_count(board, "Rollcall: 2 uploads")


@pytest.mark.feature("B26")
def test_a_customers_card_has_no_buttons_that_decide_where_others_could_press_them(news):
    share(news, CUSTOMER, "T0BOLT")
    news.upload(news.phones(3))
    (card,) = [message for message in news.seen(CUSTOMER) if message.get("bot_id")]
    only_a_count(card, "Rollcall: 1 upload")


@pytest.mark.feature("B26")
def test_when_a_channel_becomes_shared_what_stands_there_is_reduced_and_comes_back_after(news):
    news.upload(news.phones(3), by=None, order_number="PO 17")
    assert "Completed: all 3 rows stored" in news.said(CHANNEL)[0]
    share(news)
    slack_tells(news, "channel_shared")
    only_a_count(*news.heads(CHANNEL), "Rollcall: 1 upload")

    share(news, shared=False)
    slack_tells(news, "channel_unshared")
    assert "Completed: all 3 rows stored" in news.said(CHANNEL)[0]
    assert len(news.heads(CHANNEL)) == 1


@pytest.mark.feature("B26")
def test_it_is_asked_before_posting_and_the_answer_is_believed_for_a_while(news):
    with news.counting() as calls:
        for _ in range(3):
            news.upload(news.phones(1), by=None)
    assert calls["conversations.info"] == 2, "the reseller's channel and the customer's"
    share(news)  # and Slack's event is lost
    news.seconds += BELIEVED + 1
    news.upload(news.phones(1), by=None)
    only_a_count(news.heads(CHANNEL)[-1], "Rollcall: 1 upload")


@pytest.mark.feature("B26")
@pytest.mark.parametrize("code", ["missing_scope", "a_new_one"])
def test_where_slack_does_not_say_nothing_is_given_away(news, code):
    news.fault("conversations.info", "error", code=code, times=20)
    news.upload(news.phones(3), by=None)
    only_a_count(*news.heads(CHANNEL), "Rollcall: 1 upload")


@pytest.mark.feature("B26")
@pytest.mark.parametrize("kind", ["rate_limited", "broken"])
def test_slack_that_cannot_answer_is_asked_again_and_nothing_is_posted_before(news, kind):
    news.fault("conversations.info", kind, times=2)
    news.put(news.phones(3), by=None)
    news.chain.drain()
    assert len(news.tell()) == 2
    assert "Completed: all 3 rows stored" in news.said(CHANNEL)[0]


@pytest.mark.feature("B26")
def test_a_workspace_of_the_same_organisation_is_no_other_company(news, monkeypatch):
    share(news)
    from local.slack import methods_people  # noqa: PLC0415 - only here

    original = methods_people.channel_object

    def within(world, channel):
        shown = original(world, channel)
        return {**shown, "is_ext_shared": False, "is_org_shared": True}

    monkeypatch.setattr(methods_people, "channel_object", within)
    news.upload(news.phones(3), by=None)
    assert "Completed: all 3 rows stored" in news.said(CHANNEL)[0]


# -- who clicks --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B26")
def test_the_button_shows_each_what_their_own_company_may_see(news):
    share(news)
    upload = news.upload(news.phones(3, bad=1), by=None)
    (message,) = news.office.messages(RAE, CHANNEL[1])
    assert news.office.click(RAE, message, "notices.open") == ""
    shown = news.office.messages(RAE, CHANNEL[1])[-1]
    assert shown["only_for"] == RAE.user
    assert "3 of 4 rows stored, 1 refused" in words(shown["blocks"])
    assert "Acme Mobile" in words(shown["blocks"])

    # The customer's own person clicks in the same channel: their part, and nothing of the refused row.
    (theirs,) = news.office.messages(NIA, CHANNEL[1])
    assert news.office.click(NIA, theirs, "notices.open") == ""
    answer = news.office.messages(NIA, CHANNEL[1])[-1]
    assert answer["only_for"] == NIA.user
    assert upload.id in words(answer["blocks"])
    assert "Northwind Logistics" in words(answer["blocks"])
    assert "resend.csv" not in labels(answer)


@pytest.mark.feature("B26")
def test_a_stranger_from_the_other_company_learns_nothing_by_the_button(news):
    share(news, other="T0BOLT")
    upload = news.upload(news.phones(3), by=None)
    (message,) = news.office.messages(BEN, CHANNEL[1])
    assert news.office.click(BEN, message, "notices.open") == ""
    answer = news.office.messages(BEN, CHANNEL[1])[-1]
    unknown = news.office.command(BEN, "/uploads U-0000-0000-0000-0000", CHANNEL[1])
    assert words(answer["blocks"]).replace(upload.id, "X") == words(unknown["blocks"]).replace(
        "U-0000-0000-0000-0000", "X"
    )
    news.slack.control.change("share", {"team": "T0ACME", "channel": "C0ACME", "with": "T0BOLT", "shared": False})


@pytest.mark.feature("B26")
@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("uploads/RSL-ACME/CUST-NORTHWIND", "is still being read"),
        ("uploads/RSL-ACME/_many", "No upload"),
        ("uploads/RSL-ACME/CUST-CONTOSO", "No upload"),
        ("check/RSL-ACME/CUST-NORTHWIND", "No upload"),
        ("blocked", "No upload"),
    ],
)
def test_a_customer_hears_that_an_upload_is_still_read_if_it_may_know_of_it(news, place, told):
    share(news)
    if place == "blocked":
        news.cloud.accounts.set_registration("CUST-NORTHWIND", "RSL-ACME", Registration.BLOCKED)
        place = "uploads/RSL-ACME/CUST-NORTHWIND"
    body = news.phones(3) if "_many" not in place else b"customer_id,imei\r\nCUST-NORTHWIND," + imei(990_001).encode()
    upload = news.put(body, by=None, place=place)
    news.tell()
    (theirs,) = news.office.messages(NIA, CHANNEL[1])
    assert news.office.click(NIA, theirs, "notices.open") == ""
    answer = words(news.office.messages(NIA, CHANNEL[1])[-1]["blocks"])
    assert upload.id in answer
    assert told in answer
    news.chain.drain()


def test_a_channel_nobody_shares_is_told_in_full_and_knows_its_notices(news):
    upload = news.upload(news.phones(3), by=None)
    facts = news.teller._courier._shared._facts
    assert list(facts.notices_in(*CHANNEL)) == [upload_notice(upload.id, upload.reseller).id]
    assert facts.get(*CHANNEL).shared is False
