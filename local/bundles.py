"""Zips of the functions and of the layer, as Lambda takes them.

A bundle is a folder's own files and the packages its ``requirements.txt`` names. The packages are installed once for
each content of that file; own files are packed fresh every time, each module with what it compiles to. The same content
always gives the same bytes, so code that did not change is not deployed again.
"""

from __future__ import annotations

import compileall
import hashlib
import py_compile
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Installed packages, a folder for each content of a requirements.txt; kept in the virtual environment, because they
#: are made by its Python and should go when it goes.
CACHE = Path(sys.prefix) / "share" / "rollcall" / "packages"

#: The AWS services that functions talk to. botocore describes four hundred; the others are left out here, as they are
#: most of what every cold start of the local stack has to unpack (1.5 s with, 0.5 s without). On AWS the layer has all.
SERVICES = frozenset({"dynamodb", "dynamodbstreams", "events", "kms", "s3", "secretsmanager", "sqs", "ssm", "sts"})

#: What own modules compile to, likewise.
COMPILED = CACHE.with_name("compiled")

#: By hash and not by date, since unpacking gives files a new date; and unchecked, since nobody edits a bundle.
_BY_HASH = py_compile.PycInvalidationMode.UNCHECKED_HASH

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name; true times would change every zip


class BundleError(Exception):
    """A bundle could not be made; says why."""


def pack(source: Path, target: Path, *, under: str = "") -> str:
    """Packs a folder and its packages into a zip.

    Args:
        source: folder of the code, with or without a ``requirements.txt``.
        target: the zip to write; replaced where it exists.
        under: folder inside the zip: empty for a function, ``python`` for a layer.

    Returns:
        SHA-256 of the zip in hex.

    Raises:
        BundleError: there is no such folder, or a package could not be installed.
    """
    if not source.is_dir():
        raise BundleError(f"There is no folder {source} to pack.")
    target.unlink(missing_ok=True)
    requirements = source / "requirements.txt"
    if requirements.exists():
        shutil.copyfile(_zipped(packages(requirements), under), target)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as bundle:
        for file in _files(source):
            # Compiled files of the source tree belong to whoever ran it last; the list of packages is of no use there.
            if "__pycache__" in file.parts or file == requirements:
                continue
            name = PurePosixPath(under) / file.relative_to(source).as_posix()
            _add(bundle, file, name)
            if file.suffix == ".py":
                _add(bundle, _compiled(file, name), _beside(name))
    return hashlib.sha256(target.read_bytes()).hexdigest()


def packages(requirements: Path) -> Path:
    """Folder with the packages of a requirements.txt, installed now or by an earlier call.

    Args:
        requirements: the file; its versions carry hashes, which are checked.

    Raises:
        BundleError: a package could not be installed.
    """
    content = requirements.read_bytes() + repr(sorted(SERVICES)).encode()
    folder = CACHE / hashlib.sha256(content).hexdigest()[:16]
    if folder.exists():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=CACHE, prefix=".new-"))
    try:
        _install(requirements, new)
        new.rename(folder)
    except OSError:
        if not folder.exists():  # else another process was as fast, and its folder is as good as ours
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder


def _install(requirements: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-progress", "--require-hashes"]
    command += ["--python", sys.executable, "--target", str(folder), "--requirement", str(requirements)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - all words are our own
    if done.returncode:
        raise BundleError(f"Could not install the packages of {requirements}:\n{done.stderr.strip()}")
    for described in (folder / "botocore" / "data").glob("*/"):
        if described.name not in SERVICES:
            shutil.rmtree(described)
    compileall.compile_dir(folder, quiet=2, stripdir=str(folder), invalidation_mode=_BY_HASH)
    folder.chmod(0o755)


def _zipped(folder: Path, under: str) -> Path:
    """The packages as a zip, made once: packing and deflating a few thousand files takes two seconds."""
    made = folder.with_name(f"{folder.name}-{under or 'root'}.zip")
    if not made.exists():
        with (
            tempfile.NamedTemporaryFile(dir=CACHE, prefix=".new-", delete=False) as new,
            zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as bundle,
        ):
            for file in _files(folder):
                _add(bundle, file, PurePosixPath(under) / file.relative_to(folder).as_posix())
        Path(new.name).replace(made)
    return made


def _compiled(file: Path, name: PurePosixPath) -> Path:
    """What a module compiles to, made once for each content: each worker unpacks its bundle, and would compile it."""
    made = COMPILED / f"{hashlib.sha256(file.read_bytes() + str(name).encode()).hexdigest()[:32]}.pyc"
    if not made.exists():
        COMPILED.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=COMPILED, prefix=".new-") as folder:
            new = Path(folder) / made.name
            try:
                py_compile.compile(str(file), str(new), str(name), doraise=True, invalidation_mode=_BY_HASH)
            except py_compile.PyCompileError as error:
                raise BundleError(f"{file} is no Python: {error.msg.strip()}") from error
            new.replace(made)
    return made


def _beside(name: PurePosixPath) -> PurePosixPath:
    """Where Python looks for what a module compiles to."""
    return name.parent / "__pycache__" / f"{name.stem}.{sys.implementation.cache_tag}.pyc"


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder in a fixed order, without hidden ones."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


def _add(bundle: zipfile.ZipFile, file: Path, name: PurePosixPath) -> None:
    entry = zipfile.ZipInfo(str(name), date_time=_EARLIEST)
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    bundle.writestr(entry, file.read_bytes())
