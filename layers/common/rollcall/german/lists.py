"""Lists in the bot's messages: looked up, or accepted by; in German."""

from __future__ import annotations

from typing import Final

LISTS: Final = {
    # -- what to do with a file -------------------------------------------------------------------------------------
    "Look these up": "Stand abfragen",
    "What should I do?": "Was soll ich tun?",
    "Accept by this list?": "Nach dieser Liste annehmen?",
    "Every device in it that waits for your decision is accepted. It can be undone for a while.": (
        "Jedes Gerät darin, das auf Ihre Entscheidung wartet, wird angenommen. Das lässt sich eine Zeit lang "
        "rückgängig machen."
    ),
    "Accept": "Annehmen",
    "Cancel": "Abbrechen",
    "Accept by this list": "Nach dieser Liste annehmen",
    "{files}: on the way in. How far it is, and what came of each line, is told in your messages with me.": (
        "{files}: unterwegs. Wie weit es ist und was aus jeder Zeile wurde, steht in Ihren Nachrichten mit mir."
    ),
    "As {role} you may not upload; uploaders and admins may.": (
        "Mit der Rolle {role} dürfen Sie nicht hochladen; Uploader und Admins dürfen es."
    ),
    "These buttons are too old. Send the file once more.": (
        "Diese Schaltflächen sind zu alt. Senden Sie die Datei noch einmal."
    ),
    ("Resellers do that. Put a CSV file into my messages to have its devices looked up, or accepted by an approver."): (
        "Das tun Händler. Legen Sie eine CSV-Datei in Ihre Nachrichten mit mir, um den Stand ihrer Geräte abzufragen "
        "oder sie annehmen zu lassen."
    ),
    "Resellers do that. {command} says what you can ask for.": (
        "Das tun Händler. {command} sagt, was Sie fragen können."
    ),
    "Your customers do that. {command} says what you can ask for.": (
        "Das tun Ihre Kunden. {command} sagt, was Sie fragen können."
    ),
    "Those who run Rollcall do that. {command} says what you can ask for.": (
        "Das tun die Betreiber von Rollcall. {command} sagt, was Sie fragen können."
    ),
    # -- the look-up ------------------------------------------------------------------------------------------------
    "Looking up {files}: the state of each row comes as a CSV file into your messages with me.": (
        "{files} wird abgefragt: Der Stand jeder Zeile kommt als CSV-Datei in Ihre Nachrichten mit mir."
    ),
    "Looking up {rows} of {file}": "Abfrage von {file}: {rows}",
    "{number} not known": "{number} unbekannt",
    "{number} that cannot be read": "{number} nicht lesbar",
    "{rows} of {file} looked up: {parts}": "{file} abgefragt, {rows}: {parts}",
    "Their lines say UNKNOWN; the column error says what is wrong with what cannot be read.": (
        "In diesen Zeilen steht UNKNOWN; was nicht lesbar ist, erklärt die Spalte error."
    ),
    "The file can be sent to me again.": "Sie können mir diese Datei wieder senden.",
    "The list {file} was not looked up: {why} Send it once more when that is mended.": (
        "Die Liste {file} wurde nicht abgefragt: {why} Senden Sie sie noch einmal, wenn das behoben ist."
    ),
}
