"""What resellers are told of uploads: results, buttons, files, errors; in German."""

from __future__ import annotations

from typing import Final

UPLOADS: Final = {
    "{{date_short_pretty}} at {{time}}": "{{date_short_pretty}} um {{time}}",
    # -- what came of an upload -------------------------------------------------------------------------------------
    "Check only: {told}": "Nur Prüfung: {told}",
    "Waiting for its file": "Wartet auf die Datei",
    "In progress, {progress}": "In Arbeit, {progress}",
    "Completed: all {rows} stored": "Abgeschlossen: {rows}, alles gespeichert",
    "Completed with errors: {stored} of {rows} stored, {refused} refused": (
        "Mit Fehlern abgeschlossen: {rows}, davon {stored} gespeichert, {refused} abgelehnt"
    ),
    "Failed: nothing stored, all {rows} refused": "Fehlgeschlagen: nichts gespeichert, {rows} abgelehnt",
    "Failed: nothing stored, the file could not be taken": (
        "Fehlgeschlagen: nichts gespeichert, die Datei konnte nicht übernommen werden"
    ),
    "Completed: all {rows} would be stored": "Abgeschlossen: {rows}, alles würde gespeichert",
    "Completed with errors: {stored} of {rows} would be stored, {refused} refused": (
        "Mit Fehlern abgeschlossen: {rows}, davon würden {stored} gespeichert, {refused} abgelehnt"
    ),
    "Failed: nothing would be stored, all {rows} refused": (
        "Fehlgeschlagen: nichts würde gespeichert, {rows} abgelehnt"
    ),
    "Failed: nothing would be stored, the file could not be taken": (
        "Fehlgeschlagen: nichts würde gespeichert, die Datei konnte nicht übernommen werden"
    ),
    "the file is being read": "die Datei wird gelesen",
    # -- the message ------------------------------------------------------------------------------------------------
    "A file was sent under this id once more. It was not read; if it is another one, upload it anew.": (
        "Unter dieser ID wurde noch einmal eine Datei gesendet. Sie wurde nicht gelesen; wenn es eine andere ist, "
        "laden Sie sie neu hoch."
    ),
    "by {who}": "von {who}",
    "reference {reference}": "Referenz {reference}",
    "for {company}": "für {company}",
    "for many customers": "für mehrere Kunden",
    "for an unknown customer": "für einen unbekannten Kunden",
    "Open": "Öffnen",
    "Open upload {upload}": "Upload {upload} öffnen",
    "Open device {device}": "Gerät {device} öffnen",
    "{company} decided on {devices}": "{company} hat über {devices} entschieden",
    "Errors": "Fehler",
    "Errors of upload {upload}": "Fehler von Upload {upload}",
    "Send me {file} of {upload}": "{file} von {upload} senden",
    "{rows} to mend: the last columns say what is wrong with each. Mend them and send the file again as it is.": (
        "{rows} zum Korrigieren: Die letzten Spalten nennen je Zeile den Fehler. Korrigieren Sie sie und senden Sie "
        "die Datei so, wie sie ist, noch einmal."
    ),
    "{file} of {upload}: every row.": "{file} von {upload}: jede Zeile.",
    "{file} of {upload}: every fault, with its line and what to do.": (
        "{file} von {upload}: jeder Fehler mit seiner Zeile und dem, was zu tun ist."
    ),
    "{file} of {upload}: everything that was repaired or is unusual, with its line.": (
        "{file} von {upload}: alles, was berichtigt wurde oder ungewöhnlich ist, mit seiner Zeile."
    ),
    "{file} of {upload}: rows that were refused, each with what is wrong.": (
        "{file} von {upload}: abgelehnte Zeilen, jede mit ihrem Fehler."
    ),
    # -- boards of a busy day ---------------------------------------------------------------------------------------
    "{uploads} of {day}": "{uploads} vom {day}",
    "{number} failed": "{number} fehlgeschlagen",
    "{number} with refused rows": "{number} mit abgelehnten Zeilen",
    "{number} of the newest {shown} failed": "{number} der neuesten {shown} fehlgeschlagen",
    "{number} of the newest {shown} with refused rows": "{number} der neuesten {shown} mit abgelehnten Zeilen",
    "All uploads": "Alle Uploads",
    "all decided": "alles entschieden",
    "{devices} in the newest {shown} waiting for your decision": "Zur Entscheidung in den neuesten {shown}: {devices}",
    "all in the newest {shown} decided": "in den neuesten {shown} alles entschieden",
    "All that waits": "Alles Offene",
    "{stored}, all decided": "{stored}, alles entschieden",
    "{number} of {stored} waiting": "{stored}, davon {number} offen",
    "{file} from {company}": "{file} von {company}",
    # -- checks and the registry ------------------------------------------------------------------------------------
    "Import these {number}": "Diese {number} importieren",
    "Import the file of check {upload}": "Die Datei der Prüfung {upload} importieren",
    "As the check {check} said: nothing changed since.": "Wie die Prüfung {check} ergab: seitdem unverändert.",
    "The check {check} found {rows} to store; {number} of these are refused now.": (
        "Laut Prüfung {check} zu speichern: {rows}; davon jetzt abgelehnt: {number}."
    ),
    "The check {check} found {rows} to store; {number} of these is refused now.": (
        "Laut Prüfung {check} zu speichern: {rows}; davon jetzt abgelehnt: {number}."
    ),
    "The check {check} found {rows} to store; {number} more can be stored now.": (
        "Laut Prüfung {check} zu speichern: {rows}; jetzt sind es {number} mehr."
    ),
    "⚠ {number} not recognised by the manufacturer's registry: would be stored as MPTS_ERROR.": (
        "⚠ {number} vom Herstellerverzeichnis nicht erkannt: würde als MPTS_ERROR gespeichert."
    ),
    "⚠ {number} not recognised by the manufacturer's registry: stored as MPTS_ERROR. {command} asks again.": (
        "⚠ {number} vom Herstellerverzeichnis nicht erkannt: als MPTS_ERROR gespeichert. {command} fragt noch einmal."
    ),
    "⚠ The manufacturer's registry did not answer about {number}; it is asked again by itself.": (
        "⚠ Keine Antwort vom Herstellerverzeichnis: {number}; es wird von selbst noch einmal gefragt."
    ),
    "⚠ The manufacturer's registry did not answer about {number}.": (
        "⚠ Keine Antwort vom Herstellerverzeichnis: {number}."
    ),
    "{number} of a kind that the manufacturer's catalogue does not know.": (
        "{number} von einer Art, die der Herstellerkatalog nicht kennt."
    ),
    # -- how the file was read --------------------------------------------------------------------------------------
    "Read as {encoding}, separated by {delimiter}": "Gelesen als {encoding}, getrennt durch {delimiter}",
    "tabs": "Tabulatoren",
    "a list without headings": "eine Liste ohne Überschriften",
    "columns {columns}": "Spalten {columns}",
    "not read: {columns}": "nicht gelesen: {columns}",
    "Repaired: {rows}": "Berichtigt: {rows}",
    "Unusual, and taken as it is: {rows}": "Ungewöhnlich und so übernommen: {rows}",
    "{file} has each of them": "alle stehen in {file}",
    # -- errors -----------------------------------------------------------------------------------------------------
    "Errors of {upload}": "Fehler von {upload}",
    "And {more}, all of them in errors.csv.": "Und {more}, alle in errors.csv.",
    "Upload {upload}: {told}": "Upload {upload}: {told}",
    "Line {numbers}": "Zeile {numbers}",
    "Lines {numbers}": "Zeilen {numbers}",
    "Its file has not come yet.": "Die Datei ist noch nicht da.",
    "The file is still being read; its errors are shown when it is done.": (
        "Die Datei wird noch gelesen; Fehler werden danach gezeigt."
    ),
    "These are too many to be shown here: errors.csv says of each why it was refused.": (
        "Das sind zu viele, um sie hier zu zeigen: errors.csv sagt von jeder, warum sie abgelehnt wurde."
    ),
    "No row was refused; there is nothing to mend.": "Keine Zeile wurde abgelehnt; es gibt nichts zu korrigieren.",
    "Reference {reference}": "Referenz {reference}",
    "The file could not be taken: {code}.": "Die Datei konnte nicht übernommen werden: {code}.",
    "What to do: {remedy}": "Was zu tun ist: {remedy}",
    # -- lists and cards ----------------------------------------------------------------------------------------------
    "Uploads: {position}": "Uploads: {position}",
    "Upload {upload}": "Upload {upload}",
    "Undo upload…": "Upload zurücknehmen…",
    "Undo upload {upload}": "Upload {upload} zurücknehmen",
    "Being taken back by {who}: {number} of {devices} done": (
        "Wird zurückgenommen von {who}: {number} von {devices} erledigt"
    ),
    "Taken back by {who} · {when}: {devices} deleted": "Zurückgenommen von {who} · {when}: {devices} gelöscht",
    "• and {more}": "• und {more}",
    "from {company}": "von {company}",
    "{direction} · order {order}": "{direction} · Bestellung {order}",
    ("{named} {between}\n{outcome} · {number} verified\n{status} · {upload} · by {who} · account {account} · {when}"): (
        "{named} {between}\n{outcome} · {number} angenommen\n{status} · {upload} · von {who} · Konto {account} · {when}"
    ),
    "Upload id": "Upload-ID",
    "Account": "Konto",
    "Rows": "Zeilen",
    "Would be stored": "Würde gespeichert",
    "Stored": "Gespeichert",
    "Refused": "Abgelehnt",
    "Verified now": "Jetzt angenommen",
    "Finished at": "Beendet am",
    "Reference": "Referenz",
    "Open devices": "Geräte öffnen",
    "No uploads for that customer yet. {command} shows all of yours.": (
        "Noch keine Uploads für diesen Kunden. {command} zeigt alle."
    ),
    "No uploads yet. {command} opens a form for a CSV file; you can also put one into my messages.": (
        "Noch keine Uploads. {command} öffnet ein Formular für eine CSV-Datei; Sie können auch eine in meine "
        "Nachrichten legen."
    ),
    "No uploads yet. Put a CSV file into S3, or ask an uploader of your company to send one.": (
        "Noch keine Uploads. Legen Sie eine CSV-Datei in S3 ab oder bitten Sie einen Uploader Ihres Unternehmens, "
        "eine zu senden."
    ),
    "{files}: {names}\nFor which customer, and what should I do?": (
        "{files}: {names}\nFür welchen Kunden, und was soll ich tun?"
    ),
    "Import": "Importieren",
    "Check only": "Nur prüfen",
    "Each file is an upload of its own.": "Jede Datei ist ein eigener Upload.",
    "Devices come as CSV, with a column of IMEIs, MEIDs or serial numbers.": (
        "Geräte kommen als CSV, mit einer Spalte aus IMEIs, MEIDs oder Seriennummern."
    ),
    "These buttons are too old.": "Diese Schaltflächen sind zu alt.",
    "These buttons are too old. Send the file once more, or press here.": (
        "Diese Schaltflächen sind zu alt. Senden Sie die Datei noch einmal oder drücken Sie hier."
    ),
    "{upload} is still being read. What it brings you can be seen as soon as it is finished.": (
        "{upload} wird noch gelesen. Was er Ihnen bringt, ist zu sehen, sobald er fertig ist."
    ),
    "Look again": "Noch einmal ansehen",
    "Look at upload {upload} again": "Upload {upload} noch einmal ansehen",
}
