"""What the manufacturer's registry makes of the rows of a chunk: the state they are stored in, models, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall import layout
from rollcall.registry import Inquiry, Opinion, Strictness, Verdict, notes_of, status_of
from rollcall.rows import SLOTS, with_model
from rollcall.transitions import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.registry import Registry
    from rollcall.rows import FileContext, Row
    from rollcall.store.objects import Objects
    from rollcall.uploads import Upload


class RegistryUnavailableError(Exception):
    """The registry did not answer; the chunk is to be tried again later."""


class Recogniser:
    """Asks the registry about rows.

    Args:
        registry: who is asked.
        objects: the bucket, where answers are kept that must not change from one try to the next.
        strictness: what becomes of a device that is not recognised.
        last: the queue brings the chunk no more after this try, so that no answer is an answer, too.
    """

    def __init__(self, registry: Registry, objects: Objects, *, strictness: Strictness, last: bool) -> None:
        self._registry = registry
        self._objects = objects
        self._strictness = strictness
        self._last = last

    def judge(
        self, upload: Upload, number: int, rows: Sequence[Row], context: FileContext
    ) -> tuple[list[Row], list[Status]]:
        """The rows with what the registry has to say about them, and the state in which each would be stored.

        Args:
            upload: the upload.
            number: of the chunk.
            rows: as judged by themselves, in the order of the chunk.
            context: what holds for the file.

        Raises:
            RegistryUnavailableError: it did not answer, and it is not too late to ask again.
        """
        places = [place for place, row in enumerate(rows) if row.ids]
        verdicts = self._verdicts(upload, number, [rows[place] for place in places], context)
        judged, statuses = list(rows), [Status.PENDING] * len(rows)
        for place, verdict in zip(places, verdicts, strict=True):
            judged[place] = self._with_verdict(rows[place], verdict, context)
            statuses[place] = status_of(verdict, self._strictness)
        return judged, statuses

    def _verdicts(self, upload: Upload, number: int, rows: Sequence[Row], context: FileContext) -> list[Verdict]:
        """The registry's verdicts; where devices are stored by them, the same at every try.

        A chunk that is tried again has stored some devices already. Had the registry changed its mind since, its
        report would tell of another state than they have, and its figures would not add up.
        """
        binding = self._strictness is Strictness.MPTS_ERROR and not upload.check_only
        if not binding:
            return self._ask(upload, rows, context)
        key = layout.verdicts_key(upload.id, number)
        kept = self._objects.lines_if_there(key)
        if kept is None:
            asked = self._ask(upload, rows, context)
            if self._objects.put_lines_once(key, [[one.opinion.value, one.models] for one in asked]):
                return asked
            kept = self._objects.lines_if_there(key) or []
        return [Verdict(Opinion(opinion), tuple(models)) for opinion, models in kept]

    def _ask(self, upload: Upload, rows: Sequence[Row], context: FileContext) -> list[Verdict]:
        verdicts = self._registry.ask([Inquiry(upload.reseller, row.ids, context.stc) for row in rows])
        if not self._last and any(one.opinion is Opinion.UNAVAILABLE for one in verdicts):
            raise RegistryUnavailableError
        return verdicts

    def _with_verdict(self, row: Row, verdict: Verdict, context: FileContext) -> Row:
        heading = context.headings[context.columns.index("model")] if "model" in context.columns else "model"
        source = next(row.sources[slot] for slot in SLOTS if slot in row.sources)
        notes = notes_of(verdict, self._strictness, model=row.model, heading=heading, source=source)
        if not row.model.strip() and verdict.model:
            row = with_model(row, verdict.model, context)
        return row.noted(*notes)
