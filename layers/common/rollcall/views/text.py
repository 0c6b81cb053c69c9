"""Texts inside Slack's mrkdwn, and how a text that is not ours may stand among them.

Three ways lead in, and nothing that somebody else wrote goes round them:

- `code` for what people copy: identifiers, order numbers, models, tags, file names, email addresses. A code span has
  no formatting, mentions or links; only a backtick ends it, and those become apostrophes.
- `plain` for names of people and companies inside a sentence. Slack has no escape for ``* _ ~`` and the backtick, and
  zero-width characters between would be copied along, so these four, and the colons of an emoji, are shown by
  look-alikes.
- plain_text objects (headers, buttons), which format nothing: see `blocks`.

All three take out control characters, direction marks and lone surrogates, fold white space to single blanks, and cut.
Every mrkdwn object is ``verbatim``, so that a bare web address or a channel name is not made a link.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from rollcall.command_names import real_name

_INVISIBLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]+"
)
_LOOKALIKES: Final = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})  # noqa: RUF001 - what is meant
#: Where Slack may see a picture's name: between two colons, or behind one that begins a word, as the text that follows
#: may bring the other. A colon behind a word stays as it is.
_EMOJI: Final = re.compile(r":([^\s:]+):|(?<!\S):")
#: What is shown for a text in which nothing visible stands.
NOTHING: Final = "–"  # noqa: RUF001 - a dash is how tables show an empty cell
_LONGEST_CODE: Final = 60
_LONGEST_NAME: Final = 80


def escape(text: str) -> str:
    """Takes their meaning from the three characters that Slack reads: ``&``, ``<`` and ``>``."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(text: str) -> str:
    """One visible line: no control characters, direction marks or lone surrogates; single blanks."""
    return " ".join(_INVISIBLE.sub(" ", text).split())


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters; an ellipsis stands for what is left out."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def plain(text: str, limit: int = _LONGEST_NAME) -> str:
    """A name inside mrkdwn that formats, mentions and links nothing.

    Args:
        text: what somebody wrote.
        limit: characters that are shown, before escaping.
    """
    shown = _EMOJI.sub(lambda found: found[0].replace(":", "∶"), cut(clean(text), limit))  # noqa: RUF001 - what is meant
    return escape(shown.translate(_LOOKALIKES)) or NOTHING


def code(text: str, limit: int = _LONGEST_CODE) -> str:
    """A value as a code span; a dash where nothing visible stands in it.

    Args:
        text: what somebody wrote.
        limit: characters that are shown, before escaping.
    """
    shown = cut(clean(text), limit).replace("`", "'")
    return f"`{escape(shown)}`" if shown else NOTHING


def command_line(command: str, text: str) -> str:
    """A command to type, as a code span.

    Args:
        command: name of the slash command; without a suffix it stands for what it is called in this deployment.
        text: what follows it, as `rollcall.commands.render` gives it: already escaped.
    """
    shown = clean(f"{real_name(command)} {text}").replace("`", "'").replace("<", "&lt;").replace(">", "&gt;")
    return f"`{cut_mrkdwn(shown, 600)}`"


def bold(mrkdwn: str) -> str:
    """What is already mrkdwn, in bold type."""
    return f"*{mrkdwn}*"


def date(moment: str, form: str = "{date_short_pretty} at {time}") -> str:
    """A time of ours in the reader's own zone and wording; anything else as a value.

    Args:
        moment: UTC, ``YYYY-MM-DDTHH:MM:SSZ``.
        form: what Slack makes of it, in its own tokens.
    """
    try:
        instant = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return code(moment)
    fallback = f"{instant:%Y-%m-%d %H:%M} UTC"
    return f"<!date^{int(instant.timestamp())}^{form}|{fallback}>"


def date_plain(moment: str) -> str:
    """A time of ours for a place without formatting: ``2026-03-01 09:30 UTC``."""
    return f"{moment[:10]} {moment[11:16]} UTC" if len(moment) == len("YYYY-MM-DDTHH:MM:SSZ") else clean(moment)


def count(number: int, one: str = "", many: str = "") -> str:
    """A number in groups of three, with its noun: ``1,234 rows``.

    Args:
        number: how many.
        one: the noun for a single one.
        many: the noun for others; with an s where none is given.
    """
    noun = one if number == 1 else many or (one and f"{one}s")
    return f"{number:,} {noun}".rstrip()


def cut_mrkdwn(text: str, limit: int) -> str:
    """Cuts mrkdwn without leaving half an entity, half a date or an open code span."""
    if len(text) <= limit:
        return text
    shown = text[: limit - 2]
    shown = re.sub(r"<[^>]*$|&[a-z]*$", "", shown)
    return shown.rstrip() + ("`…" if shown.count("`") % 2 else "…")
