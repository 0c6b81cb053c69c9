"""Pages and forms of setup, invitations and keys: within Slack's limits whatever people are called."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from local.slack.blockkit import problems
from rollcall.account_changes import Change, What
from rollcall.accounts import (
    ApiKey,
    Customer,
    CustomerRole,
    Link,
    Member,
    NotifyTarget,
    Person,
    Reseller,
    ResellerRole,
    SoldToCode,
)
from rollcall.acting import Acting
from rollcall.invitations import Invitation, Invited, Refusal
from rollcall.permissions import roles_within
from rollcall.queries import Page
from rollcall.views import invitation_forms, invitations, setup, setup_forms, setup_history, setup_keys, setup_lists
from rollcall.views.reader import Reader
from tests.unit.views.sample import AT, NAMES, NIA, RAE, actions, elements, fits, said

pytestmark = pytest.mark.feature("B25")
NED = Reader(Acting(Member("CUST-NORTHWIND", "T0NW", "U0NED", "Ned", CustomerRole.ADMIN), "Northwind Logistics"), NAMES)
ACME = Reseller("RSL-ACME", "Acme Mobile", sold_to_codes=(SoldToCode("main", "1002003"),))
NORTHWIND = Customer("CUST-NORTHWIND", "Northwind Logistics", notify=NotifyTarget("T0NW", "C0NWIT"))
LINK = Link("RSL-ACME", "CUST-NORTHWIND", "NW-17")
ODD = ["*Rae* <!channel>", "x" * 4_000, "\u202e`_~", "<@U0RAE>", "&" * 400]
LONG_ID = "CUST-" + "X" * 60


def invitation(**changed):
    values = {
        "id": "d" * 64,
        "kind": Invited.CUSTOMER,
        "by": Person("T0", "U0"),
        "by_account": "",
        "until": 1_772_357_400,
    }
    return Invitation(**{"company": "Fourth Coffee", **values, **changed})


def is_modal(view):
    assert problems(view, "modal") == []
    return view


def overview(reader, company, members=(), **more):
    return setup.overview(setup.Overview(company, members, (LINK,), 2, "10 minutes", **more), reader)


class TestPages:
    def test_a_reseller_s(self):
        shown = fits(overview(RAE, ACME, [RAE.acting.member]))

        text = said(shown)
        assert "1 member, 1 admin" in text
        assert "none, so your admins are told in person" in text
        assert "Sold-to codes*: 1" in text
        assert "Undo" not in text
        assert all(json.loads(one["value"]).get("a", "RSL-ACME") == "RSL-ACME" for one in elements(shown))
        questions = [json.loads(one["value"])["q"] for one in elements(shown) if "page" in one["action_id"]]
        assert questions == [
            f"{page} as:RSL-ACME"
            for page in ("setup members", "setup codes", "setup references", "keys", "setup history")
        ]

    def test_a_customer_s(self):
        fits(overview(NED, replace(NORTHWIND, notify=None), [NED.acting.member], resellers_page=True))
        shown = overview(NED, NORTHWIND, [NED.acting.member], resellers_page=True)
        assert problems({"text": shown.text, "blocks": shown.blocks}, "message") == []

        text = said(shown)
        assert "<#C0NWIT>" in text
        assert "taken back for 10 minutes" in text
        assert "must be released by you first" in text
        assert "0 registered, 0 blocked, of 1" in text
        assert "Sold-to" not in text

    def test_a_channel_of_another_workspace_is_no_link(self):
        moved = replace(NORTHWIND, notify=NotifyTarget("T0ELSE", "C0ELSE"))

        assert "`C0ELSE` in workspace `T0ELSE`" in said(fits(overview(NED, moved)))

    @pytest.mark.parametrize(
        ("roles", "flagged"), [([], True), (["viewer"], True), (["viewer", "approver"], False), (["admin"], False)]
    )
    def test_an_account_in_which_nobody_may_act_is_flagged(self, roles, flagged):
        members = [Member("CUST-NORTHWIND", "T", str(n), "N", CustomerRole(role)) for n, role in enumerate(roles)]

        assert (
            "Nobody here may accept devices" in said(fits(overview(NED, replace(NORTHWIND, notify=None), members)))
        ) is flagged

    @pytest.mark.parametrize("name", ODD)
    def test_whatever_people_and_companies_are_called(self, name):
        member = Member("RSL-ACME", "T0ACME", "U0ODD", name, ResellerRole.UPLOADER, name)
        reader = Reader(Acting(replace(RAE.acting.member, name=name), name), {"RSL-ACME": name, LONG_ID: name})
        page = Page((member,) * 8, 1, 20, None, "8")
        fits(overview(reader, replace(ACME, name=name), [member]))
        fits(setup_lists.members(page, 20, reader, now=0, command_text="setup members"))
        invited = Page((invitation(note=name, company="", role="viewer"),) * 8, 13, 20, "4", None)
        listed = fits(setup_lists.members(invited, 12, reader, now=0, command_text="setup members"))
        assert "People: 12, open invitations: 8 (13-20 of 20)" in said(listed)
        codes = Page((SoldToCode(name[:40], name[:40]),) * 8, 1, 60, None, "8")
        assert "Sold-to codes: 1-8 of 60" in said(fits(setup_lists.codes(codes, reader, "setup codes")))
        fits(
            setup_lists.references(Page((Link("RSL-ACME", LONG_ID, name[:100]),) * 8, 1, 8), reader, "setup references")
        )
        change = Change("RSL-ACME", Person("T0ACME", "U0RAE"), AT, What.MEMBER_CHANGED, name, name, name, name)
        fits(setup_history.history(Page((change,) * 10, before="a", after="b"), reader, "setup history"))
        is_modal(setup_forms.member_form(member, roles_within(ResellerRole.ADMIN), reader, "{}"))
        is_modal(setup_forms.reference_form(Link("RSL-ACME", LONG_ID, name), reader, "{}"))
        fits(invitations.made(invitation(company=name), "J-7K3F-9QMC-2V5R-8TXA", inviter=name, command="/rollcall"))
        fits(invitations.joined(member, name, several=True, linked=name))
        fits(invitations.personal(invitation(kind=Invited.PERSON), name, name))
        fits(
            invitations.which_company(
                invitation(company=name), name, [replace(NED.acting.member, account=LONG_ID)] * 9, {LONG_ID: name}
            )
        )
        fits(invitations.told(name, name, LONG_ID, "admin", new=True))
        fits(setup.no_section(name, reader))

    def test_who_is_not_an_admin_has_no_buttons(self):
        assert setup.admin_buttons(NIA) == []
        assert [one["text"]["text"] for one in setup.admin_buttons(NED)] == ["Set up", "People", "API keys"]

    @pytest.mark.parametrize("what", What)
    def test_every_change_is_told_in_words(self, what):
        change = Change("RSL-ACME", Person("T0ACME", "U0RAE"), AT, what, "CUST-NORTHWIND", "old", "new", "Rae")

        text = said(fits(setup_history.history(Page((change,)), RAE, "setup history")))

        assert "Rae " in text
        assert "{" not in text.replace("{date_short_pretty} at {time}", "")

    def test_who_changed_it_as_an_operator_is_said(self):
        change = Change("RSL-ACME", Person("T0OPS", "U0OPS"), AT, What.LINKED, "CUST-NORTHWIND", operator=True)

        assert "`U0OPS` of `T0OPS` (operator) linked Northwind Logistics" in said(
            fits(setup_history.history(Page((change,)), RAE, "setup history"))
        )

    def test_nothing_changed_yet(self):
        assert "Nothing was changed" in said(fits(setup_history.history(Page(()), RAE, "setup history")))


class TestForms:
    def test_every_form_is_one_that_slack_takes(self):
        roles = roles_within(ResellerRole.ADMIN)
        for view in (
            setup_forms.invite_form(RAE, roles, "{}"),
            setup_forms.channel_form(ACME, RAE, "{}", team="T0ACME"),
            setup_forms.channel_form(NORTHWIND, NED, "{}", team="T0NW"),
            setup_forms.code_form(RAE, "{}"),
            setup_forms.rules_form(NORTHWIND, "10 minutes", NED, "{}"),
            setup_keys.key_form(RAE, roles, "{}"),
            setup_keys.made(ApiKey("RSL-ACME", "erp", "0" * 64, ResellerRole.VIEWER), "rollcall_" + "x" * 43, RAE),
            invitation_forms.join_form(),
            invitation_forms.company_form(RAE),
            invitation_forms.company_form(None),
        ):
            is_modal(view)

    @pytest.mark.parametrize("team", ["T0NW", "T0ELSE"])
    def test_only_a_channel_of_this_workspace_is_picked_already(self, team):
        view = setup_forms.channel_form(NORTHWIND, NED, "{}", team=team)

        assert view["blocks"][0]["element"].get("initial_conversation") == ("C0NWIT" if team == "T0NW" else None)

    @pytest.mark.parametrize("customer", [NORTHWIND, replace(NORTHWIND, undo_seconds=3600, release_verified=False)])
    def test_the_rules_begin_as_they_are(self, customer):
        undo, release, _ = is_modal(setup_forms.rules_form(customer, "10 minutes", NED, "{}"))["blocks"]

        assert undo["element"]["initial_option"]["value"] == str(customer.undo_seconds or 0)
        assert bool(release["element"].get("initial_options")) is customer.release_verified


class TestKeys:
    def test_a_list_has_no_key_in_it(self):
        key = ApiKey("RSL-ACME", "erp", "0123456789abcdef" * 4, ResellerRole.UPLOADER)
        shown = fits(setup_keys.keys(Page((key,) * 8, 1, 30, None, "8"), RAE, "keys"))

        assert key.sha256 not in json.dumps(shown.blocks)
        assert actions(shown).count("setup.key_revoke") == 8
        assert "API keys: 1-8 of 30" in said(shown)
        assert "page.next" in actions(shown)

    def test_without_any(self):
        assert "No API keys yet" in said(fits(setup_keys.keys(Page((), 0, 0), NED, "keys")))


class TestInvitations:
    @pytest.mark.parametrize("refusal", Refusal)
    def test_a_refusal_names_nobody(self, refusal):
        for identity in ((), ("You are user `U0GUEST`.",)):
            text = said(fits(invitations.refused(refusal, identity)))
            assert "Fourth" not in text
            assert "Acme" not in text

    @pytest.mark.parametrize("kind", [Invited.CUSTOMER, Invited.RESELLER])
    def test_a_company_is_told_where_to_install(self, kind):
        made = invitation(kind=kind, reseller="RSL-ACME" if kind is Invited.CUSTOMER else "")
        text = said(
            fits(
                invitations.made(
                    made,
                    "J-1",
                    inviter="Acme Mobile",
                    install="https://x.example/slack/install",
                    command="/rollcall-dev",
                )
            )
        )

        assert "`/rollcall-dev join J-1`" in text
        assert "https://x.example/slack/install" in text
        assert "becomes the first admin" in text
        assert ("Acme Mobile can upload to them" in text) is (kind is Invited.CUSTOMER)

    def test_a_person_gets_a_link_as_a_company_does(self):
        made = invitation(kind=Invited.PERSON, company="", role="approver")
        text = said(
            fits(invitations.made(made, "J-1", inviter="Acme", install="https://x.example", command="/rollcall"))
        )

        assert "one person as approver" in text
        assert "`https://x.example?join=J-1`" in text

    @pytest.mark.parametrize("word", ["join", "invite"])
    def test_elsewhere_it_is_typed_as_a_command(self, word):
        assert f"`/rollcall {word}" in said(fits(invitations.elsewhere(word)))
