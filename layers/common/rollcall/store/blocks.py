"""One request's worth of an index, and no more: what pynamodb would read on by itself stays unread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from pynamodb.models import Model
    from pynamodb.pagination import ResultIterator

ModelT = TypeVar("ModelT", bound="Model")


@dataclass(frozen=True, slots=True)
class Read(Generic[ModelT]):
    """What one Query brought.

    Attributes:
        items: those that the filter let through.
        last: sort key of the last item that was looked at, if more may follow it; None at the end.
        looked_at: how many items DynamoDB read for it.
    """

    items: tuple[ModelT, ...]
    last: Any
    looked_at: int


def read_block(model: type[ModelT], query: ResultIterator[ModelT], sort_key: str) -> Read[ModelT]:
    """Makes one Query and returns what came.

    Args:
        model: of the items.
        query: as ``model.query`` or an index's gave it, with a ``page_size`` and no ``limit``, and not begun.
        sort_key: name of the string or number that the query runs along.
    """
    pages: Any = query.page_iter
    page = next(pages)
    last = (pages.last_evaluated_key or {}).get(sort_key)
    return Read(
        items=tuple(model.from_raw_data(item) for item in page["Items"]),
        last=None if last is None else int(last["N"]) if "N" in last else last["S"],
        looked_at=page["ScannedCount"],
    )


def along(attribute: Any, start: str | None, *, inclusive: bool, descending: bool) -> Any:  # noqa: ANN401 - pynamodb's types are private
    """The condition that a query runs along a sort key from ``start`` on; None where it starts at the end.

    Args:
        attribute: the sort key.
        start: where to begin; None for the beginning.
        inclusive: whether ``start`` itself counts.
        descending: which way the query runs.
    """
    if start is None:
        return None
    if descending:
        return attribute <= start if inclusive else attribute < start
    return attribute >= start if inclusive else attribute > start
