"""A public list of type allocation codes as a catalogue: loaded whole, found again, and in front of real uploads."""

from __future__ import annotations

import csv

import pytest

from rollcall.identifiers import Identifier, IdKind
from rollcall.registry import Inquiry, Opinion
from rollcall.registry_catalogue import edition_of, read_file
from tests.chain import Chain, sample_directory, sample_file
from tests.cloud import running_cloud
from tests.corpora import DATA, needs
from tests.stock import imei

WIDE, PAIRS = DATA / "tac" / "samloader_samsung_tacs.csv", DATA / "tac" / "samsung_tac_model_pairs.csv"
pytestmark = [
    pytest.mark.feature("P7"),
    needs(PAIRS),
]


@pytest.fixture(scope="module")
def pairs():
    """What the file says, read by the standard library: (code, model)."""
    with PAIRS.open(encoding="utf-8-sig", newline="") as file:
        return [(row["tac"], row["model"].strip()) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def loaded():
    """A cloud into which the list was loaded."""
    with running_cloud(chunk_rows=500) as cloud:
        cloud.accounts.apply(sample_directory())
        chain = Chain(cloud)
        catalogue = read_file(PAIRS)
        edition = edition_of(catalogue, at="2026-03-01T09:30:00Z", by="ops", source=PAIRS.name)
        assert chain.catalogue().load(edition, catalogue.models) == ""
        yield chain, catalogue


def test_all_pairs_are_read_but_those_whose_code_lost_a_digit(pairs):
    catalogue = read_file(PAIRS)

    assert len(pairs) == 40_530
    assert catalogue.bad == sum(len(tac) != 8 for tac, _ in pairs) == 46
    good = {(tac, model) for tac, model in pairs if len(tac) == 8}
    assert {(tac, model) for tac, models in catalogue.models.items() for model in models} == good
    assert catalogue.pairs == len(good) == 40_484


def test_the_ragged_list_and_the_list_of_pairs_are_the_same_catalogue():
    wide, long = read_file(WIDE), read_file(PAIRS)

    assert {tac: set(models) for tac, models in wide.models.items()} == {
        tac: set(models) for tac, models in long.models.items()
    }


def test_codes_are_found_with_their_models(loaded):
    chain, catalogue = loaded
    registry = chain.registries().registry(lambda: 60.0)
    tacs = sorted(catalogue.models)[::7]
    verdicts = registry.ask(
        [Inquiry("RSL-ACME", {"imei": Identifier(IdKind.IMEI, imei(f"{tac}000000"))}) for tac in tacs]
    )

    assert {one.opinion for one in verdicts} == {Opinion.RECOGNISED}
    assert [one.models for one in verdicts] == [catalogue.models[tac] for tac in tacs]


@pytest.mark.parametrize("name", ["clean_25.csv", "messy.csv", "clean_250.csv"])
def test_it_refuses_no_row_of_real_files(loaded, name):
    chain, _ = loaded
    chain.cloud.empty("DevicesTable")
    report = chain.upload(f"check/RSL-ACME/CUST-NORTHWIND/{name}", sample_file(name))
    without = {code for code in report.summary["by_code"] if code.startswith(("TAC", "MODEL", "NOT_REC", "REG"))}

    assert not without
    assert {row["status"] for row in report.results if row["outcome"] == "stored"} == {"PENDING"}
