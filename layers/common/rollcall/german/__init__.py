"""German, for people who are spoken to formally. One module for each kind of text; see `rollcall.views.wording`."""

from __future__ import annotations

from typing import Final

from rollcall.german.codes import CODES
from rollcall.german.decisions import DECISIONS
from rollcall.german.helping import WORDS
from rollcall.german.uploads import UPLOADS
from rollcall.views.wording import Catalogue

#: A noun as it stands behind a number, as the subject or the object of a sentence; texts are built so that it is.
NOUNS: Final = {
    "device": ("Gerät", "Geräte"),
    "line": ("Zeile", "Zeilen"),
    "more cause": ("weitere Ursache", "weitere Ursachen"),
    "more model": ("weiteres Modell", "weitere Modelle"),
    "more order": ("weitere Bestellung", "weitere Bestellungen"),
    "more reseller": ("weiterer Händler", "weitere Händler"),
    "more upload": ("weiterer Upload", "weitere Uploads"),
    "refused row": ("abgelehnte Zeile", "abgelehnte Zeilen"),
    "row": ("Zeile", "Zeilen"),
    "upload": ("Upload", "Uploads"),
}

GERMAN: Final = Catalogue(texts={**DECISIONS, **UPLOADS}, nouns=NOUNS, codes=CODES, words=WORDS, thousands=".")
