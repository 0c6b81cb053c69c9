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
    # -- what cannot be taken -----------------------------------------------------------------------------------------
    "This file": "Diese Datei",
    "Slack asks to sign in, so Rollcall may not read files there; an admin has to install it again": (
        "Slack verlangt eine Anmeldung, Rollcall darf dort also keine Dateien lesen; ein Admin muss es noch einmal "
        "installieren"
    ),
    "it is not there any more": "sie ist nicht mehr da",
    "it was deleted": "sie wurde gelöscht",
    "Rollcall may not read files there; an admin has to install it again": (
        "Rollcall darf dort keine Dateien lesen; ein Admin muss es noch einmal installieren"
    ),
    "Rollcall may not read it": "Rollcall darf sie nicht lesen",
    "Rollcall is not installed in that workspace any more": "Rollcall ist in diesem Workspace nicht mehr installiert",
    "it does not lie in Slack": "sie liegt nicht in Slack",
    "is only a link to a file elsewhere; download it as CSV and send that": (
        "ist nur ein Verweis auf eine Datei anderswo; laden Sie sie als CSV herunter und senden Sie diese"
    ),
    "is a workbook; save it as CSV (in Excel: File, Save as, CSV UTF-8) and send that": (
        "ist eine Arbeitsmappe; speichern Sie sie als CSV (in Excel: Datei, Speichern unter, CSV UTF-8) und senden "
        "Sie diese"
    ),
    "is not a CSV file": "ist keine CSV-Datei",
    "is larger than {most} MB; an upload link takes larger files": (
        "ist größer als {most} MB; ein Upload-Link nimmt größere Dateien"
    ),
    "is one too many; send it in another message": "ist eine zu viel; senden Sie sie in einer weiteren Nachricht",
    "is empty": "ist leer",
    "Add at least one CSV file.": "Fügen Sie mindestens eine CSV-Datei hinzu.",
    "Pick the customer that the devices are for.": "Wählen Sie den Kunden, für den die Geräte sind.",
    "This is none of your customers any more; pick another.": (
        "Das ist keiner Ihrer Kunden mehr; wählen Sie einen anderen."
    ),
    "This customer does not accept uploads from you.": "Dieser Kunde nimmt keine Uploads von Ihnen an.",
    "A file for many customers takes no sold-to code; clear this field.": (
        "Eine Datei für mehrere Kunden hat keinen Sold-to-Code; leeren Sie dieses Feld."
    ),
    "Your company has no such sold-to code any more; pick another.": (
        "Diesen Sold-to-Code hat Ihr Unternehmen nicht mehr; wählen Sie einen anderen."
    ),
    "An order number has at most {most} characters; this has {length}.": (
        "Eine Bestellnummer hat höchstens {most} Zeichen; diese hat {length}."
    ),
    "Upload link": "Upload-Link",
    "Pick the customer first, then ask for a link.": "Wählen Sie zuerst den Kunden, dann holen Sie einen Link.",
}
