"""Accounts in a DynamoDB table: what is put can be read, found every way there is, and guarded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import boto3
import pytest
import yaml

from rollcall.account_errors import (
    AccountUnknownError,
    LastAdminError,
    LinkUnknownError,
    RegistrationChangedError,
    TakenError,
)
from rollcall.accounts import (
    ApiKey,
    Customer,
    CustomerRole,
    Directory,
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
from rollcall.directory import parse_directory
from rollcall.store.accounts import AccountsStore, Outcome
from tests.cloud import REGION

ACME, BOLTWAVE = "RSL-ACME", "RSL-BOLTWAVE"
NORTHWIND, CONTOSO, FABRIKAM = "CUST-NORTHWIND", "CUST-CONTOSO", "CUST-FABRIKAM"
RAE, NIA, NED = Person("T0ACME", "U0RAE"), Person("T0NW", "U0NIA"), Person("T0NW", "U0NED")
REGISTERED, UNREGISTERED, BLOCKED = Registration.REGISTERED, Registration.UNREGISTERED, Registration.BLOCKED


@pytest.fixture(scope="module")
def directory():
    text = (Path(__file__).parents[2] / "local" / "directory.yaml").read_text(encoding="utf-8")
    return parse_directory(yaml.safe_load(text))


@pytest.fixture(scope="module")
def one_store(aws):
    """One for all tests, because making its client takes longer than a test."""
    return AccountsStore("AccountsTable", region=REGION)


@pytest.fixture
def empty(one_store, accounts_table):
    return one_store


@pytest.fixture(scope="module")
def filled(one_store, directory, new_accounts_table):
    """The items that the default accounts file becomes."""
    with new_accounts_table() as table:
        one_store.apply(directory)
        return everything(table)


@pytest.fixture
def store(empty, filled, accounts_table):
    dynamodb = boto3.client("dynamodb", region_name=REGION)
    for start in range(0, len(filled), 25):
        puts = [{"PutRequest": {"Item": item}} for item in filled[start : start + 25]]
        dynamodb.batch_write_item(RequestItems={accounts_table: puts})
    return empty


def without_members(directory, *people):
    return replace(directory, members=tuple(m for m in directory.members if m.person not in people))


def everything(table="AccountsTable"):
    return boto3.client("dynamodb", region_name=REGION).scan(TableName=table)["Items"]


class TestCompanies:
    def test_a_reseller_comes_back_as_it_was_put(self, store):
        assert store.reseller(ACME) == Reseller(
            id=ACME,
            name="Acme Mobile",
            msp_ids=("MSP-CONTOSO",),
            sold_to_codes=(SoldToCode("main", "1002003"),),
            notify=NotifyTarget("T0ACME", "C0ACME"),
        )

    def test_a_customer_comes_back_as_it_was_put(self, store):
        assert store.customer(CONTOSO) == Customer(
            id=CONTOSO,
            name="Contoso Managed Services",
            msp_id="MSP-CONTOSO",
            notify=NotifyTarget("T0CONTOSO", "C0CONTOSO"),
        )

    @pytest.mark.parametrize("text", ["", "rsl-acme", "RSL-ACME ", "RSL-NOBODY", NORTHWIND, "profile", "RSL-A#B"])
    def test_any_other_text_is_no_reseller(self, store, text):
        assert store.reseller(text) is None

    @pytest.mark.parametrize("text", ["", "cust-northwind", "CUST-NOBODY", ACME, "MSP-CONTOSO"])
    def test_any_other_text_is_no_customer(self, store, text):
        assert store.customer(text) is None

    @pytest.mark.feature("P11")
    @pytest.mark.parametrize(
        ("text", "expected"),
        [("MSP-CONTOSO", CONTOSO), (CONTOSO, CONTOSO), ("msp-contoso", None), ("MSP-NOBODY", None), (ACME, None)],
    )
    def test_a_customer_is_found_by_its_own_id_and_its_msp_id(self, store, text, expected):
        customer = store.resolve_customer(text)

        assert (customer.id if customer else None) == expected

    def test_many_are_read_at_once_and_unknown_ones_left_out(self, store):
        assert set(store.customers([NORTHWIND, FABRIKAM, "CUST-NOBODY", ACME])) == {NORTHWIND, FABRIKAM}
        assert set(store.resellers([ACME, BOLTWAVE, NORTHWIND])) == {ACME, BOLTWAVE}

    def test_an_msp_id_belongs_to_one_customer(self, store):
        with pytest.raises(TakenError, match="MSP-CONTOSO"):
            store.put_customer(Customer("CUST-OTHER", "Other", msp_id="MSP-CONTOSO"))

        assert store.customer("CUST-OTHER") is None

    def test_an_msp_id_that_was_given_up_leads_nowhere_and_can_be_taken(self, store):
        assert store.put_customer(replace(store.customer(CONTOSO), msp_id="MSP-NEW")) is Outcome.CHANGED

        assert store.resolve_customer("MSP-CONTOSO") is None
        assert store.resolve_customer("MSP-NEW").id == CONTOSO
        assert store.link(ACME, CONTOSO) is None
        assert store.put_customer(Customer("CUST-OTHER", "Other", msp_id="MSP-CONTOSO")) is Outcome.ADDED

    def test_changing_a_company_keeps_its_admins(self, store):
        store.put_reseller(replace(store.reseller(ACME), name="Acme", notify=None, msp_ids=(), sold_to_codes=()))

        assert store.reseller(ACME) == Reseller(ACME, "Acme")
        with pytest.raises(LastAdminError):
            store.remove_member(ACME, RAE)


class TestLinks:
    def test_a_link_of_its_own(self, store):
        assert store.link(ACME, NORTHWIND) == Link(ACME, NORTHWIND, "NW-17", REGISTERED)
        assert store.link(BOLTWAVE, FABRIKAM) == Link(BOLTWAVE, FABRIKAM, "FAB-3", UNREGISTERED)

    @pytest.mark.parametrize(
        ("reseller", "customer"),
        [(BOLTWAVE, NORTHWIND), (ACME, FABRIKAM), (ACME, "CUST-NOBODY"), ("RSL-NOBODY", NORTHWIND), (NORTHWIND, ACME)],
    )
    def test_no_link(self, store, reseller, customer):
        assert store.link(reseller, customer) is None

    @pytest.mark.feature("P11")
    @pytest.mark.parametrize("reseller", [ACME, BOLTWAVE])
    @pytest.mark.parametrize("customer", [CONTOSO, "MSP-CONTOSO"])
    def test_every_carrier_of_the_msp_id_reaches_the_msp(self, store, reseller, customer):
        assert store.link(reseller, customer) == Link(reseller, CONTOSO, "", UNREGISTERED, via_msp=True)

    @pytest.mark.feature("P11")
    def test_a_reseller_that_no_longer_carries_the_msp_id_is_out(self, store):
        store.put_reseller(replace(store.reseller(ACME), msp_ids=("MSP-ELSE",)))

        assert store.link(ACME, CONTOSO) is None
        assert CONTOSO not in store.links_of(ACME)
        assert set(store.links_to(CONTOSO)) == {BOLTWAVE}

    @pytest.mark.feature("P1")
    def test_links_of_a_reseller_are_found_by_customer_and_msp_id(self, store):
        msp = Link(ACME, CONTOSO, "", UNREGISTERED, via_msp=True)

        assert store.links_of(ACME) == {
            NORTHWIND: Link(ACME, NORTHWIND, "NW-17", REGISTERED),
            CONTOSO: msp,
            "MSP-CONTOSO": msp,
        }
        assert store.links_of("RSL-NOBODY") == {}

    def test_links_to_a_customer(self, store):
        assert store.links_to(NORTHWIND) == {ACME: Link(ACME, NORTHWIND, "NW-17", REGISTERED)}
        assert list(store.links_to(CONTOSO)) == [ACME, BOLTWAVE]
        assert store.links_to("CUST-NOBODY") == {}

    def test_more_links_than_one_batch_holds(self, empty):
        empty.put_reseller(Reseller(ACME, "Acme"))
        ids = [f"CUST-{number}" for number in range(101)]
        with empty._table.pointers.batch_write() as batch:
            for customer in ids:
                batch.save(empty._table.pointers("account#RSL-ACME", f"link#{customer}", target=customer))
                batch.save(empty._table.profiles(f"account#{customer}", "profile", account=customer, name="Many"))
                item = empty._table.links(f"account#{customer}", "link#RSL-ACME", own=True, registered="registered")
                item.reseller, item.customer = ACME, customer
                batch.save(item)

        assert empty.links_of(ACME).keys() == set(ids)

    def test_a_link_of_its_own_to_an_msp_comes_before_the_msp_id(self, store):
        store.put_link(Link(ACME, CONTOSO, "C-1", REGISTERED))

        assert store.link(ACME, "MSP-CONTOSO") == Link(ACME, CONTOSO, "C-1", REGISTERED)
        assert store.links_of(ACME)["MSP-CONTOSO"].via_msp is False

    def test_a_link_needs_both_accounts(self, store):
        with pytest.raises(AccountUnknownError, match="RSL-NOBODY"):
            store.put_link(Link("RSL-NOBODY", NORTHWIND))

        assert set(store.links_to(NORTHWIND)) == {ACME}


@pytest.mark.feature("P24")
class TestRegistration:
    def test_a_decision_shows_on_both_sides(self, store):
        decided = store.set_registration(FABRIKAM, BOLTWAVE, REGISTERED)

        assert decided == Link(BOLTWAVE, FABRIKAM, "FAB-3", REGISTERED)
        assert store.link(BOLTWAVE, FABRIKAM) == decided
        assert store.links_of(BOLTWAVE)[FABRIKAM] == decided
        assert store.links_to(FABRIKAM)[BOLTWAVE] == decided

    def test_a_block_wins_over_the_msp_id(self, store):
        store.set_registration(CONTOSO, ACME, BLOCKED)

        link = store.link(ACME, "MSP-CONTOSO")
        assert link.is_blocked
        assert link.via_msp
        assert store.links_of(ACME)["MSP-CONTOSO"].is_blocked
        assert store.links_to(CONTOSO)[ACME].is_blocked
        assert not store.link(BOLTWAVE, CONTOSO).is_blocked

    def test_a_block_can_be_taken_back(self, store):
        store.set_registration(CONTOSO, ACME, BLOCKED)
        store.set_registration(CONTOSO, ACME, REGISTERED, expected=BLOCKED)

        assert store.link(ACME, CONTOSO).is_registered

    def test_a_decision_is_no_link(self, store):
        """Having registered a reseller that came through the MSP id does not let it in once that is gone."""
        store.set_registration(CONTOSO, ACME, REGISTERED)
        store.put_reseller(replace(store.reseller(ACME), msp_ids=()))

        assert store.link(ACME, CONTOSO) is None
        assert store.links_of(ACME).keys() == {NORTHWIND}

    def test_the_same_decision_twice_is_harmless(self, store):
        store.set_registration(FABRIKAM, BOLTWAVE, REGISTERED)

        assert store.set_registration(FABRIKAM, BOLTWAVE, REGISTERED).is_registered

    def test_a_decision_on_what_is_no_longer_so_is_refused(self, store):
        store.set_registration(FABRIKAM, BOLTWAVE, BLOCKED)

        with pytest.raises(RegistrationChangedError) as caught:
            store.set_registration(FABRIKAM, BOLTWAVE, REGISTERED, expected=UNREGISTERED)
        assert caught.value.registered is BLOCKED
        assert store.link(BOLTWAVE, FABRIKAM).is_blocked

    def test_two_at_once_do_not_overwrite_each_other(self, store, monkeypatch):
        """The condition is in the write, not only in the read before it."""
        transact = store._table.transact

        def someone_is_faster(fill):
            monkeypatch.setattr(store._table, "transact", transact)
            store.set_registration(FABRIKAM, BOLTWAVE, BLOCKED)
            transact(fill)

        monkeypatch.setattr(store._table, "transact", someone_is_faster)

        with pytest.raises(RegistrationChangedError):
            store.set_registration(FABRIKAM, BOLTWAVE, REGISTERED, expected=UNREGISTERED)
        assert store.link(BOLTWAVE, FABRIKAM).is_blocked

    def test_a_carrier_that_is_out_in_the_meantime_is_not_registered(self, store, monkeypatch):
        transact = store._table.transact

        def the_operator_is_faster(fill):
            monkeypatch.setattr(store._table, "transact", transact)
            store.put_reseller(replace(store.reseller(ACME), msp_ids=()))
            transact(fill)

        monkeypatch.setattr(store._table, "transact", the_operator_is_faster)

        with pytest.raises(LinkUnknownError):
            store.set_registration(CONTOSO, ACME, REGISTERED)
        store.put_reseller(replace(store.reseller(ACME), msp_ids=("MSP-CONTOSO",)))
        assert not store.link(ACME, CONTOSO).is_registered

    def test_there_is_nothing_to_decide_about_a_stranger(self, store):
        with pytest.raises(LinkUnknownError):
            store.set_registration(NORTHWIND, BOLTWAVE, REGISTERED)

    def test_the_accounts_file_does_not_take_a_decision_back(self, store, directory):
        store.set_registration(FABRIKAM, BOLTWAVE, REGISTERED)

        changes = store.apply(directory)

        assert store.link(BOLTWAVE, FABRIKAM).is_registered
        assert changes.changed == ()

    def test_the_accounts_file_counts_where_it_has_changed(self, store, directory):
        links = tuple(replace(link, registered=REGISTERED) for link in directory.links)

        store.apply(replace(directory, links=links))

        assert store.link(BOLTWAVE, FABRIKAM).is_registered

    def test_the_accounts_file_never_lifts_a_block(self, store, directory):
        store.set_registration(FABRIKAM, BOLTWAVE, BLOCKED)
        links = tuple(replace(link, registered=REGISTERED) for link in directory.links)

        store.apply(replace(directory, links=links))
        assert store.link(BOLTWAVE, FABRIKAM).is_blocked

        store.apply(replace(directory, links=()), prune=True)
        assert store.link(BOLTWAVE, FABRIKAM) is None
        store.apply(directory)
        assert store.link(BOLTWAVE, FABRIKAM).is_blocked


class TestPeople:
    def test_a_person_s_places(self, store):
        assert store.memberships(NIA) == (
            Member(NORTHWIND, "T0NW", "U0NIA", "Nia", CustomerRole.APPROVER, "nia@northwind.example"),
        )
        assert store.memberships(Person("T0NW", "U0NOBODY")) == ()

    def test_the_same_user_id_in_another_workspace_is_another_person(self, store):
        other = Member(FABRIKAM, "T0FABRIKAM", "U0NIA", "Nia F", CustomerRole.VIEWER)
        store.put_member(other)

        assert [member.account for member in store.memberships(NIA)] == [NORTHWIND]
        assert store.memberships(Person("T0FABRIKAM", "U0NIA")) == (other,)

    def test_a_person_in_two_accounts_has_a_role_in_each(self, store):
        store.put_member(Member(BOLTWAVE, "T0NW", "U0NIA", "Nia", ResellerRole.VIEWER))

        assert [(member.account, member.role) for member in store.memberships(NIA)] == [
            (NORTHWIND, CustomerRole.APPROVER),
            (BOLTWAVE, ResellerRole.VIEWER),
        ]
        assert [type(member.role) for member in store.memberships(NIA)] == [CustomerRole, ResellerRole]

    def test_another_role_counts_at_once(self, store):
        store.put_member(replace(store.member(NORTHWIND, NIA), role=CustomerRole.VIEWER))

        assert store.memberships(NIA)[0].role is CustomerRole.VIEWER

    @pytest.mark.feature("B25")
    def test_a_leaver_loses_the_rights_at_once(self, store):
        assert store.remove_member(NORTHWIND, NIA) is True

        assert store.memberships(NIA) == ()
        assert store.member(NORTHWIND, NIA) is None
        assert NIA not in [member.person for member in store.members_of(NORTHWIND)]
        assert store.remove_member(NORTHWIND, NIA) is False

    def test_nobody_joins_an_account_that_does_not_exist(self, store):
        for role in CustomerRole:
            with pytest.raises(AccountUnknownError):
                store.put_member(Member("CUST-NOBODY", "T0X", "U0X", "X", role))

        assert store.memberships(Person("T0X", "U0X")) == ()

    def test_the_last_admin_can_neither_leave_nor_step_down(self, store):
        with pytest.raises(LastAdminError):
            store.remove_member(NORTHWIND, NED)
        with pytest.raises(LastAdminError):
            store.put_member(replace(store.member(NORTHWIND, NED), role=CustomerRole.APPROVER))

        assert store.member(NORTHWIND, NED).role is CustomerRole.ADMIN

    def test_one_of_two_admins_can_leave(self, store):
        store.put_member(replace(store.member(NORTHWIND, NIA), role=CustomerRole.ADMIN))

        assert store.remove_member(NORTHWIND, NED) is True
        with pytest.raises(LastAdminError):
            store.remove_member(NORTHWIND, NIA)

    def test_two_admins_cannot_leave_at_the_same_time(self, store, monkeypatch):
        store.put_member(replace(store.member(NORTHWIND, NIA), role=CustomerRole.ADMIN))
        transact = store._table.transact

        def the_other_is_faster(fill):
            monkeypatch.setattr(store._table, "transact", transact)
            store.remove_member(NORTHWIND, NIA)
            transact(fill)

        monkeypatch.setattr(store._table, "transact", the_other_is_faster)

        with pytest.raises(LastAdminError):
            store.remove_member(NORTHWIND, NED)
        assert [member.person for member in store.members_of(NORTHWIND) if member.role == "admin"] == [NED]

    def test_operators(self, store):
        olu = Person("T0OPS", "U0OPS")

        assert store.operators() == (Operator("T0OPS", "U0OPS", "Olu Ops"),)
        assert store.operator(olu) == Operator("T0OPS", "U0OPS", "Olu Ops")
        assert store.operator(RAE) is None
        assert store.memberships(olu) == ()


class TestKeys:
    def test_a_key_is_found_by_itself(self, store):
        assert store.key("local-acme-key") == ApiKey(ACME, "erp", key_digest("local-acme-key"), ResellerRole.UPLOADER)
        assert store.key("local-northwind-key").role is CustomerRole.APPROVER
        assert store.key("local-acme-kez") is None
        assert store.key("") is None

    def test_no_key_is_stored_in_the_clear(self, store):
        assert "local-acme-key" not in str(everything())

    def test_a_new_key_of_the_same_name_makes_the_old_one_void(self, store):
        new = ApiKey(ACME, "erp", key_digest("another-key"), ResellerRole.VIEWER)

        assert store.put_key(new) is Outcome.CHANGED

        assert store.key("local-acme-key") is None
        assert store.key("another-key") == new
        assert store.keys_of(ACME) == (new,)

    def test_one_key_cannot_stand_for_two_accounts(self, store):
        with pytest.raises(TakenError):
            store.put_key(ApiKey(BOLTWAVE, "erp", key_digest("local-acme-key"), ResellerRole.ADMIN))

        assert store.key("local-acme-key").account == ACME

    def test_a_removed_key_is_void(self, store):
        assert store.remove_key(ACME, "erp") is True
        assert store.remove_key(ACME, "erp") is False

        assert store.key("local-acme-key") is None
        assert store.keys_of(ACME) == ()

    def test_a_key_needs_an_account(self, store):
        with pytest.raises(AccountUnknownError):
            store.put_key(ApiKey("RSL-NOBODY", "erp", key_digest("some-key"), ResellerRole.ADMIN))


class TestApply:
    def test_the_first_time_everything_is_added(self, empty, directory):
        changes = empty.apply(directory)

        assert changes.changed == changes.unchanged == changes.removed == changes.kept == ()
        assert changes.added[0] == ACME
        assert f"{NORTHWIND} reseller {ACME}" in changes.added
        assert f"{ACME} member T0ACME/U0RAE Rae" in changes.added
        assert f"{ACME} key erp" in changes.added
        assert changes.added[-1] == "operators member T0OPS/U0OPS Olu Ops"

    def test_the_second_time_nothing_changes(self, store, directory):
        before = everything()

        changes = store.apply(directory, prune=True)

        assert changes.added == changes.changed == changes.removed == changes.kept == ()
        assert len(changes.unchanged) == 5 + 2 + 15 + 2 + 1
        assert everything() == before

    def test_what_differs_is_changed(self, store, directory):
        members = tuple(replace(m, email="new@acme.example") if m.person == RAE else m for m in directory.members)

        changes = store.apply(replace(directory, members=members))

        assert changes.changed == (f"{ACME} member T0ACME/U0RAE Rae",)
        assert store.member(ACME, RAE).email == "new@acme.example"

    def test_without_prune_nothing_is_removed(self, store, directory):
        changes = store.apply(replace(without_members(directory, NIA), links=(), keys=()))

        assert changes.removed == ()
        assert store.memberships(NIA)
        assert store.link(ACME, NORTHWIND)
        assert store.key("local-acme-key")

    def test_prune_removes_what_the_file_no_longer_names(self, store, directory):
        operators = (Operator("T0OPS", "U0NEW", "Ola"),)
        named = replace(without_members(directory, NIA), links=directory.links[1:], keys=(), operators=operators)

        changes = store.apply(named, prune=True)

        assert set(changes.removed) == {
            f"{NORTHWIND} member T0NW/U0NIA Nia",
            f"{NORTHWIND} reseller {ACME}",
            f"{ACME} key erp",
            f"{NORTHWIND} key mdm",
            "operators member T0OPS/U0OPS Olu Ops",
        }
        assert store.memberships(NIA) == ()
        assert store.link(ACME, NORTHWIND) is None
        assert store.links_of(ACME).keys() == {CONTOSO, "MSP-CONTOSO"}
        assert store.key("local-acme-key") is None
        assert store.operators() == operators

    def test_prune_leaves_accounts_alone_that_the_file_does_not_name(self, store, directory):
        only = Directory(resellers=directory.resellers[1:])

        store.apply(only, prune=True)

        assert store.memberships(RAE)
        assert store.link(BOLTWAVE, FABRIKAM)
        assert store.key("local-acme-key")
        assert store.operators()

    def test_prune_keeps_the_last_admin(self, store, directory):
        changes = store.apply(without_members(directory, NED, NIA), prune=True)

        assert changes.kept == (f"{NORTHWIND} member T0NW/U0NED Ned",)
        assert changes.removed == (f"{NORTHWIND} member T0NW/U0NIA Nia",)
        assert store.memberships(NED)

    def test_a_change_of_admin_within_one_file(self, store, directory):
        roles = {NED: CustomerRole.VIEWER, NIA: CustomerRole.ADMIN}
        members = tuple(replace(m, role=roles.get(m.person, m.role)) for m in directory.members)

        assert store.apply(replace(directory, members=members)).kept == ()

        assert store.member(NORTHWIND, NED).role is CustomerRole.VIEWER

    def test_keys_can_be_left_out(self, empty, directory):
        empty.apply(directory, keys=False)
        assert empty.key("local-acme-key") is None

        empty.put_key(ApiKey(ACME, "made-in-slack", key_digest("some-key"), ResellerRole.UPLOADER))
        empty.apply(directory, prune=True, keys=False)
        assert empty.key("some-key")
