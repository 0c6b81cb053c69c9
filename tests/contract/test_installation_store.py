"""Installations as slack_sdk's own stores keep them: found by workspace, by organisation, with the latest token."""

from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError
from slack_sdk.oauth.installation_store import Installation

from rollcall.installations import Installation as Found
from rollcall.store.installation_store import DynamoInstallationStore
from rollcall.store.installations import InstallationsStore
from rollcall.store.sealing import KEPT, NoKeyError, Seal
from rollcall.store.workspaces import WorkspacesStore
from tests.cloud import REGION

pytestmark = pytest.mark.feature("B25")


class CountingKms:
    """KMS, with a list of what it was asked."""

    def __init__(self, client):
        self._client, self.calls = client, []

    def encrypt(self, **asked):
        self.calls.append("encrypt")
        return self._client.encrypt(**asked)

    def decrypt(self, **asked):
        self.calls.append("decrypt")
        return self._client.decrypt(**asked)


@pytest.fixture
def kms(aws):
    return CountingKms(boto3.client("kms", region_name=REGION))


@pytest.fixture
def key(kms):
    return kms._client.create_key()["KeyMetadata"]["Arn"]


@pytest.fixture
def seal(kms, key):
    return Seal(key, client=kms)


@pytest.fixture
def store(accounts_table, seal):
    return DynamoInstallationStore(accounts_table, seal=seal, region=REGION)


@pytest.fixture
def finder(accounts_table, seal):
    return InstallationsStore(accounts_table, seal=seal, region=REGION)


def installation(**changed):
    """An install of a bot in one workspace of an organisation."""
    return Installation(
        **{
            "app_id": "A111",
            "enterprise_id": "E111",
            "team_id": "T111",
            "team_name": "Acme",
            "user_id": "U111",
            "bot_id": "B111",
            "bot_token": "xoxb-111",
            "bot_scopes": ["chat:write"],
            "bot_user_id": "U222",
            **changed,
        }
    )


def org_wide(**changed):
    return installation(
        **{
            "team_id": None,
            "team_name": None,
            "enterprise_name": "Acme Group",
            "is_enterprise_install": True,
            **changed,
        }
    )


def rows(table):
    items = boto3.client("dynamodb", region_name=REGION).scan(TableName=table)["Items"]
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in items}


# -- what slack_sdk's own stores do ------------------------------------------------------------------------------------


def test_a_bot_is_found_by_the_workspace_and_organisation_it_was_saved_with(store):
    store.save(installation())
    bot = store.find_bot(enterprise_id="E111", team_id="T111")
    assert (bot.bot_token, bot.bot_id, bot.bot_user_id, bot.bot_scopes) == ("xoxb-111", "B111", "U222", ["chat:write"])
    assert (bot.app_id, bot.enterprise_id, bot.team_id, bot.team_name) == ("A111", "E111", "T111", "Acme")
    assert not bot.is_enterprise_install
    assert store.find_bot(enterprise_id="E111", team_id="T222") is None
    assert store.find_bot(enterprise_id=None, team_id="T111") is None
    assert store.find_bot(enterprise_id="E111", team_id=None) is None


def test_an_installation_is_found_by_whoever_made_it_or_as_the_latest(store):
    store.save(installation())
    for user in (None, "U111"):
        found = store.find_installation(enterprise_id="E111", team_id="T111", user_id=user)
        assert (found.user_id, found.bot_token, found.team_id) == ("U111", "xoxb-111", "T111")
    assert store.find_installation(enterprise_id="E111", team_id="T222") is None
    assert store.find_installation(enterprise_id=None, team_id="T111") is None
    assert store.find_installation(enterprise_id="E111", team_id="T111", user_id="U222") is None
    assert store.find_installation(enterprise_id="E111", team_id="T222", user_id="U111") is None


def test_a_workspace_without_an_organisation(store):
    store.save(installation(enterprise_id=None))
    assert store.find_bot(enterprise_id=None, team_id="T111").bot_token == "xoxb-111"
    assert store.find_bot(enterprise_id="E111", team_id="T111") is None
    store.delete_bot(enterprise_id="E111", team_id="T111")
    assert store.find_bot(enterprise_id=None, team_id="T111")
    store.delete_all(enterprise_id=None, team_id="T111")
    assert store.find_bot(enterprise_id=None, team_id="T111") is None


def test_deleting_a_bot_leaves_others_and_the_installation(store):
    store.save(installation())
    store.save(installation(team_id="T222", bot_token="xoxb-222"))
    store.delete_bot(enterprise_id="E111", team_id="T333")
    store.delete_bot(enterprise_id=None, team_id="T111")
    assert store.find_bot(enterprise_id="E111", team_id="T111")
    store.delete_bot(enterprise_id="E111", team_id="T111")
    assert store.find_bot(enterprise_id="E111", team_id="T111") is None
    assert store.find_bot(enterprise_id="E111", team_id="T222").bot_token == "xoxb-222"
    assert store.find_installation(enterprise_id="E111", team_id="T111").bot_token is None


def test_deleting_the_only_installer_leaves_no_latest_one(store):
    store.save(installation())
    store.delete_installation(enterprise_id="E111", team_id="T111", user_id="U999")
    assert store.find_installation(enterprise_id="E111", team_id="T111")
    store.delete_installation(enterprise_id="E111", team_id="T111", user_id="U111")
    assert store.find_installation(enterprise_id="E111", team_id="T111", user_id="U111") is None
    assert store.find_installation(enterprise_id="E111", team_id="T111") is None
    assert store.find_bot(enterprise_id="E111", team_id="T111"), "the bot stays"


def test_deleting_the_latest_installer_makes_the_one_before_the_latest(store):
    store.save(installation(user_id="U1", user_token="xoxp-1", installed_at=100.0))
    store.save(installation(user_id="U2", user_token="xoxp-2", installed_at=200.0))
    store.save(installation(user_id="U3", user_token="xoxp-3", installed_at=300.0))
    store.delete_installation(enterprise_id="E111", team_id="T111", user_id="U3")
    found = store.find_installation(enterprise_id="E111", team_id="T111")
    assert (found.user_id, found.user_token) == ("U2", "xoxp-2")


def test_deleting_all(store, accounts_table):
    store.save(installation())
    store.save(installation(user_id="U999", user_token="xoxp-9"))
    store.save(installation(team_id="T222"))
    store.delete_all(enterprise_id="E111", team_id="T111")
    assert store.find_bot(enterprise_id="E111", team_id="T111") is None
    for user in (None, "U111", "U999"):
        assert store.find_installation(enterprise_id="E111", team_id="T111", user_id=user) is None
    assert store.find_bot(enterprise_id="E111", team_id="T222")
    assert not [key for key in rows(accounts_table) if key[0] == "workspace#T111"]


def test_an_org_wide_installation_is_found_by_its_organisation(store):
    store.save(org_wide())
    assert store.find_bot(enterprise_id="E111", team_id=None).is_enterprise_install
    assert store.find_bot(enterprise_id="E111", team_id="T222", is_enterprise_install=True)
    assert store.find_bot(enterprise_id="E111", team_id="T222") is None
    assert store.find_bot(enterprise_id=None, team_id="T111") is None
    assert store.find_installation(enterprise_id="E111", team_id=None)
    assert store.find_installation(enterprise_id="E111", team_id="T111", is_enterprise_install=True)
    assert store.find_installation(enterprise_id="E111", team_id=None, user_id="U111")
    assert store.find_installation(enterprise_id="E111", team_id="T222") is None
    assert store.find_installation(enterprise_id=None, team_id="T222") is None
    assert store.find_installation(enterprise_id="E999", team_id="T1", is_enterprise_install=True) is None
    store.delete_bot(enterprise_id="E111", team_id="T222")
    assert store.find_bot(enterprise_id="E111", team_id=None)
    store.delete_all(enterprise_id="E111", team_id=None)
    assert store.find_bot(enterprise_id="E111", team_id=None) is None
    assert store.find_installation(enterprise_id="E111", team_id=None) is None


def test_the_latest_token_is_the_one_that_is_found(store):
    store.save(installation(bot_token="xoxe-1", bot_refresh_token="refresh-1", bot_token_expires_in=43_200))
    assert store.find_bot(enterprise_id="E111", team_id="T111").bot_refresh_token == "refresh-1"
    store.save(installation(bot_token="xoxe-2", bot_refresh_token="refresh-2", bot_token_expires_in=43_200))
    bot = store.find_bot(enterprise_id="E111", team_id="T111")
    assert (bot.bot_token, bot.bot_refresh_token) == ("xoxe-2", "refresh-2")
    bot.bot_token, bot.bot_refresh_token = "xoxe-3", "refresh-3"
    store.save_bot(bot)
    for user in (None, "U111"):
        found = store.find_installation(enterprise_id="E111", team_id="T111", user_id=user)
        assert (found.bot_token, found.bot_refresh_token) == ("xoxe-3", "refresh-3")
        assert found.bot_token_expires_at == bot.bot_token_expires_at


def test_a_person_who_signs_in_without_a_bot_leaves_the_bot_alone(store):
    store.save(installation())
    store.save(installation(bot_id=None, bot_token=None, bot_user_id=None, user_token="xoxp-111"))
    assert store.find_bot(enterprise_id="E111", team_id="T111").bot_token == "xoxb-111"
    for user in (None, "U111"):
        found = store.find_installation(enterprise_id="E111", team_id="T111", user_id=user)
        assert (found.bot_token, found.user_token) == ("xoxb-111", "xoxp-111")


# -- what ours do beside that ------------------------------------------------------------------------------------------


def test_a_message_finds_its_way_by_workspace_and_a_request_by_its_organisation(store, finder):
    store.save(org_wide(bot_token="xoxb-org"))
    assert finder.find("T222") is None
    assert finder.find("T222", "E111").bot_token == "xoxb-org"
    assert finder.find("T222", "E222") is None
    finder.point("T222", "E111")
    assert finder.find("T222") == Found("E111", "xoxb-org", "B111", "U222", "Acme Group", "E111")
    assert store.find_bot(enterprise_id="E111", team_id="T222") is None, "it is no installation of its own"
    store.delete_all(enterprise_id="E111", team_id=None)
    assert finder.find("T222") is None


def test_a_workspaces_own_installation_comes_before_its_organisations(store, finder):
    store.save(org_wide(bot_token="xoxb-org"))
    finder.point("T111", "E111")
    store.save(installation())
    assert finder.find("T111").bot_token == "xoxb-111"
    assert not finder.point("T111", "E111")
    assert finder.find("T111", "E111").bot_token == "xoxb-111"
    finder.silence("T111", happened_at=9e9)
    assert finder.find("T111", "E111").bot_token == "xoxb-org"
    assert finder.find("T111") is None


def test_no_token_can_be_read_in_the_table(store, finder, accounts_table):
    store.save(installation(bot_refresh_token="refresh-1", user_token="xoxp-111", user_refresh_token="refresh-2"))
    finder.put(Found("T333", "xoxb-333", "B3", "U3"))
    everything = str(rows(accounts_table))
    assert [text for text in ("xoxb", "xoxp", "refresh-") if text in everything] == []


def test_a_row_that_is_copied_to_another_workspace_opens_nothing(store, finder, accounts_table):
    store.save(installation())
    item = rows(accounts_table)["workspace#T111", "installation"]
    client = boto3.client("dynamodb", region_name=REGION)
    client.put_item(TableName=accounts_table, Item={**item, "pk": {"S": "workspace#T666"}})
    with pytest.raises(ClientError, match="InvalidCiphertext"):
        finder.find("T666")


def test_opened_tokens_stay_in_memory_for_some_minutes_and_not_longer(store, kms, key, accounts_table):
    store.save(installation())
    now = [0.0]
    finder = InstallationsStore(accounts_table, seal=Seal(key, client=kms, clock=lambda: now[0]), region=REGION)
    kms.calls.clear()
    for seconds in (0, KEPT - 1):
        now[0] = seconds
        assert finder.find("T111").bot_token == "xoxb-111"
    assert kms.calls == ["decrypt"]
    now[0] = KEPT
    finder.find("T111")
    assert kms.calls == ["decrypt", "decrypt"]
    store.delete_all(enterprise_id="E111", team_id="T111")
    assert finder.find("T111") is None, "what is in memory does not outlive its row"


def test_a_token_in_the_open_is_read_and_closed_by_whoever_may(accounts_table, seal):
    boto3.client("dynamodb", region_name=REGION).put_item(
        TableName=accounts_table,
        Item={
            "pk": {"S": "workspace#T111"},
            "sk": {"S": "installation"},
            "bot_token": {"S": "xoxb-old"},
            "bot_id": {"S": "B1"},
            "bot_user": {"S": "U1"},
            "name": {"S": "Acme"},
        },
    )
    expected = Found("T111", "xoxb-old", "B1", "U1", "Acme")
    assert InstallationsStore(accounts_table, seal=seal, region=REGION).find("T111") == expected
    assert "xoxb-old" in str(rows(accounts_table))
    assert InstallationsStore(accounts_table, seal=seal, mends=True, region=REGION).find("T111") == expected
    assert "xoxb-old" not in str(rows(accounts_table))
    assert InstallationsStore(accounts_table, seal=seal, region=REGION).find("T111") == expected


def test_without_a_key_nothing_is_stored(accounts_table):
    with pytest.raises(NoKeyError):
        InstallationsStore(accounts_table, region=REGION).put(Found("T111", "xoxb-1", "B1", "U1"))
    assert rows(accounts_table) == {}


def test_leaving_takes_every_token_and_tells_operators(store, finder, accounts_table):
    store.save(installation(user_token="xoxp-1", installed_at=100.0))
    assert store.leave("T111", happened_at=200.0, now=201.0)
    assert finder.find("T111") is None
    assert set(rows(accounts_table)) == {("workspaces", "T111")}
    assert store.leave("T111", happened_at=200.0, now=202.0), "Slack says it twice"


def test_an_install_in_the_midst_of_an_end_is_not_called_ended(store, finder, accounts_table, monkeypatch):
    store.save(installation(installed_at=100.0))
    original = store._all

    def meanwhile(place):
        found = list(original(place))
        store.save(installation(installed_at=300.0, bot_token="xoxb-new"))
        return found

    monkeypatch.setattr(store, "_all", meanwhile)
    assert not store.leave("T111", happened_at=200.0, now=301.0)
    assert finder.find("T111").bot_token == "xoxb-new"
    assert WorkspacesStore(accounts_table, region=REGION).get("T111").works


def test_trouble_of_an_installation_is_not_that_of_the_next(store, accounts_table):
    workspaces = WorkspacesStore(accounts_table, region=REGION)
    store.save(installation(installed_at=100.0))
    old = workspaces.get("T111")
    store.save(installation(installed_at=300.0))
    workspaces.trouble(old, "invalid_refresh_token")
    assert workspaces.get("T111").works
    workspaces.trouble(workspaces.get("T111"), "invalid_refresh_token")
    assert not workspaces.get("T111").works


def test_late_word_of_an_end_leaves_a_newer_installation_alone(store, finder):
    store.save(installation(installed_at=100.0))
    store.leave("T111", happened_at=200.0, now=201.0)
    store.save(installation(installed_at=300.0, bot_token="xoxb-new"))
    assert not store.leave("T111", happened_at=200.0, now=301.0)
    assert finder.find("T111").bot_token == "xoxb-new"
    assert store.find_installation(enterprise_id="E111", team_id="T111")
