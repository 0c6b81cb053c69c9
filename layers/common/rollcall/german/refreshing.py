"""What the manufacturer's registry is asked again, in German."""

from __future__ import annotations

from typing import Final

REFRESHING: Final = {
    # -- What the manufacturer's registry is asked again --------------------------------------------------------------
    "The manufacturer's registry is asked about {devices}{of}.": (
        "Das Herstellerverzeichnis wird gefragt zu: {devices}{of}."
    ),
    "What it says comes into your messages with me; you need not wait.": (
        "Die Antwort kommt in Ihre Nachrichten mit mir; Sie müssen nicht warten."
    ),
    "The manufacturer's registry doubts no device of {upload}; there is nothing to ask.": (
        "Das Herstellerverzeichnis zweifelt an keinem Gerät aus {upload}; es gibt nichts zu fragen."
    ),
    "{devices}: none is in MPTS_ERROR, so there is nothing to ask the registry.": (
        "{devices}: nichts davon in MPTS_ERROR, also gibt es das Verzeichnis nichts zu fragen."
    ),
    "{upload} is still being stored; ask again when its result has come.": (
        "{upload} wird noch gespeichert; fragen Sie noch einmal, wenn das Ergebnis da ist."
    ),
    "Name devices or one upload: {example} or {command}.": (
        "Nennen Sie Geräte oder einen Upload: {example} oder {command}."
    ),
    "{devices} are still not recognised and stay in MPTS_ERROR.": (
        "{devices} weiterhin nicht erkannt, Status bleibt MPTS_ERROR."
    ),
    "{devices} is still not recognised and stays in MPTS_ERROR.": (
        "{devices} weiterhin nicht erkannt, Status bleibt MPTS_ERROR."
    ),
    "Compare the identifiers with the devices, and ask the manufacturer to register them to you.": (
        "Vergleichen Sie die Kennungen mit den Geräten und bitten Sie den Hersteller, sie auf Sie zu registrieren."
    ),
    "It did not answer about the others for hours; ask again later with {command}.": (
        "Zu den übrigen kam stundenlang keine Antwort; fragen Sie später noch einmal mit {command}."
    ),
    "{devices} from {company} wait for your decision now.": (
        "{devices} von {company} warten jetzt auf Ihre Entscheidung."
    ),
    "{devices} from {company} waits for your decision now.": (
        "{devices} von {company} wartet jetzt auf Ihre Entscheidung."
    ),
    "The manufacturer's registry did not recognise them when they were uploaded; now it does.": (
        "Das Herstellerverzeichnis hat sie beim Hochladen nicht erkannt; jetzt erkennt es sie."
    ),
    "The manufacturer's registry did not recognise it when it was uploaded; now it does.": (
        "Das Herstellerverzeichnis hat es beim Hochladen nicht erkannt; jetzt erkennt es das Gerät."
    ),
    "; it does not answer at the moment and is asked again": (
        "; es antwortet im Moment nicht und wird noch einmal gefragt"
    ),
    "{number} of {devices}{of}": "{number} von {devices}{of}",
    "The manufacturer's registry was asked about {done}{waiting}.": (
        "Das Herstellerverzeichnis wurde gefragt: {done}{waiting}."
    ),
    "The manufacturer's registry recognises {number} of {devices}{of} now.": (
        "Das Herstellerverzeichnis erkennt jetzt {number} von {devices}{of}."
    ),
    "The manufacturer's registry recognises none of {devices}{of}.": (
        "Das Herstellerverzeichnis erkennt nichts davon: {devices}{of}."
    ),
    "{number} of {company}: pending now; it is told.": (
        "{number} für {company}: jetzt offen; das Unternehmen wird benachrichtigt."
    ),
    "{number} of other customers; each is told.": "{number} für andere Kunden; alle werden benachrichtigt.",
    "{devices} not in MPTS_ERROR: nothing to ask.": "{devices} nicht in MPTS_ERROR: nichts zu fragen.",
    "No device found for {named}{more}.": "Kein Gerät gefunden zu {named}{more}.",
}
