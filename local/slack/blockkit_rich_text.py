"""The shapes inside a rich_text block: sections, lists, quotes, code, and the pieces they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from local.slack import blockkit_limits as limits
from local.slack.blockkit_fields import Flag, Many, Num, Shape, Str, Typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.slack.blockkit_fields import Field

_MANY: Final = 10_000  # no published count; the text budget of the message bounds it
_STYLE: Final = Shape(
    {
        name: Flag()
        for name in ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
    }
)


def _piece(*required: str, **fields: Field) -> Shape:
    base: dict[str, Field] = {"type": Str(), "style": _STYLE, **fields}
    return Shape(base, frozenset({"type", *required}))


PIECES: Final[Mapping[str, Shape]] = {
    "text": _piece("text", text=Str(limits.TEXT_IN_MESSAGE)),
    "link": _piece("url", url=Str(limits.URL), text=Str(limits.TEXT_IN_MESSAGE, 0), unsafe=Flag()),
    "user": _piece("user_id", user_id=Str()),
    "usergroup": _piece("usergroup_id", usergroup_id=Str()),
    "channel": _piece("channel_id", channel_id=Str()),
    "team": _piece("team_id", team_id=Str()),
    "broadcast": _piece("range", range=Str(choices=frozenset({"here", "channel", "everyone"}))),
    "color": _piece("value", value=Str()),
    "date": _piece("timestamp", "format", timestamp=Num(), format=Str(), url=Str(limits.URL), fallback=Str()),
    "emoji": _piece("name", name=Str(), unicode=Str(), url=Str(limits.URL)),
}
_ANY_PIECE: Final = Typed(PIECES, frozenset(PIECES))
_CODE_PIECE: Final = Typed(PIECES, frozenset({"text", "link"}))
_SECTION: Final = Shape({"type": Str(), "elements": Many(_ANY_PIECE, _MANY, 0)}, frozenset({"type", "elements"}))
_BORDER: Final = Num(0, 9)
PARTS: Final[Mapping[str, Shape]] = {
    "rich_text_section": _SECTION,
    "rich_text_list": Shape(
        {
            "type": Str(),
            "elements": Many(Typed({"rich_text_section": _SECTION}, frozenset({"rich_text_section"})), _MANY),
            "style": Str(choices=frozenset({"bullet", "ordered"})),
            "indent": Num(0, 8),
            "offset": Num(0),
            "border": _BORDER,
        },
        frozenset({"type", "elements", "style"}),
    ),
    "rich_text_quote": Shape(
        {"type": Str(), "elements": Many(_ANY_PIECE, _MANY), "border": _BORDER}, frozenset({"type", "elements"})
    ),
    "rich_text_preformatted": Shape(
        {"type": Str(), "elements": Many(_CODE_PIECE, _MANY), "border": _BORDER, "language": Str()},
        frozenset({"type", "elements"}),
    ),
}
RICH_TEXT: Final = Shape(
    {
        "type": Str(),
        "block_id": Str(limits.ID),
        "elements": Many(Typed(PARTS, frozenset(PARTS)), _MANY),
    },
    frozenset({"type", "elements"}),
)
