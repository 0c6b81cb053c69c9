"""Ways by which files come in, in German."""

from __future__ import annotations

from typing import Final

UPLOAD_WAYS: Final = {
    # -- links --------------------------------------------------------------------------------------------------------
    "{link} to check a file {whom}.": "{link}, um eine Datei zu prüfen {whom}.",
    "{link} to upload a file {whom}.": "{link}, um eine Datei hochzuladen {whom}.",
    "Your link": "Ihr Link",
    "It works once, until {until}, and on a phone, too. Whoever has it can send that one file for you.": (
        "Er gilt einmal, bis {until}, auch auf dem Telefon. Wer ihn hat, kann diese eine Datei für Sie senden."
    ),
    "The file will be upload {upload}; its result comes by itself into your messages with me.": (
        "Die Datei wird Upload {upload}; das Ergebnis kommt von selbst in Ihre Nachrichten mit mir."
    ),
    "Open the upload page": "Upload-Seite öffnen",
    "For which customer? {command}": "Für welchen Kunden? {command}",
    "• and {others}: {command}": "• und {others}: {command}",
    "A file whose rows name their customers: {command}": "Eine Datei, deren Zeilen den Kunden nennen: {command}",
    "Pick it in the form": "Im Formular auswählen",
    "No link was made.": "Es wurde kein Link gemacht.",
    # -- forms and imports --------------------------------------------------------------------------------------------
    "This was asked for before, and its file never came. Send the file again.": (
        "Das wurde schon einmal verlangt, und die Datei kam nie an. Senden Sie die Datei noch einmal."
    ),
    "{rows} of {file} are being imported as upload {upload}.": (
        "{rows} aus {file} werden als Upload {upload} importiert."
    ),
    "{rows} of {file} is being imported as upload {upload}.": "{rows} aus {file} wird als Upload {upload} importiert.",
    (
        "It is the very file that was checked. The result comes by itself into your messages with me, and says which "
        "rows are refused now, should something have changed since."
    ): (
        "Es ist genau die Datei, die geprüft wurde. Das Ergebnis kommt von selbst in Ihre Nachrichten mit mir und "
        "nennt, was jetzt abgelehnt wird, falls sich seitdem etwas geändert hat."
    ),
    "{check} was no check: what it could store is stored.": (
        "{check} war keine Prüfung: Was gespeichert werden konnte, ist gespeichert."
    ),
    "The check {check} is not finished yet. Import it when its result is there.": (
        "Die Prüfung {check} ist noch nicht fertig. Importieren Sie, wenn ihr Ergebnis da ist."
    ),
    "The check {check} found no row that can be stored. Mend the file and check it again.": (
        "Die Prüfung {check} fand keine Zeile, die gespeichert werden kann. Korrigieren Sie die Datei und prüfen Sie "
        "sie noch einmal."
    ),
    "{company} does not accept uploads from you any more.": "{company} nimmt keine Uploads von Ihnen mehr an.",
    "Customer": "Kunde",
    "Name, your reference, or id": "Name, Ihre Referenz oder ID",
    "Enterprise Edition devices need one; files for many customers take none.": (
        "Enterprise-Edition-Geräte brauchen einen; Dateien für mehrere Kunden haben keinen."
    ),
    "Sold-to code": "Sold-to-Code",
    "CSV files": "CSV-Dateien",
    "Up to {number} files of 10 MB each; every file is an upload of its own.": (
        "Bis zu {number} Dateien mit je 10 MB; jede Datei ist ein eigener Upload."
    ),
    "Order number": "Bestellnummer",
    "For rows that have none of their own.": "Für Zeilen, die keine eigene Angabe haben.",
    "Order date": "Bestelldatum",
    "What to do": "Was zu tun ist",
    "Check only: say what would happen, store nothing": "Nur prüfen: sagen, was geschähe, nichts speichern",
    "A file larger than 10 MB goes by an upload link.": "Eine Datei über 10 MB geht mit einem Upload-Link.",
    "Upload devices": "Geräte hochladen",
    "Send": "Senden",
    "None": "Keiner",
    "(blocked you)": "(hat Sie gesperrt)",
    "Send CSV files of devices: pick the customer and the files in a form.": (
        "Senden Sie CSV-Dateien mit Geräten: Wählen Sie Kunde und Dateien in einem Formular."
    ),
    "Get an upload link": "Upload-Link holen",
    "Get an upload link for a large file": "Einen Upload-Link für eine große Datei holen",
    "{files} is on the way in.": "{files} wird übernommen.",
    "{files} are on the way in.": "{files} werden übernommen.",
    "{files} is being checked; nothing will be stored.": "{files} wird geprüft; nichts wird gespeichert.",
    "{files} are being checked; nothing will be stored.": "{files} werden geprüft; nichts wird gespeichert.",
    "{file} {destination}: upload {upload}": "{file} {destination}: Upload {upload}",
    "The result of each comes by itself into your messages with me.": (
        "Jedes Ergebnis kommt von selbst in Ihre Nachrichten mit mir."
    ),
    "Sent": "Gesendet",
    ", order {order}": ", Bestellung {order}",
    "Many customers: named in each row": "Mehrere Kunden: in jeder Zeile genannt",
}
