"""German, for people who are spoken to formally. One module for each area; see `rollcall.views.wording`."""

from __future__ import annotations

from typing import Final

from rollcall.german import (
    asking,
    bulk,
    channels,
    decided,
    decision_codes,
    decisions,
    devices,
    exchanges,
    file_codes,
    files,
    helping,
    home,
    inviting,
    lists,
    ordering,
    people,
    quality,
    refreshing,
    removals,
    row_codes,
    ruling,
    setup,
    upload_ways,
    uploads,
    waiting,
)
from rollcall.views.wording import Catalogue

#: A noun as it stands behind a number, as the subject or the object of a sentence; texts are built so that it is.
NOUNS: Final = {
    "CSV file": ("CSV-Datei", "CSV-Dateien"),
    "device": ("Gerät", "Geräte"),
    "line": ("Zeile", "Zeilen"),
    "admin": ("Admin", "Admins"),
    "company": ("Unternehmen", "Unternehmen"),
    "customer": ("Kunde", "Kunden"),
    "day": ("Tag", "Tage"),
    "member": ("Mitglied", "Mitglieder"),
    "minute": ("Minute", "Minuten"),
    "more day": ("weiterer Tag", "weitere Tage"),
    "more open invitation": ("weitere offene Einladung", "weitere offene Einladungen"),
    "second": ("Sekunde", "Sekunden"),
    "decision": ("Entscheidung", "Entscheidungen"),
    "file": ("Datei", "Dateien"),
    "hour": ("Stunde", "Stunden"),
    "more company": ("weiteres Unternehmen", "weitere Unternehmen"),
    "more customer": ("weiterer Kunde", "weitere Kunden"),
    "more cause": ("weitere Ursache", "weitere Ursachen"),
    "more model": ("weiteres Modell", "weitere Modelle"),
    "more order": ("weitere Bestellung", "weitere Bestellungen"),
    "more reseller": ("weiterer Händler", "weitere Händler"),
    "more upload": ("weiterer Upload", "weitere Uploads"),
    "other": ("weiterer", "weitere"),
    "piece of news": ("Neuigkeit", "Neuigkeiten"),
    "refused row": ("abgelehnte Zeile", "abgelehnte Zeilen"),
    "row": ("Zeile", "Zeilen"),
    "upload": ("Upload", "Uploads"),
}

#: One table for each area; what two areas say stands in one of them.
TEXTS: Final = (
    devices.DEVICES,
    home.HOME,
    inviting.INVITING,
    setup.SETUP,
    ruling.RULING,
    channels.CHANNELS,
    bulk.BULK,
    files.FILES,
    decided.DECIDED,
    upload_ways.UPLOAD_WAYS,
    asking.ASKING,
    quality.QUALITY,
    exchanges.EXCHANGES,
    refreshing.REFRESHING,
    decisions.DECISIONS,
    helping.HELPING,
    lists.LISTS,
    ordering.ORDERING,
    people.PEOPLE,
    removals.REMOVALS,
    uploads.UPLOADS,
    waiting.WAITING,
)

GERMAN: Final = Catalogue(
    texts={text: told for table in TEXTS for text, told in table.items()},
    nouns=NOUNS,
    codes=file_codes.FILES | row_codes.ROWS | decision_codes.DECISIONS,
    words=helping.WORDS,
    thousands=".",
)
