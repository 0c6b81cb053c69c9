"""What operators read of a manufacturer's catalogue that was put into the bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count, plain

if TYPE_CHECKING:
    from rollcall.registry_catalogue import Catalogue, Edition
    from rollcall.views.message import Message

_NAMED: Final = 5
#: Characters of a problem.
_LONGEST: Final = 500


def loaded(edition: Edition, catalogue: Catalogue) -> Message:
    """A catalogue counts now.

    Args:
        edition: which.
        catalogue: as it was read.
    """
    alone = sum(len(models) == 1 for models in catalogue.models.values())
    lines = [
        bold(f"The manufacturer's catalogue {code(edition.source)} counts now: {count(edition.codes, 'code')}."),
        f"{count(edition.pairs, 'pair')} of a code and a model; {count(alone, 'code')} of one model only.",
    ]
    if edition.bad:
        lines.append(f"{count(edition.bad, 'line')} left out:")
        lines += [
            f"• line {bad.line}: {code(bad.value, 40)} {plain(bad.problem, _LONGEST)}"
            for bad in catalogue.named[:_NAMED]
        ]
    lines.append("Devices that were stored before keep their state until their reseller says *devices refresh*.")
    return compose(lines[0], [section("\n".join(lines))])


def refused(name: str, problem: str) -> Message:
    """A file that is no catalogue; the one that counts goes on counting.

    Args:
        name: of the file.
        problem: what is wrong with it, in a sentence.
    """
    lines = [
        bold(f"{code(name)} is no catalogue and was not loaded."),
        plain(problem, _LONGEST),
        "The catalogue that counted before still does. Put a mended file under the same key.",
    ]
    return compose(lines[0], [section("\n".join(lines))])
