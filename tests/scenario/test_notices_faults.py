"""Slack fails, a process dies, a message is lost: no notice is lost, none is untrue, at most one is doubled."""

from __future__ import annotations

import json
import time
from itertools import pairwise

import pytest

from rollcall.notices import upload_notice
from rollcall.slack import calls, sender
from rollcall.telling.sweeping import MOST_SWEEPS, NoticeSweeper
from rollcall.telling.teller import Told
from tests.faults import Killed, Killer
from tests.files_of import csv_of
from tests.gateway import LambdaContext
from tests.newsroom import CHANNEL, RAE, RAE_DM
from tests.office import notify

READS = {"GetItem", "BatchGetItem", "Query", "HeadObject", "GetObject"}
DONE = "Completed with errors: 3 of 5 rows stored, 2 refused"


def dies_at_every_call(news, by, check):
    """Tells one upload again and again, each time dying at the next call, before and after it took effect."""
    at, effect = 0, False
    while True:
        news.set_back()
        upload = news.put(news.phones(3, bad=2), by=by)
        notice = upload_notice(upload.id, upload.reseller).id
        if check == "result":
            news.tell()
        news.chain.drain()
        killer = Killer(at=at, effect=effect)
        try:
            with killer.stalking():
                news.tell_one(notice)
        except Killed:
            pass
        else:
            assert at > 8, "it makes more calls than that"
            return
        news.seconds += 200  # the queue's visibility: the message comes again
        news.tell()
        yield f"killed at call {at}, {killer.calls[-1]}, {'after' if effect else 'before'}"
        at, effect = (at, True) if not effect and killer.calls[-1] not in READS else (at + 1, False)


@pytest.mark.thorough
@pytest.mark.feature("B26")
@pytest.mark.parametrize("check", ["beginning", "result"])
def test_whenever_the_process_dies_the_uploader_has_one_message_that_is_true(news, check):
    """In a DM the app may look for what it posted, so nothing is ever doubled there, the file included."""
    for where in dies_at_every_call(news, RAE, check):
        assert len(news.heads(RAE_DM)) == 1, where
        assert DONE in news.said(RAE_DM)[0], where
        assert [[file["name"] for file in reply["files"]] for reply in news.replies(RAE_DM)] == [["resend.csv"]], where
        assert not news.seen(CHANNEL), where


@pytest.mark.thorough
@pytest.mark.feature("B26")
def test_whenever_the_process_dies_a_channel_has_at_most_one_message_too_many(news):
    doubled = []
    for where in dies_at_every_call(news, None, "beginning"):
        said = news.said(CHANNEL)
        assert 1 <= len(said) <= 2, where
        assert all(DONE in part for part in said), where
        doubled += [where] * (len(said) == 2)
    between = ["chat.postMessage, after", "PutItem, before"]
    assert [where.partition(", ")[2] for where in doubled] == between, "only between posting and remembering"


@pytest.mark.feature("B26")
def test_a_doubled_message_is_mended_where_the_app_may_look(news, monkeypatch):
    """It is found by what went with it unseen, and edited like the one that was remembered."""
    upload = news.put(news.phones(100))
    notice = upload_notice(upload.id, upload.reseller).id
    remembered = news.teller._courier._posts.put
    monkeypatch.setattr(
        news.teller._courier._posts,
        "put",
        lambda notice, post, now: dies() if post.ts else remembered(notice, post, now=now),
    )
    with pytest.raises(Killed):
        news.tell_one(notice)
    monkeypatch.undo()
    assert "In progress" in news.said(RAE_DM)[0]
    news.chain.drain()
    news.seconds += 200
    news.tell()
    assert len(news.heads(RAE_DM)) == 1
    assert "Completed: all 100 rows stored" in news.said(RAE_DM)[0]


def dies(*_):
    raise Killed


# -- messages in channels, whose history the app may not read --------------------------------------------------------


def slack_tells(news, message, place=CHANNEL, **changed):
    """Slack tells the app of a message of its own, as it does of each one with metadata; and a minute goes by."""
    event = {
        "type": "message_metadata_posted",
        "app_id": "A0ROLLCALL",
        "bot_id": "B0BOTACME",
        "user_id": "U0BOTACME",
        "team_id": place[0],
        "channel_id": place[1],
        "metadata": message["metadata"],
        "message_ts": message["ts"],
        **changed,
    }
    payload = {"type": "event_callback", "team_id": place[0], "api_app_id": "A0ROLLCALL", "event_id": "Ev1"}
    assert news.office.post_event({**payload, "event": event})[0] == 200
    news.office.later("notices")
    news.office.drain()
    news.tell()


def forgets(news, monkeypatch, notice, *, tells=1):
    """The worker dies after posting, before it remembers where."""
    posts = news.teller._courier._posts
    remembered = posts.put
    left = [tells]

    def put(of, post, *, now):
        if post.ts and left[0]:
            left[0] -= 1
            raise Killed
        remembered(of, post, now=now)

    monkeypatch.setattr(posts, "put", put)
    with pytest.raises(Killed):
        news.tell_one(notice)
    news.seconds += 200


@pytest.mark.feature("B26")
def test_a_channel_message_nobody_remembered_is_taken_for_the_one_that_was_meant(news, monkeypatch):
    upload = news.put(news.phones(100), by=None)
    notice = upload_notice(upload.id, upload.reseller).id
    forgets(news, monkeypatch, notice)
    (stray,) = news.heads(CHANNEL)
    slack_tells(news, stray)
    news.chain.drain()
    news.tell()
    (message,) = news.heads(CHANNEL)
    assert message["ts"] == stray["ts"]
    assert "Completed: all 100 rows stored" in news.said(CHANNEL)[0]


@pytest.mark.feature("B26")
@pytest.mark.parametrize("times", [1, 3])
def test_a_doubled_channel_message_goes_when_slack_tells_of_it(news, monkeypatch, times):
    """However late and however often Slack tells, one message is left, and it is true."""
    upload = news.put(news.phones(3), by=None)
    notice = upload_notice(upload.id, upload.reseller).id
    forgets(news, monkeypatch, notice)
    news.chain.drain()
    news.tell()
    stray, kept = news.heads(CHANNEL)
    for message in [stray, kept] * times:
        slack_tells(news, message)
    (left,) = news.heads(CHANNEL)
    assert left["ts"] == kept["ts"]
    assert "Completed: all 3 rows stored" in news.said(CHANNEL)[0]


@pytest.mark.feature("B26")
def test_an_answer_that_comes_too_late_in_a_channel_is_mended(news, monkeypatch):
    monkeypatch.setattr(calls, "_TIMEOUT", 0.3)
    news.fault("chat.postMessage", "slow", seconds=0.6)
    news.put(news.phones(3), by=None)
    news.chain.drain()
    original = news.tell_one

    def after_a_while(notice):
        try:
            return original(notice)
        except sender.SlackDownError:
            deadline(lambda: news.seen(CHANNEL))
            raise

    monkeypatch.setattr(news, "tell_one", after_a_while)
    news.tell()
    assert len(news.heads(CHANNEL)) == 2
    for message in news.heads(CHANNEL):
        slack_tells(news, message)
    assert len(news.heads(CHANNEL)) == 1
    assert "Completed: all 3 rows stored" in news.said(CHANNEL)[0]


@pytest.mark.feature("B26")
def test_a_doubled_word_of_a_failure_goes_as_well(news, monkeypatch):
    upload = news.put(csv_of("12"), by=None)
    notice = upload_notice(upload.id, upload.reseller).id
    news.tell()
    news.chain.drain()
    posts = news.teller._courier._posts
    remembered = posts.put
    monkeypatch.setattr(
        posts, "put", lambda of, post, now: dies() if post.part and post.ts else remembered(of, post, now=now)
    )
    with pytest.raises(Killed):
        news.tell_one(notice)
    monkeypatch.undo()
    news.seconds += 200
    news.tell()
    assert len(news.replies(CHANNEL)) == 2
    for message in news.replies(CHANNEL):
        slack_tells(news, message)
    assert len(news.replies(CHANNEL)) == 1
    assert len(news.heads(CHANNEL)) == 1


@pytest.mark.feature("B26")
@pytest.mark.parametrize(
    "changed",
    [
        {"app_id": "A0OTHER"},
        {"channel_id": "C0ELSE"},
        {"metadata": {"event_type": "rollcall_notice", "event_payload": {"notice": "N-0000000000000000"}}},
        {"metadata": {"event_type": "of_another_app", "event_payload": {}}},
        {"metadata": {"event_type": "rollcall_notice", "event_payload": {}}},
    ],
    ids=["another app's", "another channel", "an unknown notice", "other metadata", "no notice"],
)
def test_what_is_not_ours_to_mend_is_left_alone(news, changed):
    news.upload(news.phones(3), by=None)
    (message,) = news.heads(CHANNEL)
    with news.counting() as called:
        slack_tells(news, {**message, "ts": "1.000001"}, **changed)
    assert called == {}
    assert len(news.heads(CHANNEL)) == 1


@pytest.mark.feature("B26")
def test_a_stray_waits_while_its_notice_is_told(news):
    upload = news.upload(news.phones(3), by=None)
    (message,) = news.heads(CHANNEL)
    until = time.time() + 100
    assert news.notices.take(upload_notice(upload.id, upload.reseller).id, worker="x", now=time.time(), until=until)
    slack_tells(news, {**message, "ts": "1.000001"})
    assert [waiting["kind"] for waiting in news.office.waiting("notices")] == ["posted"]
    assert news.office.seconds_hidden("notices") == [pytest.approx(5, abs=3)]


@pytest.mark.feature("B26")
@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
@pytest.mark.parametrize(
    ("kind", "error"), [("rate_limited", sender.RetryLaterError), ("broken", sender.SlackDownError)]
)
def test_slack_says_not_now_and_is_asked_again(news, method, kind, error):
    news.fault(method, kind, times=2, seconds=7)
    news.put(news.phones(3, bad=2))
    news.chain.drain()
    failures = news.tell()
    assert [type(failure) for failure in failures] == [error] * 2
    if error is sender.RetryLaterError:
        assert {failure.seconds for failure in failures} == {7}
    assert len(news.heads(RAE_DM)) == 1
    assert DONE in news.said(RAE_DM)[0]
    assert len(news.replies(RAE_DM)) == 1


@pytest.mark.feature("B26")
@pytest.mark.parametrize("method", ["chat.update", "files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize("kind", ["rate_limited", "broken"])
def test_slack_fails_at_the_result_and_it_comes_all_the_same(news, method, kind):
    news.put(news.phones(3, bad=2))
    news.tell()
    news.chain.drain()
    news.fault(method, kind, times=3)
    assert len(news.tell()) == 3
    assert len(news.heads(RAE_DM)) == 1
    assert DONE in news.said(RAE_DM)[0]
    assert [reply["files"][0]["name"] for reply in news.replies(RAE_DM)] == ["resend.csv"]


@pytest.mark.feature("B26")
@pytest.mark.parametrize("method", ["chat.postMessage", "files.completeUploadExternal"])
def test_an_answer_that_comes_too_late_doubles_nothing(news, method, monkeypatch):
    """Slack did what it was asked and nobody heard of it: what it did is looked for before it is asked again."""
    monkeypatch.setattr(calls, "_TIMEOUT", 0.3)
    news.fault(method, "slow", seconds=0.6)
    news.put(news.phones(3, bad=2))
    news.chain.drain()
    original = news.tell_one

    def after_a_while(notice):
        try:
            return original(notice)
        except sender.SlackDownError:
            deadline(lambda: news.seen(RAE_DM) and (method == "chat.postMessage" or news.replies(RAE_DM)))
            raise

    monkeypatch.setattr(news, "tell_one", after_a_while)
    assert len(news.tell()) == 1
    assert len(news.heads(RAE_DM)) == 1
    assert DONE in news.said(RAE_DM)[0]
    assert len(news.replies(RAE_DM)) == 1


def deadline(condition):
    """Waits until something is so."""
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come")


@pytest.mark.feature("B26")
def test_a_message_that_somebody_deleted_is_posted_anew(news):
    news.put(news.phones(3))
    news.tell()
    news.slack.world.messages[RAE_DM].clear()
    news.chain.drain()
    news.tell()
    assert "Completed: all 3 rows stored" in news.said(RAE_DM)[0]
    assert len(news.heads(RAE_DM)) == 1


@pytest.mark.feature("B26")
def test_a_bot_that_was_removed_in_the_middle_still_tells_the_result(news):
    news.put(news.phones(100), by=None)
    news.tell()
    news.throw_out()
    news.fault("chat.update", "error", code="not_in_channel", times=1)
    news.chain.drain()
    news.tell()
    assert "Completed: all 100 rows stored" in news.said(RAE_DM)[0]
    assert any("/invite @Rollcall" in said for said in news.said(RAE_DM))


@pytest.mark.feature("B26")
@pytest.mark.parametrize(("times", "blocks"), [(1, True), (2, False)])
def test_a_workspace_that_refuses_blocks_gets_plainer_ones_then_words(news, times, blocks):
    news.put(news.phones(3, bad=2))
    news.chain.drain()
    news.fault("chat.postMessage", "error", code="invalid_blocks", times=times)
    news.tell()
    (message,) = news.heads(RAE_DM)
    assert bool(message.get("blocks")) is blocks
    assert DONE in message["text"]


@pytest.mark.feature("B26")
def test_an_error_nobody_has_heard_of_moves_the_notice_along_its_route(news):
    news.fault("chat.postMessage", "error", code="a_new_one", times=1)
    upload = news.put(news.phones(3))
    news.chain.drain()
    news.tell()
    assert upload.id in news.said(CHANNEL)[0]


# -- messages that get lost -------------------------------------------------------------------------------------------


def sweeper(news):
    return NoticeSweeper(news.notices, news.chain.herald(), lambda: news.seconds)


@pytest.mark.feature("B26")
def test_a_result_whose_message_was_lost_is_told_a_minute_later(news):
    news.seconds = news.chain.now.timestamp()
    upload = news.upload(news.phones(3)) and news.put(news.phones(3), name="b.csv")
    news.tell()
    news.chain.drain()
    news.chain.notices.take()  # lost
    assert sweeper(news).sweep().sent == ()

    news.seconds += 61
    assert news.kept(upload).notice.id in sweeper(news).sweep().sent
    news.tell()
    assert "Completed" in news.said(RAE_DM)[1]
    news.seconds += 3600
    assert sweeper(news).sweep().sent == ()


@pytest.mark.feature("B26")
def test_a_notice_that_never_gets_through_is_sent_for_ever_less_often_and_then_given_to_an_operator(news):
    news.seconds = news.chain.now.timestamp()
    upload = news.put(news.phones(3))
    moments = []
    while news.kept(upload).due:
        news.seconds += 600 if len(moments) > 7 else 60
        if sweeper(news).sweep().sent:
            moments.append(news.seconds)
        news.chain.notices.take()
        assert len(moments) <= MOST_SWEEPS
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses == sorted(pauses)
    assert 3600 <= pauses[-1] <= 4200
    assert news.kept(upload).trouble == (("", "no_answer"),)
    assert sweeper(news).sweep().undelivered == 1

    # Nothing is over with that: the result makes it due again.
    news.chain.drain()
    news.tell()
    assert "Completed: all 3 rows stored" in news.said(RAE_DM)[0]
    assert news.notices.count_undelivered() == 0


@pytest.mark.feature("B26")
def test_what_becomes_due_while_it_is_told_is_told_as_well(news):
    upload = news.put(news.phones(3))
    notice = upload_notice(upload.id, upload.reseller)
    bring = news.teller._courier.bring
    marked = []

    def meanwhile(kept, drawn):
        delivery = bring(kept, drawn)
        if not marked:
            marked.append(1)
            news.chain.drain()
        return delivery

    news.teller._courier.bring = meanwhile
    news.chain.notices.take()
    assert news.tell_one(notice.id) is Told.LATER or news.tell_one(notice.id) is Told.TOLD
    del news.teller._courier.bring
    news.tell()
    assert "Completed: all 3 rows stored" in news.said(RAE_DM)[0]
    assert not news.kept(upload).due


# -- the function ----------------------------------------------------------------------------------------------------


def record(body, *, receipt="r", tries=1):
    return {
        "messageId": "m",
        "receiptHandle": receipt,
        "body": json.dumps(body),
        "attributes": {"ApproximateReceiveCount": str(tries), "SentTimestamp": "1", "SenderId": "x",
                       "ApproximateFirstReceiveTimestamp": "1"},
        "messageAttributes": {},
        "md5OfBody": "x",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:notices",
        "awsRegion": "eu-central-1",
    }  # fmt: skip


@pytest.mark.feature("B26")
@pytest.mark.parametrize(
    ("fault", "tries", "seconds"),
    [
        ({"kind": "rate_limited", "seconds": 30}, 1, 31),
        ({"kind": "broken"}, 1, 5),
        ({"kind": "broken"}, 3, 20),
        ({"kind": "broken"}, 19, 180),
    ],
)
def test_the_queue_brings_a_notice_back_when_slack_says_or_soon(news, fault, tries, seconds):
    office = news.office
    upload = news.put(news.phones(3))
    sqs, url = news.cloud.client("sqs"), news.cloud.queues["notices"]
    body = {"kind": "notice", "id": upload_notice(upload.id, upload.reseller).id}
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps(body))
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    news.fault("chat.postMessage", **fault)
    event = {"Records": [record(body, receipt=message["ReceiptHandle"], tries=tries)]}
    answer = notify.handle(event, LambdaContext("x", function_name="notify"))
    assert [failed["itemIdentifier"] for failed in answer["batchItemFailures"]] == ["m"]
    assert office.seconds_hidden("notices") == [pytest.approx(seconds, abs=3)]

    answer = notify.handle(event, LambdaContext("y", function_name="notify"))
    assert answer["batchItemFailures"] == []
    assert upload.id in news.said(RAE_DM)[0]
