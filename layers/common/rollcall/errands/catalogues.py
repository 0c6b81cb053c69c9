"""A manufacturer's catalogue that is put into the bucket is loaded, and operators read what came of it."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rollcall import layout
from rollcall.errands.errand import Done
from rollcall.references import reference
from rollcall.registry_catalogue import CatalogueError, edition_of, read_file
from rollcall.store import clients
from rollcall.store.objects import ObjectGoneError, Objects
from rollcall.store.queues import Queue
from rollcall.uploads import utc
from rollcall.views import catalogues as views

if TYPE_CHECKING:
    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools
    from rollcall.registry_catalogue import Catalogue
    from rollcall.views.message import Message


def import_catalogue(tools: Tools, errand: Errand) -> Done:
    """Loads a catalogue, in as many tries as the time needs; the one that counts goes on counting until it is whole."""
    key, version = errand.message["key"], errand.message["version"]
    if layout.is_folder_marker(key):
        return Done("Folder marker")
    name = PurePosixPath(key).name
    try:
        catalogue = _read(tools, key, version)
    except (CatalogueError, ObjectGoneError) as error:
        _tell(tools, f"{key} {version}", views.refused(name, str(error) or "The file is gone."))
        return Done("File is no catalogue", {"key": key}, warning=True)
    edition = edition_of(catalogue, at=utc(datetime.now(UTC)), by="s3", source=name)
    store = tools.registries.catalogue_store(errand.seconds_left)
    after = store.load(edition, catalogue.models, after=errand.message.get("after", ""))
    if after:
        tools.jobs_queue.send([{**errand.message, "after": after}])
        return Done("Catalogue is loaded in part", {"edition": edition.id, "after": after}, finished=False)
    _tell(tools, f"{edition.id} {version}", views.loaded(edition, catalogue))
    return Done("Catalogue is loaded", {"edition": edition.id, "codes": edition.codes, "bad": edition.bad})


def _read(tools: Tools, key: str, version: str) -> Catalogue:
    objects = Objects(clients.s3(), tools.settings.bucket)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.csv"
        objects.download(key, version, path)
        return read_file(path)


def _tell(tools: Tools, once: str, message: Message) -> None:
    """Tells every operator, each once."""
    Queue(clients.sqs(), tools.settings.notices_queue_url).send(
        [
            {
                "kind": "dm",
                "id": reference(once, operator.person.key),
                "team": operator.team,
                "user": operator.user,
                "text": message.text,
                "blocks": message.blocks,
            }
            for operator in tools.accounts.operators()
        ]
    )
