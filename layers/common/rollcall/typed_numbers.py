"""Whole numbers as people write them: in groups of three, with whatever their language puts between (rows B16, B17)."""

from __future__ import annotations

import re
from typing import Final

#: Between groups of three: English comma, German point, Swiss apostrophes, blanks of all widths that keyboards and
#: spreadsheets make (no-break, figure, thin, narrow no-break).
_BETWEEN: Final = ",.'\u2019 \u00a0\u2007\u2009\u202f"
_WHOLE: Final = re.compile(rf"\d+|\d{{1,3}}([{_BETWEEN}])\d{{3}}(?:\1\d{{3}})*", re.ASCII)
#: Characters of a number that anybody means; Python refuses to read thousands of digits.
_LONGEST: Final = 40


def read_whole(typed: str) -> int | None:
    """A whole number, or None for what is none.

    What stands between groups of three is the same between all of them. Whatever else has a comma or a point in it may
    be a decimal fraction, and is not guessed at: ``1,5`` is none.

    Args:
        typed: as it was typed; blanks around it do not matter.
    """
    text = typed.strip()
    if len(text) > _LONGEST or not _WHOLE.fullmatch(text):
        return None
    return int(re.sub(rf"[{_BETWEEN}]", "", text))
