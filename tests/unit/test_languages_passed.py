"""Whoever calls something that says texts hands on the language; else half of a German message would be English."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROLLCALL = ROOT / "layers/common/rollcall"
FOLDERS = [
    *(ROLLCALL / name for name in ("views", "desk", "telling", "errands", "webpage")),
    ROOT / "bot",
    ROOT / "functions",
]
FILES = [path for folder in FOLDERS for path in folder.rglob("*.py")]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
#: Modules in which only operators are spoken to, in English, and the HTTP API, whose problems are English.
ENGLISH = {"operator", "operators", "operator_letters", "operator_lists", "catalogues", "starting"}
#: Functions elsewhere that speak to operators alone, by their modules.
TO_OPERATORS = {
    ("accounts", "operator_me"),
    ("home", "operator_home"),
    ("insights", "*"),
    ("invitations", "operators_list"),
    ("invitations", "_take_back"),
    ("people_inviting", "_by_operator"),
    ("quality", "of_resellers"),
    ("quality", "no_operator_period"),
    # It is said already, and stands below a message, where nothing of ours is around it.
    ("uploads", "_show_below"),
}


def functions():
    """(module, function) → the place of ``say`` among its arguments, None where it goes by name, and of ``reader``."""
    found = {}
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args) if arg.arg != "self"]
                if "say" in names or "say" in [arg.arg for arg in node.args.kwonlyargs]:
                    places = {name: names.index(name) for name in ("say", "reader") if name in names}
                    found[path.stem, node.name] = places
    return found


def called(tree, module):
    """Each call of a tree, with the (module, function) it is of as far as its imports say, and the function around."""
    imported = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported |= {one.asname or one.name: (node.module.rpartition(".")[2], one.name) for one in node.names}
    yield from calls_below(tree, "", module, imported)


def calls_below(node, around, module, imported):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and around:
            func = child.func
            if isinstance(func, ast.Name):
                yield child, imported.get(func.id, (module, func.id)), around
            elif isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
                yield child, (imported.get(func.value.id, ("", func.value.id))[1], func.attr), around
        below = child.name if isinstance(child, ast.FunctionDef) else around
        yield from calls_below(child, below, module, imported)


def hands_on(call, places):
    """Whether a call names the language, or the reader who has one."""
    if any(one.arg in ("say", "reader", None) for one in call.keywords):
        return True
    return any(isinstance(one, ast.Starred) for one in call.args) or any(len(call.args) > at for at in places.values())


def test_every_caller_hands_the_language_on():
    known = functions()
    assert len(known) > 100
    forgot = []
    for path, tree in TREES.items():
        if path.stem in ENGLISH:
            continue
        for call, name, around in called(tree, path.stem):
            spared = {(path.stem, around), (path.stem, "*")} & TO_OPERATORS
            if name in known and not spared and not hands_on(call, known[name]):
                forgot.append(f"{path.relative_to(ROOT)}:{call.lineno} {'.'.join(name)}")
    assert forgot == []
