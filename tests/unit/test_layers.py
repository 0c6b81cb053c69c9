"""Layers go one way: functions and the bot, use cases, then the store, and values and how they are shown."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.cloud import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ROLLCALL = ROOT / "layers/common/rollcall"
#: The modules that stand in no package.
TOP = "(top)"
#: Package → what it may import of Rollcall besides itself, for types as well. Those that are not here are use cases.
MAY: dict[str, set[str]] = {
    TOP: set(),
    "german": {TOP, "views"},
    "views": {TOP, "german"},
    "webpage": {TOP, "german", "views"},
    "store": {TOP},
    "slack": {TOP, "store", "views"},
    "worker": {TOP, "store"},
}
#: Packages of functions on values, and what would bring them a clock, an environment, chance, a network or a log.
PURE = (TOP, "german", "views", "webpage")
IMPURE = {
    *("aws_lambda_powertools", "boto3", "botocore", "http.client", "logging", "os", "pynamodb", "random", "secrets"),
    *("slack_bolt", "slack_sdk", "socket", "subprocess", "time", "urllib.request", "uuid"),
}


@cache
def imported_by(path: Path) -> frozenset[str]:
    """All that a module imports by full names, within functions and for types alone as well."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{one.name}" for one in node.names}
    return frozenset(found)


def modules(package: str = "") -> list[Path]:
    """The modules of a package; of all of them where none is named."""
    return [path for path in sorted(ROLLCALL.rglob("*.py")) if package in ("", package_of(path))]


def package_of(path: Path) -> str:
    parts = path.relative_to(ROLLCALL).parts
    return parts[0] if len(parts) > 1 else TOP


def packages_of(path: Path) -> set[str]:
    """Rollcall's packages that a module imports from, but for its own."""
    parts = (name.split(".")[1] for name in imported_by(path) if name.startswith("rollcall."))
    return {part if (ROLLCALL / part).is_dir() else TOP for part in parts} - {package_of(path)}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("package", MAY)
def test_what_lies_below_imports_nothing_from_above(package):
    too_much = {named(path): packages_of(path) - MAY[package] for path in modules(package)}
    assert {path: above for path, above in too_much.items() if above} == {}


@pytest.mark.parametrize("package", PURE)
def test_functions_on_values_have_no_clock_environment_chance_or_network(package):
    brought = {
        named(path): [name for name in imported_by(path) if any(f"{name}.".startswith(f"{bad}.") for bad in IMPURE)]
        for path in modules(package)
    }
    assert {path: impure for path, impure in brought.items() if impure} == {}


def test_use_cases_do_not_go_round_in_circles():
    """Of two that need each other nobody can say which comes first; what both need belongs below them."""
    left: dict[str, set[str]] = {}
    for path in modules():
        if package_of(path) not in MAY:
            left[package_of(path)] = left.get(package_of(path), set()) | packages_of(path)
    while free := {package for package, needs in left.items() if not needs & left.keys()}:
        left = {package: needs & left.keys() for package, needs in left.items() if package not in free}
    assert left == {}


def test_the_layer_knows_nothing_of_those_who_use_it():
    users = {"bot", "functions", "handler", "listeners", "local", "ops", "tests"}
    known = {named(path): {name.partition(".")[0] for name in imported_by(path)} & users for path in modules()}
    assert {path: above for path, above in known.items() if above} == {}


def test_a_function_imports_no_other_and_nothing_of_the_laptop():
    handlers = sorted((ROOT / "functions").glob("*/*.py"))
    others = {path.parent.name for path in handlers} | {"bot", "functions", "listeners", "local", "ops", "tests"}
    known = {
        named(path): {name.partition(".")[0] for name in imported_by(path)} & others - {path.parent.name}
        for path in (*handlers, *(ROOT / "bot").rglob("*.py"))
    }
    known = {path: above - {"listeners"} if path.startswith("bot/") else above for path, above in known.items()}
    assert {path: above for path, above in known.items() if above} == {}
