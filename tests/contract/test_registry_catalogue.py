"""The catalogue in the table: an edition counts whole or not at all, and look-ups cost next to nothing."""

from __future__ import annotations

import json
from collections import Counter

import boto3
import pytest

from ops import catalogue as command
from rollcall.identifiers import Identifier, IdKind
from rollcall.registry import Inquiry, Opinion
from rollcall.registry_catalogue import edition_of, read_catalogue
from rollcall.store.registry_catalogue import FRESH, CatalogueRegistry, CatalogueStore
from rollcall.store.transactions import Transactions
from tests.cloud import REGION
from tests.stock import imei

pytestmark = pytest.mark.feature("P7")


class Counted:
    """A client that counts its calls, and may stop working."""

    def __init__(self):
        self._client = boto3.client("dynamodb", region_name=REGION)
        self.calls = Counter()
        self.left = None

    def __getattr__(self, name):
        operation = getattr(self._client, name)

        def call(**arguments):
            if self.left is not None:
                if not self.left:
                    raise ConnectionError("the worker died")
                self.left -= 1
            self.calls[name] += 1
            return operation(**arguments)

        return call


@pytest.fixture
def client(accounts_table):
    return Counted()


@pytest.fixture
def store(client, accounts_table):
    return CatalogueStore(client, Transactions(client, seconds_left=lambda: 60.0), accounts_table)


def catalogue(*lines, at="2026-03-01T09:30:00Z"):
    read = read_catalogue(["tac,model\n", *(f"{line}\n" for line in lines)], ",")
    return edition_of(read, at=at, by="ops", source="tacs.csv"), read.models


def inquiries(*tacs):
    return [Inquiry("RSL-ACME", {"imei": Identifier(IdKind.IMEI, imei(f"{tac}564380"))}) for tac in tacs]


def items(client, table):
    return Counter(item["pk"]["S"] for item in client._client.scan(TableName=table)["Items"])


MANY = [f"{number:08},SM-{number}" for number in range(60)]


def test_an_edition_is_found_again_code_by_code(store):
    edition, models = catalogue("35693803,SM-A556B", "35180000,SM-G991B", "35180000,SM-G991U", "11111111,")
    assert store.current() is None
    assert store.load(edition, models) == ""

    assert store.current() == edition
    assert store.models(edition.id, ["35693803", "35180000", "99999999", "11111111"]) == {
        "35693803": ("SM-A556B",), "35180000": ("SM-G991B", "SM-G991U"), "11111111": (),
    }  # fmt: skip


def test_a_load_that_dies_anywhere_changes_nothing_and_goes_on(store, client, accounts_table):
    first, models = catalogue("35693803,SM-A556B")
    store.load(first, models)
    second, many = catalogue(*MANY)
    for calls in range(20):
        client.left = calls
        try:
            done = store.load(second, many)
        except ConnectionError:
            client.left = None
            assert store.current() == first
            continue
        break
    client.left = None

    assert done == ""
    assert calls > 3, "it was killed at each of its calls"
    assert store.current() == second
    assert items(client, accounts_table)[f"catalogue#{second.id}"] == 60
    assert store.load(second, many) == ""


def test_a_load_that_runs_out_of_time_says_where_to_go_on(client, accounts_table):
    left = iter([60.0, 60.0, 0.0])
    hurried = CatalogueStore(client, Transactions(client, seconds_left=lambda: next(left)), accounts_table)
    edition, models = catalogue(*MANY)

    after = hurried.load(edition, models)
    assert after == "00000049"
    assert hurried.current() is None
    patient = CatalogueStore(client, Transactions(client, seconds_left=lambda: 60.0), accounts_table)
    before = client.calls["batch_write_item"]
    assert patient.load(edition, models, after=after) == ""
    assert client.calls["batch_write_item"] - before == 1
    assert items(client, accounts_table)[f"catalogue#{edition.id}"] == 60


def test_the_edition_before_stays_for_those_who_know_no_newer_and_older_ones_go(store, client, accounts_table):
    editions = []
    for number in range(3):
        edition, models = catalogue(*MANY, f"9999999{number},SM-X")
        store.load(edition, models)
        editions.append(edition.id)

    found = items(client, accounts_table)
    assert [found[f"catalogue#{one}"] for one in editions] == [0, 61, 61]
    back, models = catalogue(*MANY, "99999991,SM-X")
    store.load(back, models)
    assert store.current() == back
    assert store.models(back.id, ["99999991"]) == {"99999991": ("SM-X",)}


def test_a_look_up_asks_once_for_each_code_and_a_hundred_at_a_time(store, client):
    edition, models = catalogue(*MANY)
    store.load(edition, models)
    now = [1000.0]
    registry = CatalogueRegistry(store, clock=lambda: now[0])
    client.calls.clear()

    asked = inquiries(*(f"{number % 250:08}" for number in range(2_000)))
    verdicts = registry.ask(asked)

    assert Counter(one.opinion for one in verdicts) == {Opinion.RECOGNISED: 480, Opinion.UNKNOWN: 1_520}
    assert client.calls == {"get_item": 1, "batch_get_item": 3}
    assert registry.ask(asked) == verdicts
    assert client.calls == {"get_item": 1, "batch_get_item": 3}, "what is known is not asked again"
    now[0] += FRESH
    registry.ask(asked)
    assert client.calls == {"get_item": 2, "batch_get_item": 3}


def test_a_new_edition_is_noticed_within_half_a_minute(store):
    edition, models = catalogue("35693803,SM-A556B")
    now = [1000.0]
    registry = CatalogueRegistry(store, clock=lambda: now[0])
    asked = inquiries("35693803", "35180000")
    assert {one.opinion for one in registry.ask(asked)} == {Opinion.NONE}
    store.load(edition, models)
    now[0] += FRESH
    assert [one.opinion for one in registry.ask(asked)] == [Opinion.RECOGNISED, Opinion.UNKNOWN]
    store.load(*catalogue("35180000,SM-G991B"))
    assert [one.opinion for one in registry.ask(asked)] == [Opinion.RECOGNISED, Opinion.UNKNOWN]
    now[0] += FRESH

    assert [one.opinion for one in registry.ask(asked)] == [Opinion.UNKNOWN, Opinion.RECOGNISED]


@pytest.fixture
def stack(accounts_table):
    """A stack in AWS whose accounts table is the test's."""
    template = {
        "Resources": {"Q": {"Type": "AWS::SQS::Queue"}},
        "Outputs": {"AccountsTableName": {"Value": accounts_table}},
    }
    formation = boto3.client("cloudformation", region_name=REGION)
    formation.create_stack(StackName="rollcall", TemplateBody=json.dumps(template))
    yield
    formation.delete_stack(StackName="rollcall")


def test_an_operator_loads_a_file_and_reads_what_is_in_it(stack, store, tmp_path, capsys):
    path = tmp_path / "tacs.csv"
    path.write_text("tac,model\n35693803,SM-A556B\n5180000,SM-G991B\n")

    assert command.main([str(path), "--check"]) == 0
    assert store.current() is None
    assert command.main([str(path)]) == 0

    said = capsys.readouterr().out
    assert "1 type allocation codes, 1 pairs" in said
    assert "line 3: '5180000'" in said
    assert store.current().codes == 1
    assert store.models(store.current().id, ["35693803"]) == {"35693803": ("SM-A556B",)}


def test_a_file_that_is_no_catalogue_changes_nothing(stack, store, tmp_path, capsys):
    path = tmp_path / "tacs.csv"
    path.write_text("imei\n356938035643809\n")

    assert command.main([str(path)]) == 2
    assert command.main([str(tmp_path / "nowhere.csv")]) == 2
    assert "is no catalogue" in capsys.readouterr().err
    assert store.current() is None


def test_a_stack_that_is_not_there_is_said(aws, tmp_path, capsys):
    path = tmp_path / "tacs.csv"
    path.write_text("tac,model\n35693803,SM-A556B\n")

    assert command.main([str(path), "--stack", "nowhere"]) == 1
    assert "could not be loaded" in capsys.readouterr().err
