"""The words of operators: a table of their own, which nobody else's words are read with.

Who is no operator is answered as for a word that does not exist, so neither the help nor a hint names any of these.
"""

from __future__ import annotations

from typing import Final

from rollcall.tokens import UnclosedQuoteError, tokenize, undress
from rollcall.word import Takes, Word
from rollcall.words import WORDS

OPERATOR: Final = "operator"
OVERVIEW, COMPANIES, CHANNELS, NOTICES = "overview", "companies", "channels", "notices"
LETTERS, REPLAY, CONTENT, QUALITY = "letters", "replay", "content", "quality"
INVITATIONS: Final = "invitations"

OPERATOR_WORDS: Final[tuple[Word, ...]] = (
    Word(
        area=OPERATOR,
        name=OVERVIEW,
        usage="",
        help="What needs an operator now",
        example="operator overview",
    ),
    Word(
        area=OPERATOR,
        name=COMPANIES,
        usage="companies",
        help="Every company with its counts; those that lack an admin or somebody for the daily work are marked",
        example="operator companies",
    ),
    Word(
        area=OPERATOR,
        name=INVITATIONS,
        usage="invitations",
        help="Open invitations of companies, each with a button that takes it back",
        example="operator invitations",
    ),
    Word(
        area=OPERATOR,
        name=CHANNELS,
        usage="channels",
        help="Channels and workspaces that Rollcall cannot speak in, each with the way to mend it",
        example="operator channels",
    ),
    Word(
        area=OPERATOR,
        name=NOTICES,
        usage="notices",
        help="Notices that nobody took, why, and a button to try again",
        example="operator notices",
    ),
    Word(
        area=OPERATOR,
        name=LETTERS,
        usage="letters [<queue>]",
        help="Dead letters: messages that failed too often, as they were when somebody looked last",
        example="operator letters chunks",
        takes=Takes.TEXTS,
        most=1,
    ),
    Word(
        area=OPERATOR,
        name=REPLAY,
        usage="replay <queue or letter>",
        help="Sends dead letters back to where they failed; safe to do twice",
        example="operator replay chunks",
        takes=Takes.TEXTS,
        least=1,
        most=1,
    ),
    Word(
        area=OPERATOR,
        name=CONTENT,
        usage="content [<company> [<question>]]",
        help="What a company has, for an hour and with a reason; it is told, and its audit has each look",
        example="operator content RSL-ACME uploads",
        takes=Takes.TEXTS,
        # The question is read as one of that company's own people would ask it.
        most=500,
    ),
    Word(
        area=OPERATOR,
        name=QUALITY,
        usage="quality [week|month|quarter]",
        help="How good the uploads of each reseller are: rates and causes, a month where nothing is named",
        example="operator quality week",
        takes=Takes.TEXTS,
        most=1,
    ),
    Word(area=OPERATOR, name="help", usage="help", help="These lines", example="operator help"),
)

#: What an operator may type.
ALL_WORDS: Final = (*WORDS, *OPERATOR_WORDS)


def names_operators(text: str) -> bool:
    """Whether a text begins with the word that belongs to operators."""
    try:
        tokens = [token for token in tokenize(undress(text)) if token.key != "as"]
    except UnclosedQuoteError:
        return text.strip().casefold().startswith(OPERATOR)
    return bool(tokens) and not tokens[0].key and tokens[0].text.casefold() == OPERATOR
