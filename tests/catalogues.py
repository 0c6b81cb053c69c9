"""Catalogues of the manufacturer's for tests, and registries that answer as told."""

from __future__ import annotations

from dataclasses import dataclass, field

from rollcall.registry import Opinion, Verdict
from rollcall.registry_catalogue import edition_of, read_catalogue


def load(chain, *lines, at="2026-02-01T08:00:00Z"):
    """Loads a catalogue of such lines; the edition."""
    catalogue = read_catalogue(["tac,model\n", *(f"{line}\n" for line in lines)], ",")
    edition = edition_of(catalogue, at=at, by="ops", source="tacs.csv")
    assert chain.catalogue().load(edition, catalogue.models) == ""
    return edition


@dataclass
class Told:
    """A registry that says what it was told to, and remembers what it was asked.

    Attributes:
        opinions: one for each call, the last one for all further ones.
        asked: the inquiries of each call.
    """

    opinions: list = field(default_factory=lambda: [Opinion.RECOGNISED])
    asked: list = field(default_factory=list)

    def ask(self, inquiries):
        self.asked.append(list(inquiries))
        opinion = self.opinions[min(len(self.asked), len(self.opinions)) - 1]
        return [Verdict(opinion)] * len(inquiries)


@dataclass
class Doubting:
    """A registry that recognises every device but one.

    Attributes:
        number: the IMEI that it does not know.
    """

    number: str

    def ask(self, inquiries):
        return [
            Verdict(Opinion.UNKNOWN if one.ids["imei"].value == self.number else Opinion.RECOGNISED)
            for one in inquiries
        ]
