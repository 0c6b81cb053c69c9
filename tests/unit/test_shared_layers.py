"""Layers are unpacked once, whoever comes first; all else as always."""

from __future__ import annotations

import tempfile
import zipfile

import pytest

from local.shared_layers import LayerFile

FILES = {"python/a.py": b"a = 1", "python/b/c.py": b"c = 2"}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Where the layers are kept."""
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def unpacked(folder, name, files=FILES):
    """What a worker does."""
    folder.mkdir()
    with zipfile.ZipFile(folder / name, "w") as made:
        for path, content in files.items():
            made.writestr(path, content)
    target = folder / "layer_0"
    target.mkdir()
    with LayerFile(folder / name) as archive:
        names = archive.namelist()
        archive.extractall(target)
    assert {path: (target / path).read_bytes() for path in files} == files
    return target, names


def test_two_workers_have_one_layer(tmp_path, kept):
    (one, names), (other, _) = (unpacked(tmp_path / worker, "layer_0.zip") for worker in "ab")
    assert one.is_symlink()
    assert one.resolve() == other.resolve()
    assert len(list(kept.iterdir())) == 1
    assert names == ["python"]


def test_another_layer_is_another_folder(tmp_path, kept):
    one, _ = unpacked(tmp_path / "a", "layer_0.zip")
    other, _ = unpacked(tmp_path / "b", "layer_0.zip", {"python/a.py": b"a = 3"})
    assert one.resolve() != other.resolve()
    assert len(list(kept.iterdir())) == 2


def test_what_was_cut_short_is_unpacked_again(tmp_path, kept):
    one, _ = unpacked(tmp_path / "a", "layer_0.zip")
    one.resolve().rename(one.resolve().with_suffix(".new"))
    (one.resolve().with_suffix(".new") / "python/a.py").unlink()
    assert unpacked(tmp_path / "b", "layer_0.zip")[0].is_symlink()


def test_a_function_s_own_files_are_its_own(tmp_path, kept):
    target, names = unpacked(tmp_path / "a", "code.zip")
    assert not target.is_symlink()
    assert names == list(FILES)
    assert not list(kept.iterdir())
