"""Clients of the front: made at their first call, and only once."""

from __future__ import annotations

import pytest

from rollcall.store import sessions


@pytest.fixture
def made(monkeypatch):
    """The services of the clients that were made."""
    found = []

    class Session:
        def create_client(self, service, config):
            found.append((service, config))
            return type("Client", (), {"send_message_batch": staticmethod(lambda **_: {"Successful": []})})()

    monkeypatch.setattr(sessions, "get_session", Session)
    forget()
    yield found
    forget()


def forget():
    sessions._client.cache_clear()
    sessions.session.cache_clear()


def test_a_client_is_made_at_its_first_call_and_shared(made):
    first, second = sessions.LazyClient("sqs"), sessions.LazyClient("sqs")
    assert made == []
    assert first.send_message_batch(QueueUrl="x", Entries=[]) == {"Successful": []}
    second.send_message_batch(QueueUrl="y", Entries=[])
    assert [service for service, _ in made] == ["sqs"]
    sessions.LazyClient("s3")
    assert len(made) == 1


def test_clients_are_of_one_session(monkeypatch, made):
    kept = []
    monkeypatch.setattr(sessions, "get_session", lambda get=sessions.get_session: kept.append(1) or get())
    for service in ("sqs", "kms", "ssm"):
        sessions.LazyClient(service).send_message_batch()
    assert kept == [1]


def test_a_call_gives_up_while_slack_still_waits(made):
    sessions.LazyClient("sqs").send_message_batch()
    ((_, config),) = made
    assert config.connect_timeout + config.read_timeout <= 3
    # botocore counts the first attempt in, once it has made a client of the configuration.
    assert config.retries.get("max_attempts", config.retries.get("total_max_attempts")) <= 3
