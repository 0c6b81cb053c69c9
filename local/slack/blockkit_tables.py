"""The shapes of the blocks that show data: table, data_table and charts."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from local.slack import blockkit_limits as limits
from local.slack.blockkit_fields import Flag, Many, Num, Shape, Str, Typed
from local.slack.blockkit_rich_text import RICH_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from local.slack.blockkit_fields import Finding, Rule

CELLS: Final[Mapping[str, Shape]] = {
    "raw_text": Shape({"type": Str(), "text": Str(limits.DATA_TABLE_CHARACTERS)}, frozenset({"type", "text"})),
    "raw_number": Shape(
        {"type": Str(), "value": Num(whole=False), "text": Str(limits.TEXT)}, frozenset({"type", "value"})
    ),
    "rich_text": RICH_TEXT,
}
_CELL: Final = Typed(CELLS, frozenset(CELLS))
_COLUMN: Final = Shape({"align": Str(choices=frozenset({"left", "center", "right"})), "is_wrapped": Flag()})


def texts(value: object) -> Iterator[str]:
    """Yield every string under a key ``text`` inside ``value``, which is what Slack counts as block text."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "text" and isinstance(item, str):
                yield item
            else:
                yield from texts(item)
    elif isinstance(value, list):
        yield from chain.from_iterable(map(texts, value))


def _widths(rows: object) -> list[int]:
    return [len(row) for row in rows if isinstance(row, list)] if isinstance(rows, list) else []


def _rectangular(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    widths = _widths(value.get("rows"))
    if len(set(widths)) > 1:
        yield f"{pointer}/rows", "all rows must have the same number of columns"


def _settings_fit(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    settings, widths = value.get("column_settings"), _widths(value.get("rows"))
    if isinstance(settings, list) and widths and len(settings) > max(widths):
        yield f"{pointer}/column_settings", "more column settings than columns"


def _plain_header(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
    rows = value.get("rows")
    header = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    for index, cell in enumerate(header):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            yield f"{pointer}/rows/0/{index}", "a header cell may not be rich_text"


def _within(high: int) -> Rule:
    def rule(value: Mapping[str, Any], pointer: str) -> Iterator[Finding]:
        if sum(map(len, texts(value.get("rows")))) > high:
            yield f"{pointer}/rows", f"the cells' text must be less than {high + 1} characters"

    return rule


TABLE: Final = Shape(
    {
        "type": Str(),
        "block_id": Str(limits.ID),
        "rows": Many(Many(_CELL, limits.TABLE_COLUMNS), limits.TABLE_ROWS),
        "column_settings": Many(_COLUMN, limits.TABLE_COLUMNS),
    },
    frozenset({"type", "rows"}),
    (_rectangular, _settings_fit, _within(limits.TABLE_CHARACTERS)),
)
DATA_TABLE: Final = Shape(
    {
        "type": Str(),
        "block_id": Str(limits.ID),
        "caption": Str(limits.TEXT),
        "rows": Many(Many(_CELL, limits.TABLE_COLUMNS), limits.DATA_TABLE_ROWS, 2),
        "page_size": Num(1, limits.DATA_TABLE_PAGE),
        "row_header_column_index": Num(0, limits.TABLE_COLUMNS - 1),
    },
    frozenset({"type", "caption", "rows"}),
    (_rectangular, _plain_header, _within(limits.DATA_TABLE_CHARACTERS)),
)

_SEGMENT: Final = Shape(
    {"label": Str(limits.CHART_LABEL), "value": Num(low=1e-300, whole=False)}, frozenset({"label", "value"})
)
_POINT: Final = Shape({"label": Str(limits.CHART_LABEL), "value": Num(whole=False)}, frozenset({"label", "value"}))
_SERIES: Final = Shape(
    {"name": Str(limits.CHART_LABEL), "data": Many(_POINT, limits.CHART_POINTS)}, frozenset({"name", "data"})
)
_AXIS: Final = Shape(
    {
        "categories": Many(Str(limits.CHART_LABEL), limits.CHART_POINTS),
        "x_label": Str(limits.CHART_TITLE),
        "y_label": Str(limits.CHART_TITLE),
    },
    frozenset({"categories"}),
)
_LINES: Final = Shape(
    {"type": Str(), "series": Many(_SERIES, limits.CHART_SERIES), "axis_config": _AXIS},
    frozenset({"type", "series", "axis_config"}),
)
_PIE: Final = Shape({"type": Str(), "segments": Many(_SEGMENT, limits.CHART_SERIES)}, frozenset({"type", "segments"}))
_CHARTS: Final = {"pie": _PIE, "bar": _LINES, "line": _LINES, "area": _LINES}
DATA_VISUALIZATION: Final = Shape(
    {
        "type": Str(),
        "block_id": Str(limits.ID),
        "title": Str(limits.CHART_TITLE),
        "chart": Typed(_CHARTS, frozenset(_CHARTS)),
    },
    frozenset({"type", "title", "chart"}),
)
