"""Files that people are sent, in German."""

from __future__ import annotations

from typing import Final

FILES: Final = {
    # -- Files that people are sent -----------------------------------------------------------------------------------
    "The list comes as a CSV file into your messages with me in a moment: {command}": (
        "Die Liste kommt gleich als CSV-Datei in Ihre Nachrichten mit mir: {command}"
    ),
    "{number}. The file can be sent to Rollcall again.": "{number}. Die Datei kann wieder an Rollcall gesendet werden.",
    "{counted} in {name}": "{counted} in {name}",
    "The link works until {until}. Whoever has it can read the file.": (
        "Der Link gilt bis {until}. Wer ihn hat, kann die Datei lesen."
    ),
    "Download": "Herunterladen",
    # -- on the way ---------------------------------------------------------------------------------------------------
    "Sent: it is in your messages with me in a moment.": "Gesendet: Es ist gleich in Ihren Nachrichten mit mir.",
    "It comes as a CSV file into your messages with me in a moment.": (
        "Es kommt gleich als CSV-Datei in Ihre Nachrichten mit mir."
    ),
}
