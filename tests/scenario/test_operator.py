"""What operators see and do: companies, broken channels, notices nobody took, dead letters; and nobody else."""

from __future__ import annotations

import json
import re

import pytest

from local.slack.blockkit import problems
from rollcall.accounts import Customer
from rollcall.letters import Failure, read_queues
from rollcall.operations import ChannelTrouble
from rollcall.store.dead_letters import DeadLetters
from rollcall.store.letters import LettersStore
from rollcall.store.troubles import TroublesStore
from rollcall.store.workspaces import WorkspacesStore
from tests.cloud import REGION
from tests.newsroom import RAE, Newsroom
from tests.office import buttons, forget, labels, running_office, words
from tests.stock import ROLES

OPS = ROLES["operator"]
OTHERS = [role for role in ROLES if role != "operator"]
ACTIONS = ["operator.open.0", "operator.retry", "operator.look", "operator.replay", "operator.replay_all"]
SECRETS = ["phones.csv", "490154203237518", "Northwind rollout", "U0RAE"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("operator"), chunk_rows=40) as running:
        sqs = running.cloud.client("sqs")
        for name in ("chunks", "jobs", "uploads"):
            running.cloud.queues[f"{name}-dead"] = sqs.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
        running.cloud.queues["uploads"] = sqs.create_queue(QueueName="uploads")["QueueUrl"]
        yield running


@pytest.fixture
def office(opened, monkeypatch):
    opened.set_back()
    queues = opened.cloud.queues
    dead = {name: [queues[f"{name}-dead"], queues[name]] for name in ("chunks", "jobs", "uploads")}
    monkeypatch.setenv("DEAD_LETTERS", json.dumps(dead))
    forget()
    return opened


@pytest.fixture
def news(office):
    found = Newsroom(office)
    found.set_back()
    return found


@pytest.fixture
def letters(office):
    return LettersStore("UploadsTable", region=REGION)


def die(office, queue, body):
    """Puts a message among the dead letters of a queue; its id."""
    text = body if isinstance(body, str) else json.dumps(body)
    url = office.cloud.queues[f"{queue}-dead"]
    return office.cloud.client("sqs").send_message(QueueUrl=url, MessageBody=text)["MessageId"]


def dead(office, queue):
    return [message.body for message in office._queue(f"{queue}-dead")._messages]


def ask(office, typed="", person=OPS):
    answer = office.command(person, f"/rollcall operator {typed}".strip())
    assert not problems({"text": answer["text"], "blocks": answer["blocks"]}, "message")
    return answer


def text_of(message):
    return words(message["blocks"])


def looked(office, queue=""):
    """Looks at the dead letters; the list that comes into the operator's messages."""
    answer = ask(office, f"letters {queue}")
    assert office.click(OPS, answer, "operator.look") == ""
    assert "in a moment" in office.messages(OPS)[-1]["text"]
    assert all(office.drain())
    message = office.messages(OPS)[-1]
    assert not problems({"text": message["text"], "blocks": message["blocks"]}, "message")
    return message


# -- who ---------------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B19", "B26")
@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("typed", ["", "companies", "letters", "replay chunks", "help", "nonsense", 'replay "'])
def test_to_everybody_else_the_word_does_not_exist(office, role, typed):
    said = office.command(ROLES[role], f"/rollcall operator {typed}".strip())["text"]
    unknown = office.command(ROLES[role], f"/rollcall operxtor {typed}".strip())["text"]

    assert said.replace("operator", "operxtor") == unknown
    assert office.waiting("jobs") == []


@pytest.mark.parametrize("role", OTHERS)
def test_no_help_and_no_hint_names_the_words_of_operators(office, role):
    for typed in ("help", "letters", "companies", "operatr", "replay"):
        assert "operator" not in office.command(ROLES[role], f"/rollcall {typed}")["text"].replace("operatr", "")


@pytest.mark.parametrize("role", ["reseller admin", "customer admin", "stranger"])
@pytest.mark.parametrize("action_id", ACTIONS)
def test_buttons_of_operators_do_nothing_for_others(office, role, action_id):
    person = ROLES[role]
    die(office, "chunks", {"upload_id": "U-7K3F-9QMC-2V5R-8TXA", "chunk": 0})
    payload = {
        "type": "block_actions",
        "user": {"id": person.user, "team_id": person.team},
        "team": {"id": person.team},
        "trigger_id": "1.2.x",
        "container": {"type": "message"},
        "response_url": office.response_url(person),
        "actions": [
            {
                "type": "button",
                "action_id": action_id,
                "block_id": "b",
                "value": json.dumps({"q": "operator companies", "k": "chunks", "n": "N-0000000000000000"}),
            }
        ],
    }
    assert office.post_interaction(payload)[0] == 200
    assert "does nothing any more" in office.messages(person)[-1]["text"]
    assert office.waiting("jobs") == office.waiting("notices") == []
    assert len(dead(office, "chunks")) == 1


def test_who_is_no_operator_any_more_when_the_work_begins_gets_nothing(office):
    die(office, "chunks", {"upload_id": "U-7K3F-9QMC-2V5R-8TXA", "chunk": 0})
    job = {"id": "R-1", "team": "T0ACME", "home_team": "T0ACME", "user": "U0RAE", "queue": "chunks", "letter": ""}
    for kind in ("look_at_letters", "replay_letters"):
        office.cloud.client("sqs").send_message(
            QueueUrl=office.cloud.queues["jobs"], MessageBody=json.dumps({**job, "kind": kind})
        )
    assert office.drain() == [True, True]
    assert len(dead(office, "chunks")) == 1
    assert office.messages(RAE) == []


# -- the overview ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B19", "B26")
def test_the_overview_counts_what_needs_somebody_and_leads_to_it(office, letters):
    letters.counted("chunks", 3, at="2026-03-01T09:30:00Z")
    TroublesStore("UploadsTable", region=REGION).put(
        ChannelTrouble("T0ACME", "C0ACME", "RSL-ACME", "is_archived", "2026-03-01T09:30:00Z")
    )
    answer = ask(office)
    assert "1 channel cannot be posted to" in text_of(answer)
    assert "3 dead letters in chunks" in text_of(answer)
    assert labels(answer) == ["Companies", "Channels", "Notices", "Dead letters", "Look into"]
    for number, headline in enumerate(
        ("Companies 1-", "Cannot be posted to: 1", "Every notice found", "Nobody has", "Looking into")
    ):
        answer = ask(office)
        assert office.click(OPS, answer, f"operator.open.{number}") == ""
        shown = next(message for message in office.messages(OPS) if message["ts"] == answer["ts"])
        assert headline in text_of(shown)
        assert "Overview" in labels(shown)
        assert not problems({"text": shown["text"], "blocks": shown["blocks"]}, "message")
    assert "operator letters" in text_of(ask(office, "help"))
    assert "Did you mean" in text_of(ask(office, "compnies"))


def test_a_calm_day_says_so(office):
    assert "Nothing needs you now" in text_of(ask(office))


# -- companies ---------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B25")
def test_companies_are_listed_with_counts_page_by_page(office):
    for number in range(9):
        office.cloud.accounts.put_customer(Customer(id=f"CUST-X{number}", name=f"Company {number}"))
    first = ask(office, "companies")
    assert re.search(
        r"Acme Mobile.*RSL-ACME.*reseller\n3 people · 1 admin · 2 customers · 0 uploads in 30 days",
        whole(office, first),
    )
    assert "Companies 1-8 of 14" in text_of(first)
    assert "nobody is left" in whole(office, first)


def whole(office, first):
    """Every page of a list, by its buttons."""
    shown, message = [text_of(first)], first
    while "Next" in labels(message):
        assert office.click(OPS, message, "page.next") == ""
        message = next(one for one in office.messages(OPS) if one["ts"] == message["ts"])
        shown.append(text_of(message))
    while "Previous" in labels(message):
        assert office.click(OPS, message, "page.prev") == ""
        message = next(one for one in office.messages(OPS) if one["ts"] == message["ts"])
    assert text_of(message) == shown[0]
    return "\n".join(shown)


def test_an_operator_sees_nothing_of_what_a_company_uploads(news):
    news.upload(news.phones(3), name="phones.csv", order_number="Northwind rollout")
    news.slack.world.teams["T0ACME"].installed = False
    news.upload(news.phones(2, bad=1), name="phones.csv")
    die(news.office, "uploads", {"Records": [{"s3": {"object": {"key": "uploads/RSL-ACME/_many/phones.csv"}}}]})
    die(news.office, "jobs", {"kind": "export", "id": "R-1", "user": "U0RAE", "question": "find 490154203237518"})
    looked(news.office)
    shown = [text_of(ask(news.office, typed)) for typed in ("", "companies", "channels", "notices", "letters")]
    assert "RSL-ACME" in "".join(shown)
    assert [secret for secret in SECRETS if any(secret in text for text in shown)] == []
    assert "…0RAE" in shown[-1]


# -- channels and workspaces -------------------------------------------------------------------------------------------


@pytest.mark.feature("B26")
@pytest.mark.parametrize(("break_it", "mend"), [("archive", "out of the archive"), ("throw_out", "/invite @Rollcall")])
def test_a_broken_channel_stands_there_with_the_way_to_mend_it_until_it_is_mended(news, break_it, mend):
    getattr(news, break_it)()
    news.upload(news.phones(3), by=None)
    shown = text_of(ask(news.office, "channels"))
    assert mend in shown
    assert "…ACME` of Acme Mobile" in shown.replace("…ACME of", "…ACME` of")

    news.archive(archived=False)
    news.throw_out(present=True)
    news.upload(news.phones(3), by=None)
    assert "Rollcall can speak in every" in text_of(ask(news.office, "channels"))


@pytest.mark.feature("B26")
def test_workspaces_that_cannot_be_spoken_in_stand_there_with_the_way_back(office):
    office.cloud.client("dynamodb").update_item(
        TableName="AccountsTable",
        Key={"pk": {"S": "workspaces"}, "sk": {"S": "T0NW"}},
        UpdateExpression="SET trouble = :code",
        ExpressionAttributeValues={":code": {"S": "invalid_auth"}},
    )
    assert WorkspacesStore("AccountsTable", region=REGION).get("T0NW").trouble == "invalid_auth"
    shown = text_of(ask(office, "channels"))
    assert "T0NW" in shown
    assert "access to that workspace has ended" in shown
    assert "/slack/install" in shown
    assert "Rollcall cannot speak in 1 workspace" in text_of(ask(office))


# -- notices that nobody took ------------------------------------------------------------------------------------------


@pytest.mark.feature("B26")
def test_a_notice_nobody_took_is_tried_again_by_a_click(news):
    news.slack.world.teams["T0ACME"].installed = False
    upload = news.upload(news.phones(3))
    answer = ask(news.office, "notices")
    assert "upload" in text_of(answer)
    assert upload.id in text_of(answer)
    assert "account_inactive" in text_of(answer)

    news.slack.world.teams["T0ACME"].installed = True
    news.seconds += 100
    (at,) = [n for n, (block, one) in enumerate(buttons(answer)) if upload.id in json.dumps(block)]
    assert news.office.click(OPS, answer, "operator.retry", nth=at) == ""
    shown = next(one for one in news.office.messages(OPS) if one["ts"] == answer["ts"])
    assert "I try" in text_of(shown)
    assert upload.id not in text_of(shown)
    assert all(news.office.drain())
    assert "Completed: all 3 rows stored" in news.said(("T0ACME", "D0ACME0RAE"))[-1]
    assert upload.id not in text_of(ask(news.office, "notices"))


# -- dead letters ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B19")
def test_dead_letters_are_looked_at_without_taking_them_out(office, letters):
    bodies = {
        "chunks": {"upload_id": "U-7K3F-9QMC-2V5R-8TXA", "chunk": 3, "reference": "R-7K3F9QMC"},
        "jobs": {"kind": "fetch_file", "id": "R-1", "upload": "U-9999-9QMC-2V5R-8TXA", "file": {"name": "phones.csv"}},
        "uploads": {"Records": [{"s3": {"object": {"key": "uploads/RSL-ACME/CUST-NORTHWIND/phones.csv"}}}]},
    }
    ids = {queue: die(office, queue, body) for queue, body in bodies.items()}
    failure = Failure("ClientError ThrottlingException", "R-AAAABBBB", "2026-03-01T09:30:00Z")
    letters.note_failure(ids["jobs"], failure, now=1_772_357_400)
    shown = text_of(looked(office))

    assert "U-7K3F-9QMC-2V5R-8TXA part 3" in shown
    assert "R-7K3F9QMC" in shown
    assert "fetch file · R-1 · U-9999-9QMC-2V5R-8TXA" in shown
    assert "ClientError ThrottlingException" in shown
    assert "R-AAAABBBB" in shown
    assert "new file · RSL-ACME · CUST-NORTHWIND" in shown
    assert "phones.csv" not in shown
    assert {queue: len(dead(office, queue)) for queue in bodies} == dict.fromkeys(bodies, 1)
    assert office.seconds_hidden("chunks-dead")[0] <= 0, "they are there for the next look"
    assert "1 dead letter in chunks" in text_of(ask(office))


@pytest.mark.feature("B19")
@pytest.mark.parametrize("way", ["button", "command"])
def test_the_letters_of_a_queue_go_back_to_where_they_failed(office, way):
    sent = [{"upload_id": "U-7K3F-9QMC-2V5R-8TXA", "chunk": number} for number in range(25)]
    for body in sent:
        die(office, "chunks", body)
    die(office, "jobs", {"kind": "export", "id": "R-1"})
    looked(office, "chunks")
    if way == "button":
        answer = ask(office, "letters chunks")
        assert "Dead letters in chunks: 1-8 of 25" in text_of(answer)
        assert office.click(OPS, answer, "operator.replay_all") == ""
    else:
        assert "dead letters of" in ask(office, "replay chunks")["text"]
    assert office.drain() == [True]

    assert sorted(office.waiting("chunks"), key=lambda body: body["chunk"]) == sent
    assert dead(office, "chunks") == []
    assert len(dead(office, "jobs")) == 1
    told = text_of(office.messages(OPS)[-1])
    assert "Sent 25 dead letters of `chunks` back" in told
    assert "No dead letter in chunks was there" in told


@pytest.mark.feature("B19")
def test_one_letter_goes_back_and_the_others_stay(office):
    for number in range(8):
        die(office, "chunks", {"upload_id": "U-7K3F-9QMC-2V5R-8TXA", "chunk": number})
    message = looked(office, "chunks")
    (row,) = [block for block, one in buttons(message) if "part 5" in json.dumps(block)]
    letter = json.loads(row["accessory"]["value"])["l"]
    place = [block for block, one in buttons(message) if one["action_id"] == "operator.replay"].index(row)
    for _ in range(2):
        assert office.click(OPS, message, "operator.replay", nth=place) == ""
        assert all(office.drain())

    assert [body["chunk"] for body in office.waiting("chunks")] == [5]
    assert len(dead(office, "chunks")) == 7
    assert f"`{letter}` is not among the dead letters" in text_of(office.messages(OPS)[-1])
    assert "no letter that was seen" in ask(office, "replay L-0000-0000")["text"]


@pytest.mark.feature("B19")
def test_a_replay_that_dies_in_the_middle_loses_nothing(office, monkeypatch):
    for number in range(5):
        die(office, "chunks", {"upload_id": "U-7K3F-9QMC-2V5R-8TXA", "chunk": number})
    queues = read_queues(json.dumps({"chunks": [office.cloud.queues["chunks-dead"], office.cloud.queues["chunks"]]}))
    sqs = office.cloud.client("sqs")

    class Dies:
        left = 2

        def __getattr__(self, name):
            if name == "delete_message":
                Dies.left -= 1
                if not Dies.left:
                    raise RuntimeError("killed")
            return getattr(sqs, name)

    with pytest.raises(RuntimeError):
        DeadLetters(Dies(), queues).replay("chunks")
    office.later("chunks-dead")
    assert DeadLetters(sqs, queues).replay("chunks") == (4, True)
    chunks = sorted(body["chunk"] for body in office.waiting("chunks"))
    assert set(chunks) == set(range(5))
    assert len(chunks) == 6, "one is there twice, and everything can be done twice"


@pytest.mark.feature("B19")
def test_more_letters_than_the_time_allows_go_back_in_several_runs(office):
    for number in range(5):
        die(office, "chunks", {"upload_id": "U-7K3F-9QMC-2V5R-8TXA", "chunk": number})
    queues = read_queues(json.dumps({"chunks": [office.cloud.queues["chunks-dead"], office.cloud.queues["chunks"]]}))
    found = DeadLetters(office.cloud.client("sqs"), queues)
    assert found.replay("chunks", enough=lambda: True) == (1, False)
    office.later("chunks-dead")
    assert found.replay("chunks") == (4, True)


# -- App Home ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B25", "B26")
def test_app_home_says_what_needs_the_operator_and_what_a_company_lacks(office, letters):
    letters.counted("chunks", 3, at="2026-03-01T09:30:00Z")
    office.open_home(OPS)
    office.drain()
    home = office.home(OPS)
    assert "3 dead letters in chunks" in words(home["blocks"])
    assert "Open" in labels(home)
