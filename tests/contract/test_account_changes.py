"""What people of a company change about it: invitations, members, settings, keys; each with its audit, and in races."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rollcall.account_changes import Change, What
from rollcall.account_errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    InvitationError,
    LastAdminError,
    LinkUnknownError,
    NotAdminError,
    TakenError,
)
from rollcall.accounts import (
    ApiKey,
    Customer,
    CustomerRole,
    Link,
    Member,
    NotifyTarget,
    Operator,
    Person,
    Registration,
    Reseller,
    ResellerRole,
    SoldToCode,
    key_digest,
)
from rollcall.invitations import Invitation, Invited, Refusal, code_digest
from rollcall.store.account_joining import Joining
from rollcall.store.accounts import AccountsStore, Outcome
from tests.cloud import REGION

pytestmark = pytest.mark.feature("B25")
ACME, BOLTWAVE, NORTHWIND, CONTOSO = "RSL-ACME", "RSL-BOLTWAVE", "CUST-NORTHWIND", "CUST-CONTOSO"
RAE, UMA, ROB, BEA = (Person("T0ACME", user) for user in ("U0RAE", "U0UMA", "U0ROB", "U0BEA"))
NED, OPS, NEW = Person("T0NW", "U0NED"), Person("T0OPS", "U0OPS"), Person("T0NEW", "U0NEW")
ADMIN, UPLOADER, VIEWER = ResellerRole.ADMIN, ResellerRole.UPLOADER, ResellerRole.VIEWER
AT, NOW = "2026-03-01T09:30:00Z", 1_772_357_400.0


@pytest.fixture(scope="module")
def one_store(aws):
    return AccountsStore("AccountsTable", region=REGION)


@pytest.fixture
def store(one_store, accounts_table):
    one_store.put_reseller(Reseller(ACME, "Acme Mobile", msp_ids=("MSP-CONTOSO",)))
    one_store.put_reseller(Reseller(BOLTWAVE, "Boltwave"))
    one_store.put_customer(Customer(NORTHWIND, "Northwind Logistics"))
    one_store.put_customer(Customer(CONTOSO, "Contoso", msp_id="MSP-CONTOSO"))
    one_store.put_link(Link(ACME, NORTHWIND, "NW-17"))
    for member in (member_of(RAE, ADMIN, "Rae"), member_of(ROB, ADMIN, "Rob"), member_of(UMA, UPLOADER, "Uma")):
        one_store.put_member(member)
    one_store.put_member(Member(BOLTWAVE, BEA.team, BEA.user, "Bea", ADMIN))
    one_store.put_member(Member(NORTHWIND, NED.team, NED.user, "Ned", CustomerRole.ADMIN))
    one_store.put_operator(Operator(OPS.team, OPS.user, "Olu"))
    return one_store


def member_of(person, role, name):
    return Member(ACME, person.team, person.user, name, role)


def change(by=RAE, what=What.MEMBER_CHANGED, account=ACME, **more):
    return Change(account, by, AT, what, by_name="Rae", **more)


def audit(store, account=ACME):
    return [(one.what, one.by) for one in store.changes_of(account, limit=50)[0]]


def someone_is_faster(store, monkeypatch, act):
    """Lets another act come between the reading and the writing of the next."""
    transact = store._table.transact

    def slower(fill):
        monkeypatch.setattr(store._table, "transact", transact)
        act()
        transact(fill)

    monkeypatch.setattr(store._table, "transact", slower)


class TestPeople:
    def test_a_role_is_given_and_written_down(self, store):
        uma = store.member(ACME, UMA)
        new = replace(uma, role=VIEWER, email="uma@acme.example")

        store.change_member(new, seen=uma, change=change(about="Uma", before="uploader", after="viewer"))

        assert store.member(ACME, UMA) == new
        ((done,), newer, older) = store.changes_of(ACME)
        assert done == change(about="Uma", before="uploader", after="viewer")
        assert (newer, older) == ("", "")

    def test_a_member_is_removed(self, store):
        store.expel(store.member(ACME, UMA), change(what=What.MEMBER_REMOVED))

        assert store.memberships(UMA) == ()
        assert audit(store) == [(What.MEMBER_REMOVED, RAE)]

    @pytest.mark.parametrize("by", [UMA, BEA, NEW, OPS], ids=["uploader", "other company", "stranger", "operator"])
    def test_who_is_no_admin_of_the_account_changes_nothing(self, store, by):
        rob = store.member(ACME, ROB)

        with pytest.raises(NotAdminError):
            store.expel(rob, change(by))
        with pytest.raises(NotAdminError):
            store.change_member(replace(rob, role=VIEWER), seen=rob, change=change(by))
        with pytest.raises(NotAdminError):
            store.set_notify(None, change(by))
        with pytest.raises(NotAdminError):
            store.set_codes([SoldToCode("a", "1")], seen=(), change=change(by))
        with pytest.raises(NotAdminError):
            store.set_reference(store.link(ACME, NORTHWIND), "X", change(by))
        with pytest.raises(NotAdminError):
            store.add_key(ApiKey(ACME, "k", key_digest("k"), VIEWER), change(by))
        with pytest.raises(NotAdminError):
            store.invite(invitation(by=by, by_account=ACME), change(by))

        assert store.member(ACME, ROB) == rob
        assert store.keys_of(ACME) == ()
        assert store.invitations_of(ACME) == ()
        assert audit(store) == []

    def test_the_last_admin_can_neither_be_removed_nor_take_another_role(self, store):
        ned = store.member(NORTHWIND, NED)
        mine = change(NED, account=NORTHWIND)

        with pytest.raises(LastAdminError):
            store.expel(ned, mine)
        with pytest.raises(LastAdminError):
            store.change_member(replace(ned, role=CustomerRole.APPROVER), seen=ned, change=mine)

        store.change_member(replace(ned, name="Edward"), seen=ned, change=mine)
        assert store.member(NORTHWIND, NED).name == "Edward"
        assert len(audit(store, NORTHWIND)) == 1

    def test_one_of_two_admins_may_go(self, store):
        store.expel(store.member(ACME, RAE), change(RAE))

        assert [one.person for one in store.members_of(ACME) if one.role == ADMIN] == [ROB]

    def test_two_admins_who_remove_each_other(self, store, monkeypatch):
        rae, rob = store.member(ACME, RAE), store.member(ACME, ROB)
        someone_is_faster(store, monkeypatch, lambda: store.expel(rob, change(RAE)))

        with pytest.raises(NotAdminError):
            store.expel(rae, change(ROB))

        assert store.member(ACME, RAE) == rae
        assert audit(store) == [(What.MEMBER_CHANGED, RAE)]

    def test_two_admins_who_both_step_down(self, store, monkeypatch):
        rae, rob = store.member(ACME, RAE), store.member(ACME, ROB)
        someone_is_faster(
            store,
            monkeypatch,
            lambda: store.change_member(replace(rob, role=VIEWER), seen=rob, change=change(ROB)),
        )

        with pytest.raises(LastAdminError):
            store.change_member(replace(rae, role=VIEWER), seen=rae, change=change(RAE))

        assert store.member(ACME, RAE).role is ADMIN

    def test_a_role_that_was_changed_since_it_was_seen_is_not_overwritten(self, store):
        uma = store.member(ACME, UMA)
        store.change_member(replace(uma, role=VIEWER), seen=uma, change=change(ROB))

        with pytest.raises(ChangedMeanwhileError, match="Uma"):
            store.change_member(replace(uma, role=ADMIN), seen=uma, change=change(RAE))
        with pytest.raises(ChangedMeanwhileError):
            store.expel(uma, change(RAE))

        assert store.member(ACME, UMA).role is VIEWER

    def test_who_was_removed_is_not_brought_back_by_an_old_form(self, store):
        uma = store.member(ACME, UMA)
        store.expel(uma, change(ROB))

        with pytest.raises(ChangedMeanwhileError):
            store.change_member(replace(uma, role=ADMIN), seen=uma, change=change(RAE))
        assert store.member(ACME, UMA) is None

    def test_an_admin_who_was_removed_in_the_meantime_changes_nothing(self, store, monkeypatch):
        uma = store.member(ACME, UMA)
        someone_is_faster(store, monkeypatch, lambda: store.expel(store.member(ACME, RAE), change(ROB)))

        with pytest.raises(NotAdminError):
            store.expel(uma, change(RAE))
        assert store.member(ACME, UMA) == uma


class TestSettings:
    def test_the_channel(self, store):
        store.set_notify(NotifyTarget("T0ACME", "C0NEW"), change(what=What.CHANNEL_SET))
        assert store.reseller(ACME).notify == NotifyTarget("T0ACME", "C0NEW")

        store.set_notify(None, change(what=What.CHANNEL_REMOVED))
        assert store.reseller(ACME).notify is None
        assert audit(store) == [(What.CHANNEL_REMOVED, RAE), (What.CHANNEL_SET, RAE)]

    def test_a_customer_s_undo_window_and_release(self, store):
        mine = change(NED, account=NORTHWIND)
        store.set_undo_seconds(3600, mine)
        store.set_release_verified(mine, needed=False)
        assert (store.customer(NORTHWIND).undo_seconds, store.customer(NORTHWIND).release_verified) == (3600, False)

        store.set_undo_seconds(None, mine)
        store.set_release_verified(mine, needed=True)
        assert store.customer(NORTHWIND) == Customer(NORTHWIND, "Northwind Logistics")

    def test_the_accounts_file_does_not_take_settings_back(self, store):
        store.set_undo_seconds(3600, change(NED, account=NORTHWIND))
        store.set_release_verified(change(NED, account=NORTHWIND), needed=False)

        assert store.put_customer(Customer(NORTHWIND, "Northwind Logistics")) is Outcome.UNCHANGED
        assert store.put_customer(Customer(NORTHWIND, "Northwind")) is Outcome.CHANGED

        stored = store.customer(NORTHWIND)
        assert (stored.name, stored.undo_seconds, stored.release_verified) == ("Northwind", 3600, False)

    def test_sold_to_codes(self, store):
        first, second = SoldToCode("main", "1"), SoldToCode("other", "2")
        store.set_codes([first], seen=(), change=change())
        store.set_codes([first, second], seen=[first], change=change())
        assert store.reseller(ACME).sold_to_codes == (first, second)

        with pytest.raises(ChangedMeanwhileError):
            store.set_codes([], seen=[first], change=change())
        store.set_codes([], seen=[first, second], change=change())
        assert store.reseller(ACME).sold_to_codes == ()
        store.set_codes([second], seen=(), change=change())
        assert store.reseller(ACME).sold_to_codes == (second,)

    @pytest.mark.feature("P1")
    def test_references_also_of_a_customer_through_its_msp_id(self, store):
        store.set_reference(store.link(ACME, NORTHWIND), "NW-18", change())
        store.set_reference(store.link(ACME, CONTOSO), "C-1", change())
        store.set_reference(store.link(ACME, CONTOSO), "C-2", change())

        assert store.link(ACME, NORTHWIND) == Link(ACME, NORTHWIND, "NW-18")
        assert store.link(ACME, CONTOSO) == Link(ACME, CONTOSO, "C-2", via_msp=True)
        store.put_reseller(replace(store.reseller(ACME), msp_ids=()))
        assert store.link(ACME, CONTOSO) is None

    def test_a_reference_does_not_touch_what_the_customer_decided(self, store, monkeypatch):
        link = store.link(ACME, NORTHWIND)
        someone_is_faster(store, monkeypatch, lambda: store.set_registration(NORTHWIND, ACME, Registration.BLOCKED))

        store.set_reference(link, "NW-18", change())

        assert store.link(ACME, NORTHWIND) == Link(ACME, NORTHWIND, "NW-18", Registration.BLOCKED)

    def test_who_is_not_linked_has_no_reference(self, store):
        with pytest.raises(LinkUnknownError):
            store.set_reference(Link(BOLTWAVE, NORTHWIND), "X", change(BEA, account=BOLTWAVE))


class TestKeys:
    def test_a_key_works_until_it_is_revoked(self, store):
        key = ApiKey(ACME, "erp", key_digest("secret"), UPLOADER)
        store.add_key(key, change(what=What.KEY_MADE))
        assert store.key("secret") == key

        store.revoke_key(ACME, "erp", seen=key.sha256, change=change(what=What.KEY_REVOKED))

        assert store.key("secret") is None
        assert audit(store) == [(What.KEY_REVOKED, RAE), (What.KEY_MADE, RAE)]

    def test_a_name_is_not_taken_twice(self, store):
        store.add_key(ApiKey(ACME, "erp", key_digest("one"), UPLOADER), change())

        with pytest.raises(TakenError):
            store.add_key(ApiKey(ACME, "erp", key_digest("two"), ADMIN), change())
        assert store.key("one")
        assert store.key("two") is None

    def test_an_old_list_does_not_revoke_a_new_key_of_that_name(self, store):
        old = ApiKey(ACME, "erp", key_digest("one"), UPLOADER)
        store.add_key(old, change())
        store.revoke_key(ACME, "erp", seen=old.sha256, change=change())
        store.add_key(ApiKey(ACME, "erp", key_digest("two"), UPLOADER), change())

        with pytest.raises(ChangedMeanwhileError):
            store.revoke_key(ACME, "erp", seen=old.sha256, change=change())
        assert store.key("two")

    def test_who_is_no_admin_revokes_nothing(self, store):
        key = ApiKey(ACME, "erp", key_digest("one"), UPLOADER)
        store.add_key(key, change())

        with pytest.raises(NotAdminError):
            store.revoke_key(ACME, "erp", seen=key.sha256, change=change(UMA))
        assert store.key("one")


class TestAudit:
    def test_pages_forth_and_back(self, store):
        for number in range(7):
            store.set_notify(None, change(about=str(number)))

        def page(**where):
            found, newer, older = store.changes_of(ACME, limit=3, **where)
            return [one.about for one in found], newer, older

        first, newer, older = page()
        assert (first, newer) == (["6", "5", "4"], "")
        second, newer, older = page(cursor=older)
        assert second == ["3", "2", "1"]
        third, _, end = page(cursor=older)
        assert (third, end) == (["0"], "")
        back, newest, forth = page(cursor=newer, backwards=True)
        assert (back, newest) == (["6", "5", "4"], "")
        assert page(cursor=forth)[0] == second


CODE = "J-7K3F-9QMC-2V5R-8TXA"


def invitation(kind=Invited.PERSON, by=RAE, by_account=ACME, **changed):
    values = {"until": int(NOW) + 60, "role": "uploader" if kind is Invited.PERSON else "admin"}
    return Invitation(id=code_digest(CODE), kind=kind, by=by, by_account=by_account, **{**values, **changed})


def joining(person=NEW, account="", now=NOW):
    return Joining(person, "Nora", AT, now, account)


class TestJoining:
    def invite(self, store, **made):
        one = invitation(**made)
        store.invite(one, change(one.by, What.PERSON_INVITED, one.by_account) if one.by_account else None)
        return one

    def test_an_invitation_comes_back_as_it_was_put(self, store):
        one = self.invite(store, holder=NEW, note="Nora")

        assert store.invitation(code_digest(CODE)) == one
        assert store.invitations_of(ACME) == (one,)
        assert store.invitations_of(BOLTWAVE) == store.invitations_of("") == ()
        assert store.invitation(code_digest("J-0000-0000-0000-0000")) is None

    def test_a_person_joins(self, store):
        one = self.invite(store)

        member = store.redeem(one, joining())

        assert member == Member(ACME, "T0NEW", "U0NEW", "Nora", UPLOADER)
        assert store.memberships(NEW) == (member,)
        assert store.invitation(one.id).used_by == NEW
        assert audit(store) == [(What.MEMBER_JOINED, NEW), (What.PERSON_INVITED, RAE)]

    def test_who_joins_as_admin_counts_as_one(self, store):
        store.redeem(self.invite(store, role="admin"), joining())
        for person in (RAE, ROB):
            store.expel(store.member(ACME, person), change(NEW))

        with pytest.raises(LastAdminError):
            store.expel(store.member(ACME, NEW), change(NEW))

    @pytest.mark.parametrize("kind", [Invited.RESELLER, Invited.CUSTOMER])
    def test_a_company_comes_into_being_with_its_first_admin(self, store, kind):
        one = self.invite(store, kind=kind, by=OPS, by_account="", company="Fourth Coffee")

        member = store.redeem(one, joining())

        profile = store.reseller(member.account) or store.customer(member.account)
        assert profile.name == "Fourth Coffee"
        assert member.role == "admin"
        assert store.members_of(member.account) == (member,)
        with pytest.raises(LastAdminError):
            store.remove_member(member.account, NEW)
        assert audit(store, member.account) == [(What.ACCOUNT_MADE, NEW)]

    @pytest.mark.feature("P1")
    def test_a_reseller_s_customer_is_linked_from_the_first_moment(self, store):
        one = self.invite(store, kind=Invited.CUSTOMER, company="Fourth Coffee", reseller=ACME, reference="FC-4")

        customer = store.redeem(one, joining()).account

        assert store.link(ACME, customer) == Link(ACME, customer, "FC-4")
        assert store.links_of(ACME)[customer] == store.links_to(customer)[ACME] == store.link(ACME, customer)
        assert audit(store)[0] == (What.LINKED, NEW)

    def test_a_customer_that_is_there_gets_one_more_reseller(self, store):
        one = self.invite(
            store, kind=Invited.CUSTOMER, by=BEA, by_account=BOLTWAVE, company="Northwind", reseller=BOLTWAVE
        )

        member = store.redeem(one, joining(NED, NORTHWIND))

        assert member == store.member(NORTHWIND, NED)
        assert set(store.links_to(NORTHWIND)) == {ACME, BOLTWAVE}
        assert store.customer(NORTHWIND).name == "Northwind Logistics"
        assert audit(store, NORTHWIND) == [(What.LINKED, NED)]

    def test_a_link_that_is_there_is_not_made_twice(self, store):
        one = self.invite(store, kind=Invited.CUSTOMER, company="Northwind", reseller=ACME)

        with pytest.raises(AlreadyThereError):
            store.redeem(one, joining(NED, NORTHWIND))
        assert store.invitation(one.id).used_by is None

    def test_only_an_admin_lets_a_reseller_in(self, store):
        store.put_member(Member(NORTHWIND, NEW.team, NEW.user, "Nora", CustomerRole.APPROVER))
        one = self.invite(
            store, kind=Invited.CUSTOMER, by=BEA, by_account=BOLTWAVE, company="Northwind", reseller=BOLTWAVE
        )

        with pytest.raises(NotAdminError):
            store.redeem(one, joining(NEW, NORTHWIND))
        assert set(store.links_to(NORTHWIND)) == {ACME}

    def test_a_code_lets_one_person_in(self, store, monkeypatch):
        one = self.invite(store)
        other = Person("T0NEW", "U0OTHER")
        someone_is_faster(store, monkeypatch, lambda: store.redeem(one, joining(other)))

        with pytest.raises(InvitationError) as caught:
            store.redeem(one, joining())

        assert caught.value.refusal is Refusal.USED
        assert store.memberships(NEW) == ()
        assert len(store.memberships(other)) == 1

    def test_the_time_is_that_of_joining(self, store):
        one = self.invite(store)

        with pytest.raises(InvitationError) as caught:
            store.redeem(one, joining(now=one.until))
        assert caught.value.refusal is Refusal.EXPIRED
        store.redeem(one, joining(now=one.until - 1))

    def test_an_invitation_is_taken_back(self, store):
        one = self.invite(store)
        store.revoke(one, by=ROB, change=change(ROB, What.INVITATION_REVOKED))

        with pytest.raises(InvitationError) as caught:
            store.redeem(one, joining())
        assert caught.value.refusal is Refusal.REVOKED
        with pytest.raises(ChangedMeanwhileError):
            store.revoke(one, by=ROB, change=change(ROB))
        assert store.memberships(NEW) == ()

    def test_what_was_used_cannot_be_taken_back(self, store):
        one = self.invite(store)
        store.redeem(one, joining())

        with pytest.raises(ChangedMeanwhileError):
            store.revoke(one, by=RAE, change=change())
        assert store.memberships(NEW)

    def test_a_forged_invitation_is_none(self, store):
        with pytest.raises(InvitationError) as caught:
            store.redeem(invitation(), joining())
        assert caught.value.refusal is Refusal.UNKNOWN
        assert store.memberships(NEW) == ()

    @pytest.mark.parametrize("gone", ["removed", "no admin"])
    def test_a_leaver_s_invitations_are_void(self, store, gone):
        one = self.invite(store, role="admin")
        rae = store.member(ACME, RAE)
        if gone == "removed":
            store.expel(rae, change(ROB))
        else:
            store.change_member(replace(rae, role=VIEWER), seen=rae, change=change(ROB))

        with pytest.raises(InvitationError) as caught:
            store.redeem(one, joining(RAE if gone == "removed" else NEW))
        assert caught.value.refusal is Refusal.REVOKED

    @pytest.mark.parametrize("by_account", [ACME, ""], ids=["admin", "operator"])
    def test_so_are_those_of_who_is_gone_from_slack(self, store, by_account):
        by = RAE if by_account else OPS
        one = self.invite(store, kind=Invited.CUSTOMER, by=by, by_account=by_account, company="Fourth Coffee")
        store._table.people(f"person#{by.key}", "presence", left=True).save()

        with pytest.raises(InvitationError) as caught:
            store.redeem(one, joining())
        assert caught.value.refusal is Refusal.REVOKED
        store._table.people(f"person#{by.key}", "presence", left=False).save()
        assert store.redeem(one, joining()).account.startswith("CUST-FOURTH-")

    def test_an_operator_s_invitations_end_with_the_operator(self, store):
        one = self.invite(store, kind=Invited.RESELLER, by=OPS, by_account="", company="Fourth Coffee")
        store.remove_operator(OPS)

        with pytest.raises(InvitationError):
            store.redeem(one, joining())
        assert store.memberships(NEW) == ()

    def test_only_an_operator_invites_as_one(self, store):
        with pytest.raises(NotAdminError):
            self.invite(store, kind=Invited.RESELLER, by=RAE, by_account="", company="Fourth Coffee")
        assert store.invitations_of("") == ()

    def test_a_member_needs_no_code(self, store):
        one = self.invite(store)

        with pytest.raises(AlreadyThereError):
            store.redeem(one, joining(UMA))
        assert store.invitation(one.id).used_by is None
        assert store.member(ACME, UMA).name == "Uma"

    def test_two_companies_of_one_name_are_two(self, store, monkeypatch):
        one = self.invite(store, kind=Invited.CUSTOMER, by=OPS, by_account="", company="Fourth Coffee")
        first = store._plan(one, joining(), 0)[0].account
        store.put_customer(Customer(first, "Fourth Coffee"))

        member = store.redeem(one, joining())

        assert member.account != first
        assert store.members_of(first) == ()

    def test_it_is_held_for_who_showed_its_code(self, store):
        one = self.invite(store)
        store.hold(one, NEW)

        assert store.invitation(one.id).holder == NEW
        store.redeem(one, joining())
        with pytest.raises(InvitationError):
            store.hold(one, RAE)
