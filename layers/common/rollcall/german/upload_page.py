"""The page that takes one large file, in German."""

from __future__ import annotations

from typing import Final

UPLOAD_PAGE: Final = {
    # -- the page and its script --------------------------------------------------------------------------------------
    "This link is not known": "Dieser Link ist nicht bekannt",
    "Perhaps it was not copied whole. Ask for a new one in Slack.": (
        "Vielleicht wurde er nicht ganz kopiert. Holen Sie in Slack einen neuen."
    ),
    "The time of this link is over": "Die Zeit dieses Links ist abgelaufen",
    "Links work for fifteen minutes. Ask for a new one in Slack.": (
        "Links gelten fünfzehn Minuten. Holen Sie in Slack einen neuen."
    ),
    "This link was used": "Dieser Link wurde benutzt",
    "Its file was or is being sent; a link works once. Ask for a new one in Slack.": (
        "Seine Datei wurde oder wird gesendet; ein Link gilt einmal. Holen Sie in Slack einen neuen."
    ),
    "This link does not work any more": "Dieser Link gilt nicht mehr",
    "Who asked for it may not upload for this customer any more.": (
        "Wer ihn geholt hat, darf für diesen Kunden nicht mehr hochladen."
    ),
    "This file cannot be taken": "Diese Datei kann nicht übernommen werden",
    "Pick a CSV file.": "Wählen Sie eine CSV-Datei.",
    "For": "Für",
    "This page needs JavaScript to send the file.": "Diese Seite braucht JavaScript, um die Datei zu senden.",
    "Try again": "Noch einmal versuchen",
    "The connection broke.": "Die Verbindung ist abgebrochen.",
    "This file is empty. Pick another.": "Diese Datei ist leer. Wählen Sie eine andere.",
    "That did not work.": "Das hat nicht geklappt.",
    "Pick a file first.": "Wählen Sie zuerst eine Datei.",
    "This file is too large. Split it into several.": "Diese Datei ist zu groß. Teilen Sie sie in mehrere.",
    "The time of this link is over. Ask for a new one in Slack.": (
        "Die Zeit dieses Links ist abgelaufen. Holen Sie in Slack einen neuen."
    ),
    "The file was not taken (%).": "Die Datei wurde nicht übernommen (%).",
    "Sent. This is upload %; its result comes to you in Slack. You can close this page.": (
        "Gesendet. Das ist Upload %; das Ergebnis kommt in Slack zu Ihnen. Sie können diese Seite schließen."
    ),
    "Starting…": "Beginnt…",
    "many customers, named in each row": "mehrere Kunden, in jeder Zeile genannt",
    "Check only: nothing will be stored.": "Nur Prüfung: Nichts wird gespeichert.",
    "This page works once, until {time}.": "Diese Seite gilt einmal, bis {time}.",
    "CSV file, at most {most}": "CSV-Datei, höchstens {most}",
    "Check a file": "Datei prüfen",
    "Its upload id: {upload}": "Upload-ID: {upload}",
}
