"""The workspace's Web API refuses what Slack refuses, with Slack's codes, and does the rest."""

from __future__ import annotations

import io
import json

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.unit.slack_bot import ask, running


@pytest.fixture(scope="module")
def slack(tmp_path_factory):
    with running(tmp_path_factory.mktemp("slack")) as (workspace, bot):
        yield workspace, bot


@pytest.fixture
def workspace(slack):
    slack[0].control.change("clear", {})
    slack[1].seen.clear()
    return slack[0]


@pytest.fixture
def bot(slack, workspace):
    return slack[1]


@pytest.fixture
def client(workspace):
    return WebClient("xoxb-local-T0ACME", base_url=workspace.api_url)


def refused(call, *args, **kwargs):
    with pytest.raises(SlackApiError) as caught:
        call(*args, **kwargs)
    return caught.value.response["error"]


def messages(workspace, channel="C0ACME", team="T0ACME"):
    return workspace.control.look("messages", {"team": team, "channel": channel})["messages"]


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}


def test_every_team_has_its_own_token(workspace):
    assert workspace.tokens["T0NW"] == "xoxb-local-T0NW"
    answer = WebClient("xoxb-local-T0NW", base_url=workspace.api_url).auth_test()

    assert (answer["team_id"], answer["team"]) == ("T0NW", "Northwind Logistics")


@pytest.mark.parametrize(("token", "code"), [("xoxb-other", "invalid_auth"), ("", "not_authed")])
def test_a_wrong_token_is_refused(workspace, token, code):
    assert refused(WebClient(token, base_url=workspace.api_url).auth_test) == code


def test_the_token_of_an_uninstalled_app_is_dead(workspace, client):
    workspace.control.change("install", {"team": "T0ACME", "installed": False})
    code = refused(client.auth_test)
    workspace.control.change("install", {"team": "T0ACME", "installed": True})

    assert code == "account_inactive"


def test_a_message_is_posted_changed_and_deleted(workspace, client):
    ts = client.chat_postMessage(channel="C0ACME", text="Hello", blocks=[SECTION])["ts"]
    assert messages(workspace)[0]["blocks"][0]["block_id"]

    client.chat_update(channel="C0ACME", ts=ts, text="Changed")
    changed = messages(workspace)[0]
    assert ("blocks" in changed, changed["text"], changed["edited"]["user"]) == (False, "Changed", "U0BOTACME")

    client.chat_delete(channel="C0ACME", ts=ts)
    assert messages(workspace) == []


def test_an_update_with_blocks_leaves_no_edited_mark(workspace, client):
    ts = client.chat_postMessage(channel="C0ACME", text="Hello")["ts"]
    client.chat_update(channel="C0ACME", ts=ts, text="Changed", blocks=[SECTION])

    assert "edited" not in messages(workspace)[0]


def test_refused_blocks_come_back_with_the_code_and_the_place(client):
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0ACME", text="x", blocks=[{"type": "section"}])
    answer = caught.value.response

    assert answer["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0]" in answer["response_metadata"]["messages"][0]


def test_where_the_bot_may_not_write_it_is_told_why(workspace, client):
    assert refused(client.chat_postMessage, channel="C0NOPE", text="x") == "channel_not_found"
    assert refused(client.chat_postMessage, channel="C0NWIT", text="x") == "channel_not_found"
    assert refused(client.api_call, "chat.postMessage", params={"channel": "C0ACME"}) == "no_text"

    workspace.control.change("member", {"team": "T0ACME", "channel": "C0ACME"})
    assert refused(client.chat_postMessage, channel="C0ACME", text="x") == "not_in_channel"
    client.conversations_join(channel="C0ACME")

    workspace.control.change("archive", {"team": "T0ACME", "channel": "C0ACME"})
    assert refused(client.chat_postMessage, channel="C0ACME", text="x") == "is_archived"
    workspace.control.change("archive", {"team": "T0ACME", "channel": "C0ACME", "archived": False})
    assert client.chat_postMessage(channel="C0ACME", text="x")["ok"]


def test_an_ephemeral_message_is_for_one_person_and_cannot_be_updated(workspace, client):
    ts = client.chat_postEphemeral(channel="C0ACME", user="U0RAE", text="psst")["message_ts"]

    assert messages(workspace)[0]["only_for"] == "U0RAE"
    assert refused(client.chat_update, channel="C0ACME", ts=ts, text="x") == "message_not_found"
    assert refused(client.chat_postEphemeral, channel="C0ACME", user="U0NIA", text="x") == "user_not_in_channel"


def test_a_persons_message_cannot_be_changed(workspace, client):
    workspace.desk.say("T0ACME", "U0RAE", "C0ACME", "mine")
    ts = messages(workspace)[0]["ts"]

    assert refused(client.chat_update, channel="C0ACME", ts=ts, text="x") == "cant_update_message"
    assert refused(client.chat_delete, channel="C0ACME", ts=ts) == "cant_delete_message"


def test_a_thread_needs_its_first_message(client):
    first = client.chat_postMessage(channel="C0ACME", text="first")["ts"]
    reply = client.chat_postMessage(channel="C0ACME", text="reply", thread_ts=first)

    assert reply["message"]["thread_ts"] == first
    assert refused(client.chat_postMessage, channel="C0ACME", text="x", thread_ts="1.2") == "thread_not_found"


def test_direct_messages_are_opened_by_person(workspace, client):
    channel = client.conversations_open(users="U0RAE")["channel"]["id"]
    by_user = client.chat_postMessage(channel="U0RAE", text="psst")["channel"]
    assert channel == by_user

    workspace.control.change("person", {"team": "T0ACME", "user": "U0RAE", "deactivated": True})
    codes = (
        refused(client.conversations_open, users="U0RAE"),
        refused(client.chat_postMessage, channel=channel, text="x"),
        client.users_info(user="U0RAE")["user"]["deleted"],
    )
    workspace.control.change("person", {"team": "T0ACME", "user": "U0RAE", "deactivated": False})
    assert codes == ("user_disabled", "account_inactive", True)


def test_people_have_a_time_zone(client):
    user = client.users_info(user="U0RAE")["user"]

    assert user["tz"] == "America/New_York"
    assert user["tz_offset"] in {-18000, -14400}
    assert client.users_lookupByEmail(email="RAE@acme.example")["user"]["id"] == "U0RAE"
    assert refused(client.users_lookupByEmail, email="nobody@acme.example") == "users_not_found"
    assert refused(client.users_info, user="U0NIA") == "user_not_found"


def test_lists_come_in_pages(client):
    first = client.users_list(limit=2)
    second = client.users_list(limit=2, cursor=first["response_metadata"]["next_cursor"])

    ids = [user["id"] for user in (*first["members"], *second["members"])]
    assert ids == ["U0RAE", "U0UMA", "U0GUEST", "U0BOTACME"]
    assert {channel["id"] for channel in client.conversations_list()["channels"]} == {"C0ACME", "C0ACMEGEN"}
    assert client.conversations_info(channel="C0ACME")["channel"]["is_member"]
    assert "U0BOTACME" in client.conversations_members(channel="C0ACME")["members"]


def test_a_file_goes_up_in_three_steps_and_comes_down_with_the_token(workspace, client):
    client.files_upload_v2(
        channel="C0ACME",
        content="line,code\r\n1,IMEI_LUHN\r\n",
        filename="errors.csv",
        title="Errors",
        initial_comment="Here",
    )
    shared = messages(workspace)[0]
    file = shared["files"][0]
    assert (shared["text"], file["name"], file["title"], file["size"]) == ("Here", "errors.csv", "Errors", 24)

    def get(token):
        return ask(file["url_private_download"], headers={"Authorization": f"Bearer {token}"})

    assert get("xoxb-local-T0ACME")[2] == b"line,code\r\n1,IMEI_LUHN\r\n"
    assert get("xoxb-local-T0NW")[:2] == (200, "text/html"), (
        "another team's token gets Slack's sign-in page, with status 200"
    )


def test_a_file_without_a_channel_is_private(workspace, client):
    client.files_upload_v2(file=io.BytesIO(b"x"), filename="x.txt")

    assert messages(workspace) == []
    assert workspace.control.look("files", {"team": "T0ACME"})["files"][0]["channels"] == []


def test_a_permalink_and_a_reaction(workspace, client):
    ts = client.chat_postMessage(channel="C0ACME", text="x")["ts"]
    assert ts.replace(".", "") in client.chat_getPermalink(channel="C0ACME", message_ts=ts)["permalink"]

    client.reactions_add(channel="C0ACME", timestamp=ts, name="eyes")
    assert messages(workspace)[0]["reactions"][0]["count"] == 1
    assert refused(client.reactions_add, channel="C0ACME", timestamp=ts, name="eyes") == "already_reacted"


def test_a_home_tab_is_published_and_its_hash_guards_it(workspace, client):
    home = {"type": "home", "blocks": [SECTION]}
    old = client.views_publish(user_id="U0RAE", view=home)["view"]["hash"]
    client.views_publish(user_id="U0RAE", view=home, hash=old)

    assert refused(client.views_publish, user_id="U0RAE", view=home, hash=old) == "hash_conflict"
    assert refused(client.views_publish, user_id="U0NIA", view=home) == "invalid_arguments"


@pytest.mark.parametrize(
    ("fault", "status", "header"),
    [({"kind": "rate_limited", "seconds": 7}, 429, "7"), ({"kind": "broken"}, 500, None)],
)
def test_an_ordered_fault_shows_once(workspace, client, fault, status, header):
    workspace.control.change("fault", {"method": "chat.postMessage", **fault})
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0ACME", text="x")

    assert caught.value.response.status_code == status
    assert caught.value.response.headers.get("Retry-After") == header
    assert client.chat_postMessage(channel="C0ACME", text="x")["ok"]


def test_rate_limits_hold_when_switched_on(workspace, client):
    workspace.control.change("rate_limits", {"on": True})
    for _ in range(60):
        client.chat_postMessage(channel="C0ACME", text="x")
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0ACME", text="x")
    workspace.control.change("rate_limits", {"on": False})

    assert caught.value.response["error"] == "ratelimited"
    assert int(caught.value.response.headers["Retry-After"]) > 0


def test_forms_with_broken_json_inside_are_refused(workspace):
    def call(body, kind):
        headers = {"Authorization": "Bearer xoxb-local-T0ACME", "Content-Type": kind}
        return json.loads(ask(f"{workspace.api_url}chat.postMessage", body, headers)[2])["error"]

    form = "application/x-www-form-urlencoded"
    assert call("channel=C0ACME&text=x&blocks=[{", form) == "invalid_blocks_format"
    assert call("{", "application/json") == "invalid_json"


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
def test_other_sites_are_turned_away(workspace, header):
    assert ask(f"{workspace.url}/ui/directory", headers=header)[0] == 403
    assert ask(f"{workspace.url}/ui/directory")[0] == 200
