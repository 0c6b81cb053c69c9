"""Telling apart the encodings that leave no mark: CP949 (Korean), Shift-JIS (CP932), Windows-1252.

Each decodes much of what the others mean, so besides decoding without error, the text must look like its language:
a header word of that language decides, else the share of characters that its texts are usually made of.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from rollcall.synonyms import known_names

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Characters outside ASCII that are judged; more would not change the verdict.
_JUDGED: Final = 20_000
#: Characters within which the header line must end to count.
_HEADER: Final = 4_096
#: Share of the bytes outside ASCII, in percent, that form whole UTF-8 characters in text that was UTF-8 once.
_DAMAGED_UTF8_PERCENT: Final = 80

_LEGACY: Final = ("cp949", "cp932", "cp1252")
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_FOREIGN_BYTES: Final = re.compile(rb"[\x80-\xff]+")
_UTF8_CHARACTER: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_FIRST_LINE: Final = re.compile(r"[\r\n]*([^\r\n]+)[\r\n]")

_KSX1001_LEAD: Final = 0xB0
_KSX1001_TRAIL: Final = 0xA1
_WESTERN_SIGNS: Final = frozenset("–—‘’‚“”„…€£§°ºª«»·•®©™¿¡µ²³½¼¾´¨±\u00a0")  # noqa: RUF001 - these are meant
#: Windows-1252 letters that stand beside another one are rare in its languages (créée, Süßwaren) and the rule where
#: the bytes are pairs: worth by the length of the run.
_WESTERN_RUN: Final = {1: 1.0, 2: 0.5}


class Candidate:
    """A file decoded piece by piece in one encoding.

    Attributes:
        encoding: a Python codec name.
        failed: whether it cannot be this encoding.
        blank: whether there was nothing but blanks so far.
        line: the line reached, from 1; if it failed, the line that failed.
        names_column: whether its first line has a column name with letters outside ASCII.
    """

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.failed = False
        self.blank = True
        self.line = 1
        self.names_column = False
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._header: str | None = ""
        self._judged = 0
        self._worth = 0.0

    @property
    def plausibility(self) -> float:
        """From 0 to 1: how much the text looks like what is written in this encoding."""
        return self._worth / self._judged if self._judged else 0.0

    def feed(self, piece: bytes, *, judge: bool = False, final: bool = False) -> None:
        """Decodes the next piece.

        Args:
            piece: the next bytes.
            judge: whether to look at the text too.
            final: whether these were the last ones.
        """
        if self.failed:
            return
        try:
            text = self._decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            self.failed = True
            self.line += len(_LINE_END.findall(error.object[: error.start].decode(self.encoding, "replace")))
            return
        self.blank = self.blank and not text.strip("\ufeff").strip()
        self.line += text.count("\n") or text.count("\r")
        if judge:
            self._read_header(text)
            self._judge(text)

    def finish(self, *, judge: bool = False) -> None:
        """The file has ended; a character that is not whole fails now."""
        self.feed(b"", judge=judge, final=True)
        if judge and self._header is not None:
            self._read_header("\n")

    def _read_header(self, text: str) -> None:
        if self._header is None:
            return
        self._header += text[:_HEADER]
        line = _FIRST_LINE.match(self._header)
        if line is None and len(self._header) < _HEADER:
            return
        self.names_column = line is not None and any(not name.isascii() for name in known_names(line[1]))
        self._header = None

    def _judge(self, text: str) -> None:
        for run in _FOREIGN.finditer(text):
            if self._judged >= _JUDGED:
                return
            self._judged += len(run[0])
            self._worth += _WORTH[self.encoding](run[0])


def most_plausible(pieces: Iterable[bytes]) -> Candidate | None:
    """The encoding, of those without a mark, that the text is most likely in.

    Args:
        pieces: the bytes of the whole file.

    Returns:
        The best one that decodes all of it; None if none does.
    """
    candidates = [Candidate(encoding) for encoding in _LEGACY]
    for piece in pieces:
        for candidate in candidates:
            candidate.feed(piece, judge=True)
    for candidate in candidates:
        candidate.finish(judge=True)
    decoded = [candidate for candidate in candidates if not candidate.failed]
    return max(decoded, key=lambda candidate: (candidate.names_column, candidate.plausibility), default=None)


def looks_like_damaged_utf8(pieces: Iterable[bytes]) -> bool:
    """Whether nearly all that is not ASCII forms UTF-8 characters: a few bytes of such a text were damaged."""
    foreign = whole = 0
    for piece in pieces:
        for run in _FOREIGN_BYTES.finditer(piece):
            foreign += len(run[0])
            whole += sum(map(len, _UTF8_CHARACTER.findall(run[0])))
        if foreign >= _JUDGED:
            break
    return foreign > 0 and 100 * whole >= _DAMAGED_UTF8_PERCENT * foreign


def _korean(run: str) -> float:
    """Hangul of KS X 1001 is what people write; the 8,822 further syllables of CP949 are rare."""
    worth = 0.0
    for character in run:
        if "가" <= character <= "힣":
            lead, trail = character.encode("cp949")
            worth += 1.0 if lead >= _KSX1001_LEAD and trail >= _KSX1001_TRAIL else 0.1
        else:
            worth += 0.3
    return worth


def _japanese(run: str) -> float:
    """Kana and the kanji of JIS level 1 (Shift-JIS 889F to 9872) are what people write."""
    worth = 0.0
    for character in run:
        if "ぁ" <= character <= "ー":
            worth += 1.0
        elif "一" <= character <= "龥":
            worth += 0.9 if b"\x88\x9f" <= character.encode("cp932") <= b"\x98\x72" else 0.2
        elif "\uff61" <= character <= "\uff9f" or "\u3000" <= character <= "\u3020":
            worth += 0.3
        elif "\uff01" <= character <= "\uff5e":
            worth += 0.6
    return worth


def _western(run: str) -> float:
    usual = sum(1.0 if character.isalpha() else 0.8 for character in run if _is_western(character))
    return usual * _WESTERN_RUN.get(len(run), 0.1)


def _is_western(character: str) -> bool:
    return character in _WESTERN_SIGNS or (character.isalpha() and character != "ƒ")


_WORTH: Final = {"cp949": _korean, "cp932": _japanese, "cp1252": _western}
