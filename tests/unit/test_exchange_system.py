"""The exchange system that a stack is connected with: none, or the one behind its address, with its own token."""

from __future__ import annotations

import pytest

from rollcall.exchanges import NoExchangeSystem
from rollcall.exchanging import systems
from rollcall.settings import Settings
from rollcall.store.exchange_http import HttpExchangeSystem

TABLES = {"DEVICES_TABLE": "d", "UPLOADS_TABLE": "u", "ACCOUNTS_TABLE": "a", "UPLOADS_BUCKET": "b"}


def settings(**more):
    return Settings.from_env({**TABLES, "EXCHANGE_SECRETS": "/rollcall/exchange", **more})


@pytest.mark.feature("B21")
def test_without_an_address_none_is_connected():
    assert isinstance(systems.system(settings()), NoExchangeSystem)


@pytest.mark.feature("B21")
def test_with_an_address_it_is_asked_with_its_own_token(monkeypatch):
    read = []

    class Secrets:
        def __init__(self, path):
            self.path = path

        def get(self, name):
            read.append((self.path, name))
            return "t0ken"

    monkeypatch.setattr(systems, "Secrets", Secrets)
    found = systems.system(settings(EXCHANGE_URL="https://exchange.example/v1", EXCHANGE_SECONDS="7"))

    assert isinstance(found, HttpExchangeSystem)
    assert read == [("/rollcall/exchange", "token")]
    assert (found._partner._token, found._seconds) == ("t0ken", 7)
