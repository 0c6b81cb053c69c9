"""Reading an accounts file: what is good becomes values, what is bad is named with its place, all at once."""

from __future__ import annotations

import contextlib
import copy
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rollcall.accounts import (
    ApiKey,
    Customer,
    CustomerRole,
    Directory,
    Link,
    Member,
    NotifyTarget,
    Operator,
    Registration,
    Reseller,
    ResellerRole,
    SoldToCode,
    key_digest,
)
from rollcall.directory import DirectoryError, parse_directory
from rollcall.permissions import Act, allows

RAW = yaml.safe_load(
    """
    operators: [{team: T0OPS, user: U0OPS, name: Olu Ops}]
    resellers:
      - id: RSL-ACME
        name: Acme Mobile
        msp_ids: [MSP-CONTOSO]
        sold_to_codes: [{alias: main, code: "1002003"}]
        members: [{team: T0ACME, user: U0RAE, name: Rae, email: rae@acme.example, role: admin}]
        notify: {team: T0ACME, channel: C0ACME}
        api_keys: [{name: erp, key: local-acme-key, role: uploader}]
    customers:
      - id: CUST-NORTHWIND
        name: Northwind Logistics
        msp_id: null
        resellers: [{id: RSL-ACME, internal_reference: NW-17, registered: true}]
        members: [{team: T0NW, user: U0NIA, name: Nia, email: nia@northwind.example, role: approver}]
        notify: {team: T0NW, channel: C0NWIT}
        api_keys: [{name: mdm, key: local-northwind-key, role: approver}]
    """
)


def faults_of(raw):
    with pytest.raises(DirectoryError) as caught:
        parse_directory(raw)
    return [str(fault) for fault in caught.value.faults]


def changed(path, value):
    """The good file with one entry put or, with `...`, taken out; path as `resellers.0.name`."""
    raw = copy.deepcopy(RAW)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = raw
    for part in parents:
        place = place[part]
    if value is ...:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return raw


def test_a_whole_file():
    assert parse_directory(RAW) == Directory(
        operators=(Operator("T0OPS", "U0OPS", "Olu Ops"),),
        resellers=(
            Reseller(
                "RSL-ACME",
                "Acme Mobile",
                ("MSP-CONTOSO",),
                (SoldToCode("main", "1002003"),),
                NotifyTarget("T0ACME", "C0ACME"),
            ),
        ),
        customers=(Customer("CUST-NORTHWIND", "Northwind Logistics", None, NotifyTarget("T0NW", "C0NWIT")),),
        links=(Link("RSL-ACME", "CUST-NORTHWIND", "NW-17", Registration.REGISTERED),),
        members=(
            Member("RSL-ACME", "T0ACME", "U0RAE", "Rae", ResellerRole.ADMIN, "rae@acme.example"),
            Member("CUST-NORTHWIND", "T0NW", "U0NIA", "Nia", CustomerRole.APPROVER, "nia@northwind.example"),
        ),
        keys=(
            ApiKey("RSL-ACME", "erp", key_digest("local-acme-key"), ResellerRole.UPLOADER),
            ApiKey("CUST-NORTHWIND", "mdm", key_digest("local-northwind-key"), CustomerRole.APPROVER),
        ),
    )


def test_what_may_be_left_out():
    assert parse_directory({}) == Directory()
    assert parse_directory({"customers": [{"id": "CUST-A", "name": "A"}]}) == Directory(
        customers=(Customer("CUST-A", "A"),)
    )
    assert parse_directory(changed("customers.0.resellers.0", {"id": "RSL-ACME"})).links == (
        Link("RSL-ACME", "CUST-NORTHWIND", "", Registration.UNREGISTERED),
    )
    assert parse_directory(changed("resellers.0.members.0.email", ...)).members[0].email == ""


KNOWN = "id, name, msp_ids, sold_to_codes, members, notify, api_keys"


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("resellers.0.name", ..., "resellers[0].name: missing"),
        (
            "resellers.0.name",
            "  ",
            "resellers[0].name: '  ' is empty, too long, or has characters that cannot be shown",
        ),
        ("resellers.0.nmae", "x", f"resellers[0].nmae: unknown; known here are {KNOWN}"),
        ("reseller", [], "reseller: unknown; known here are operators, resellers, customers"),
        ("operators", {}, "operators: {} where a list was expected"),
        ("resellers.1", 7, "resellers[1]: 7 where a mapping was expected"),
        ("resellers.0.notify", "C0ACME", "resellers[0].notify: 'C0ACME' where a mapping was expected"),
        ("resellers.0.notify.channel", "#acme", "resellers[0].notify.channel: '#acme' does not look like C0ACME"),
        ("resellers.0.msp_ids.0", "CONTOSO", "resellers[0].msp_ids[0]: 'CONTOSO' does not look like MSP-CONTOSO"),
        (
            "resellers.0.msp_ids.1",
            "MSP-CONTOSO",
            "resellers[0].msp_ids[1]: MSP-CONTOSO stands at resellers[0].msp_ids[0] already",
        ),
        (
            "resellers.0.members.0.role",
            "boss",
            "resellers[0].members[0].role: 'boss' is not one of viewer, uploader, admin",
        ),
        (
            "customers.0.members.0.role",
            "uploader",
            "customers[0].members[0].role: 'uploader' is not one of viewer, approver, admin",
        ),
        ("customers.0.members.0.role", ..., "customers[0].members[0].role: missing"),
        ("resellers.0.members.0.user", "U0#RAE", "resellers[0].members[0].user: 'U0#RAE' does not look like U0RAE"),
        (
            "resellers.0.members.0.email",
            "rae",
            "resellers[0].members[0].email: 'rae' does not look like an email address",
        ),
        (
            "resellers.0.sold_to_codes.0.code",
            1002003,
            "resellers[0].sold_to_codes[0].code: 1002003 is not text; put quotes around it",
        ),
        (
            "resellers.0.sold_to_codes.1",
            {"alias": "main", "code": "2"},
            "resellers[0].sold_to_codes[1].alias: main stands at resellers[0].sold_to_codes[0].alias already",
        ),
        (
            "resellers.0.members.1",
            RAW["resellers"][0]["members"][0],
            "resellers[0].members[1].user: U0RAE of T0ACME stands at resellers[0].members[0].user already",
        ),
        (
            "operators.1",
            RAW["operators"][0],
            "operators[1].user: U0OPS of T0OPS stands at operators[0].user already",
        ),
        (
            "resellers.1",
            {"id": "RSL-ACME", "name": "Again"},
            "resellers[1].id: RSL-ACME stands at resellers[0].id already",
        ),
        (
            "customers.0.resellers.0.registered",
            "yes",
            "customers[0].resellers[0].registered: 'yes' is not true or false",
        ),
        (
            "customers.0.resellers.0.id",
            "RSL-NOBODY",
            "customers[0].resellers[0].id: there is no reseller RSL-NOBODY in this file",
        ),
        (
            "customers.0.resellers.1",
            {"id": "RSL-ACME"},
            "customers[0].resellers[1].id: RSL-ACME stands at customers[0].resellers[0].id already",
        ),
        (
            "customers.0.api_keys.0.key",
            "local-acme-key",
            "customers[0].api_keys[0].key: the same key stands at resellers[0].api_keys[0].key already",
        ),
        (
            "resellers.0.api_keys.1",
            {"name": "erp", "key": "another-key", "role": "viewer"},
            "resellers[0].api_keys[1].name: erp stands at resellers[0].api_keys[0].name already",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(path, value, fault):
    assert faults_of(changed(path, value)) == [fault]


@pytest.mark.parametrize("account", ["ACME", "rsl-acme", "RSL-A#B", "RSL-A/B", "RSL-_many", "CUST-ACME", ""])
def test_an_account_id_has_its_shape(account):
    raw = changed("resellers.0.id", account)
    raw["customers"] = []

    assert len(faults_of(raw)) == 1


def test_an_msp_id_is_one_customer_s():
    raw = changed("customers.0.msp_id", "MSP-CONTOSO")
    raw["customers"].append({"id": "CUST-B", "name": "B", "msp_id": "MSP-CONTOSO"})

    assert faults_of(raw) == ["customers[1].msp_id: MSP-CONTOSO stands at customers[0].msp_id already"]


def test_the_same_user_id_in_two_workspaces_is_no_fault():
    other = {"team": "T0NW", "user": "U0RAE", "name": "Rae N", "role": "viewer"}

    assert len(parse_directory(changed("resellers.0.members.1", other)).members) == 3


def test_a_person_in_two_accounts_is_no_fault():
    same = {"team": "T0ACME", "user": "U0RAE", "name": "Rae", "role": "viewer"}

    assert len(parse_directory(changed("customers.0.members.1", same)).members) == 3


def test_all_faults_come_at_once():
    raw = {
        "operators": [{"team": "T0OPS"}],
        "resellers": [{"id": "ACME", "members": [{"role": "boss"}]}],
        "customers": "none",
    }

    faults = faults_of(raw)

    assert [fault.partition(":")[0] for fault in faults] == [
        "operators[0].user",
        "operators[0].name",
        "resellers[0].id",
        "resellers[0].members[0].team",
        "resellers[0].members[0].user",
        "resellers[0].members[0].name",
        "resellers[0].members[0].role",
        "resellers[0].name",
        "customers",
    ]


@pytest.mark.parametrize("raw", [None, [], "text", 7])
def test_a_file_that_is_no_mapping(raw):
    assert faults_of(raw) == [f"{raw!r} where a mapping was expected"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["RSL-A", "CUST-A", "admin"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*RAW, "id", "name", "members", "role", "team", "user", "msp_ids", "api_keys", "key", "notify"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_anything_at_all_is_read_or_refused(raw):
    with contextlib.suppress(DirectoryError):
        assert isinstance(parse_directory(raw), Directory)


@pytest.fixture(scope="module")
def directory():
    path = Path(__file__).parents[2] / "local" / "directory.yaml"
    return parse_directory(yaml.safe_load(path.read_text(encoding="utf-8")))


class TestDefaultFile:
    def test_the_companies(self, directory):
        assert {reseller.id: reseller.msp_ids for reseller in directory.resellers} == {
            "RSL-ACME": ("MSP-CONTOSO",),
            "RSL-BOLTWAVE": ("MSP-CONTOSO",),
        }
        assert {customer.id: customer.msp_id for customer in directory.customers} == {
            "CUST-NORTHWIND": None,
            "CUST-CONTOSO": "MSP-CONTOSO",
            "CUST-FABRIKAM": None,
        }
        assert [(link.reseller, link.customer, link.registered) for link in directory.links] == [
            ("RSL-ACME", "CUST-NORTHWIND", Registration.REGISTERED),
            ("RSL-BOLTWAVE", "CUST-FABRIKAM", Registration.UNREGISTERED),
        ]

    def test_it_has_everything_of_the_documented_example(self, directory):
        example = parse_directory(RAW)

        for field in ("operators", "members", "links", "keys", "resellers"):
            assert set(getattr(example, field)) <= set(getattr(directory, field))

    def test_each_company_has_a_team_of_its_own_with_somebody_for_every_role(self, directory):
        roles, teams = defaultdict(set), defaultdict(set)
        for member in directory.members:
            roles[member.account].add(member.role)
            teams[member.account].add(member.team)

        assert len(roles) == 5
        for held in roles.values():
            assert held == set(type(next(iter(held))))
            assert any(allows(role, Act.UPLOAD) or allows(role, Act.DECIDE) for role in held)
        assert all(len(team) == 1 for team in teams.values())
        assert len({team for one in teams.values() for team in one} | {"T0OPS"}) == 6

    def test_all_addresses_are_made_up(self, directory):
        assert all(member.email.endswith(".example") for member in directory.members)
