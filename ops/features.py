"""Keeps docs/features.md true: which test shows which row."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from ops import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE: Final = ROOT / "docs" / "features.md"
_ROW: Final = re.compile(r"^\| ([PB]\d+) \| (.*?) \| (done|part|not yet) \|.*?\|$", re.MULTILINE)


def marked_tests(tests: Path) -> dict[str, list[str]]:
    """Feature row → the tests that carry its mark, as ``tests/unit/test_x.py::test_y``, sorted."""
    found: dict[str, set[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        name = path.relative_to(tests.parent).as_posix()
        for test, row in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(row, set()).add(f"{name}::{test}")
    return {row: sorted(names) for row, names in found.items()}


def features_page(page: str, marked: dict[str, list[str]]) -> str:
    """The page with its last column written anew."""

    def row(match: re.Match[str]) -> str:
        files: dict[str, int] = {}
        for test in marked.get(match[1], []):
            file = test.split("::")[0]
            files[file] = files.get(file, 0) + 1
        tests = ", ".join(f"`{file}` ({count})" for file, count in files.items())
        return f"| {match[1]} | {match[2]} | {match[3]} | {tests} |".replace(" |  |", " | |")

    return _ROW.sub(row, page)


def states(page: str) -> dict[str, str]:
    """Feature row → ``done``, ``part`` or ``not yet``, as the page says."""
    return {match[1]: match[3] for match in _ROW.finditer(page)}


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    module_rows = [
        row
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)
        for row in _rows(node.value)
    ]
    for node in tree.body:
        around = _of(node) if isinstance(node, ast.ClassDef) else []
        for test in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                for row in [*module_rows, *around, *_of(test)]:
                    yield test.name, row


def _of(node: ast.ClassDef | ast.FunctionDef) -> list[str]:
    return [row for decorator in node.decorator_list for row in _rows(decorator)]


def _rows(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "feature":
            for argument in call.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
