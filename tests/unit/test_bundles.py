"""Bundles as they are deployed: whole, and the same for the same content."""

import marshal
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from samtranslator.yaml_helper import yaml_parse

from local.bundles import BundleError, pack, packages

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
FUNCTIONS = {
    name: resource["Properties"]
    for name, resource in TEMPLATE["Resources"].items()
    if resource["Type"] == "AWS::Serverless::Function"
}

# What a function's Python starts with on Lambda: its standard library, the layer, the bundle. Nothing of ours.
PREPARE = """
import importlib, pkgutil, sys
sys.path = [*sys.argv[1].split(":"), *(path for path in sys.path if "site-packages" not in path)]
"""
IMPORT_HANDLER = """
module, _, name = sys.argv[2].rpartition(".")
assert callable(getattr(importlib.import_module(module), name))
"""
IMPORT_LAYER = """
import rollcall
for module in pkgutil.walk_packages(rollcall.__path__, "rollcall."):
    importlib.import_module(module.name)
"""


def run_alone(code, *path, argument=""):
    """Runs code with nothing but the standard library and the folders given; what it wrote on failing, else nothing."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-I", "-S", "-c", PREPARE + code, ":".join(map(str, path)), argument],
        check=False,
        capture_output=True,
        text=True,
        # By the first, packages know that they run on Lambda, and import more.
        env={"LAMBDA_TASK_ROOT": "/var/task", "AWS_DEFAULT_REGION": "us-east-1", "PATH": os.environ["PATH"]},
    )
    return done.stderr if done.returncode else ""


@pytest.fixture(scope="module")
def layer(tmp_path_factory):
    """The layer as Lambda unpacks it under /opt."""
    folder = tmp_path_factory.mktemp("layer")
    pack(ROOT / "layers" / "common", folder / "layer.zip", under="python")
    with zipfile.ZipFile(folder / "layer.zip") as bundle:
        bundle.extractall(folder)
    return folder / "python"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_handler_has_all_it_imports(name, layer, tmp_path):
    """The local stack would not notice: its functions also see the packages that it runs with itself."""
    pack(ROOT / FUNCTIONS[name]["CodeUri"], tmp_path / "function.zip")
    with zipfile.ZipFile(tmp_path / "function.zip") as bundle:
        bundle.extractall(tmp_path / "function")
    handler = FUNCTIONS[name].get("Handler", TEMPLATE["Globals"]["Function"]["Handler"])
    assert run_alone(IMPORT_HANDLER, layer, tmp_path / "function", argument=handler) == ""


def test_the_layer_has_all_that_its_modules_import(layer):
    assert run_alone(IMPORT_LAYER, layer) == ""


@pytest.mark.parametrize(("source", "under"), [("bot", ""), ("layers/common", "python")])
def test_own_modules_are_compiled_beforehand(source, under, tmp_path):
    """Every worker of the local stack unpacks its bundle anew, and would compile all of it while somebody waits."""
    pack(ROOT / source, tmp_path / "a.zip", under=under)
    with zipfile.ZipFile(tmp_path / "a.zip") as bundle:
        names = set(bundle.namelist())
        own = [
            name for name in names if name.endswith(".py") and (ROOT / source / name.removeprefix("python/")).exists()
        ]
        assert len(own) > 15
        for name in own:
            folder, _, file = name.rpartition("/")
            compiled = f"{folder}/__pycache__/{file[:-3]}.{sys.implementation.cache_tag}.pyc".lstrip("/")
            flags, code = bundle.read(compiled)[4:8], bundle.read(compiled)[16:]
            assert int.from_bytes(flags, "little") == 0b01, "by its hash, which is not compared"
            assert marshal.loads(code) == compile(bundle.read(name), name, "exec", dont_inherit=True)  # noqa: S302 - our own


def test_what_is_no_python_is_not_packed(tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "handler.py").write_text("def", encoding="utf-8")
    with pytest.raises(BundleError, match=r"handler\.py is no Python"):
        pack(tmp_path / "broken", tmp_path / "a.zip")


def test_the_layer_has_its_packages_under_python(tmp_path):
    pack(ROOT / "layers" / "common", tmp_path / "layer.zip", under="python")
    with zipfile.ZipFile(tmp_path / "layer.zip") as bundle:
        names = bundle.namelist()
    assert len(names) == len(set(names))
    assert {"python/rollcall/settings.py", "python/boto3/__init__.py"} <= set(names)
    assert all(name.startswith("python/") for name in names)


def test_a_changed_file_changes_the_bundle_and_nothing_else_does(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "handler.py").write_text("one")
    (source / "other.py").write_text("other")
    first = pack(source, tmp_path / "bundle.zip")
    (source / "__pycache__").mkdir()
    (source / "__pycache__" / "handler.pyc").write_bytes(b"compiled")
    (source / ".hidden").write_text("an editor's")
    os.utime(source / "handler.py", (1, 1))
    (source / "handler.py").chmod(0o600)
    assert pack(source, tmp_path / "bundle.zip") == first
    (source / "handler.py").write_text("two")
    assert pack(source, tmp_path / "bundle.zip") != first


def test_packages_without_hashes_are_refused(tmp_path):
    """An index that was tampered with must not get code into a bundle."""
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("six==1.17.0\n")
    with pytest.raises(BundleError, match="hash"):
        packages(requirements)


def test_a_folder_that_is_not_there_is_no_empty_bundle(tmp_path):
    with pytest.raises(BundleError, match="no folder"):
        pack(tmp_path / "missing", tmp_path / "bundle.zip")
