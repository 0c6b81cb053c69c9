"""Devices: cards, lists, histories, tags, in German."""

from __future__ import annotations

from typing import Final

DEVICES: Final = {
    # -- Devices: cards, lists, histories, tags -----------------------------------------------------------------------
    (
        "The customer has rejected it. Once the undo window has passed, only deleting it and uploading it again "
        "brings it back."
    ): (
        "Der Kunde hat es abgelehnt. Ist die Frist zum Rückgängigmachen vorbei, kommt es nur zurück, wenn es "
        "gelöscht und noch einmal hochgeladen wird."
    ),
    "Status": "Status",
    "History": "Verlauf",
    "History of {device}": "Verlauf von {device}",
    "Open upload": "Upload öffnen",
    "Device {device}": "Gerät {device}",
    "Device {device} is {status}. {sentence}": "Gerät {device} ist {status}. {sentence}",
    "Accept device {device}": "Gerät {device} annehmen",
    "Reject device {device}": "Gerät {device} ablehnen",
    "Approval ID…": "Genehmigungs-ID…",
    "Accept device {device} with an approval ID": "Gerät {device} mit Genehmigungs-ID annehmen",
    "Undo the decision on {device}": "Entscheidung über {device} rückgängig machen",
    "Who can approve device {device}?": "Wer kann über Gerät {device} entscheiden?",
    "Tags…": "Tags…",
    "Ask the registry again": "Verzeichnis noch einmal fragen",
    "Exchange IMEI…": "IMEI austauschen…",
    "Delete…": "Löschen…",
    "You asked for {command}": "Sie fragten nach {command}",
    "Before its exchange": "Vor dem Austausch",
    "Model": "Modell",
    "Tags": "Tags",
    "Uploaded at": "Hochgeladen am",
    "Uploaded by": "Hochgeladen von",
    "Upload": "Upload",
    "Looked through {devices}.": "Durchsucht: {devices}.",
    "Looked through {devices} so far; *Next* goes on from here, an upload or order filter gets there faster.": (
        "Bisher durchsucht: {devices}; *Weiter* setzt hier fort, mit einem Upload- oder Bestellfilter geht es "
        "schneller."
    ),
    "No device matches {asked} yet. {searched}": "Noch kein Gerät passt zu {asked}. {searched}",
    "Upload a CSV file first, or put one into S3.": (
        "Laden Sie zuerst eine CSV-Datei hoch oder legen Sie eine in S3 ab."
    ),
    "They appear with an upload.": "Sie erscheinen mit einem Upload.",
    "There are no devices yet. {first} {command} says what you can ask for.": (
        "Noch gibt es keine Geräte. {first} {command} sagt, was Sie fragen können."
    ),
    "No device matches {asked}. Leave a filter out to see more, or begin with {command}.": (
        "Kein Gerät passt zu {asked}. Lassen Sie einen Filter weg, um mehr zu sehen, oder beginnen Sie mit {command}."
    ),
    "Serial number": "Seriennummer",
    "Devices: {position}": "Geräte: {position}",
    "The last {number} of these do not fit here; *Send to my DM* brings them all.": (
        "Die letzten {number} davon passen hier nicht; *In meine Nachrichten* bringt alle."
    ),
    "Identifier": "Kennung",
    "No device {asked} is known to {company}.": "Kein Gerät {asked} ist {company} bekannt.",
    "None of these {number} devices is known to {company}.": "Keines dieser {number} Geräte ist {company} bekannt.",
    (
        "Compare the digits with the box or the order. A device is found by either IMEI, its MEID or its serial "
        "number, written in full. {command} shows what there is."
    ): (
        "Vergleichen Sie die Ziffern mit der Verpackung oder der Bestellung. Ein Gerät wird nach einer seiner IMEIs, "
        "nach MEID oder Seriennummer gefunden, vollständig geschrieben. {command} zeigt, was es gibt."
    ),
    "{number} of {devices} found": "{number} von {devices} gefunden",
    (
        "Shown are the first {number}. Put the list into my messages as a CSV file and press {button} to get a row "
        "for each."
    ): (
        "Gezeigt sind die ersten {number}. Legen Sie die Liste als CSV-Datei in Ihre Nachrichten mit mir und drücken "
        "Sie {button}, um für jedes eine Zeile zu bekommen."
    ),
    "*Not known ({number}):*": "*Unbekannt ({number}):*",
    "your company": "Ihrem Unternehmen",
    "… {number} more in between …": "… {number} weitere dazwischen …",
    "Nothing is recorded yet.": "Noch ist nichts festgehalten.",
    "Now: {status}. {sentence}": "Jetzt: {status}. {sentence}",
    "Open device": "Gerät öffnen",
    "*{words}* by {who}": "*{words}* von {who}",
    "{when}  {said}, then {status}{behind}": "{when}  {said}, dann {status}{behind}",
    "Uploaded": "Hochgeladen",
    "Recognised by the manufacturer's registry": "Vom Herstellerverzeichnis erkannt",
    "Accepted": "Angenommen",
    "Accepted by a rule": "Von einer Regel angenommen",
    "Rejected": "Abgelehnt",
    "Decision undone": "Entscheidung rückgängig gemacht",
    "Exchange begun": "Austausch begonnen",
    "Exchange ended": "Austausch beendet",
    "Released for deletion": "Zum Löschen freigegeben",
    "Deleted": "Gelöscht",
    "Upload undone": "Upload zurückgenommen",
    "Tags now: {tags}": "Tags jetzt: {tags}",
    "No tags yet.": "Noch keine Tags.",
    "Several with commas between.": "Mehrere mit Kommas dazwischen.",
    "{devices} changed: {what}.": "{devices} geändert: {what}.",
    "{devices} had it so already.": "{devices} schon so.",
    "Nothing was changed: the devices are gone.": "Nichts wurde geändert: Die Geräte gibt es nicht mehr.",
    "{command} lists them.": "{command} listet sie auf.",
    "Say which tags: + before one to add, - before one to remove.": "Nennen Sie Tags: + davor setzt, - davor entfernt.",
    "{tags} added": "{tags} gesetzt",
    "{tags} removed": "{tags} entfernt",
    "{device} has the tags {tags} now.": "{device} hat jetzt die Tags {tags}.",
    "{device} has no tags now.": "{device} hat jetzt keine Tags.",
    "Stored; the customer has not decided yet.": "Gespeichert; der Kunde hat noch nicht entschieden.",
    "The customer has accepted the device.": "Der Kunde hat das Gerät angenommen.",
    (
        "Stored, but the manufacturer's registry does not recognise it as a device of an authorised reseller; it "
        "cannot be accepted until the registry does."
    ): (
        "Gespeichert, aber das Herstellerverzeichnis erkennt es nicht als Gerät eines autorisierten Händlers; bis "
        "dahin kann es nicht angenommen werden."
    ),
    "Its IMEI is being exchanged; it goes back by itself to the state it had.": (
        "Seine IMEI wird ausgetauscht; danach hat es von selbst wieder den Status von vorher."
    ),
    # -- tags ---------------------------------------------------------------------------------------------------------
    "Name a tag to add, or one to remove.": "Nennen Sie einen Tag zum Setzen oder einen zum Entfernen.",
    # -- files and forms ----------------------------------------------------------------------------------------------
    "{found} of {all} devices found; {unknown} unknown.": "{found} von {all} Geräten gefunden; {unknown} unbekannt.",
    "{found} of {all} devices found.": "{found} von {all} Geräten gefunden.",
    "Slack gave up waiting before the form was there, and nothing was changed. Do the same again, please.": (
        "Slack hat nicht länger auf das Formular gewartet, und nichts wurde geändert. Bitte wiederholen Sie es."
    ),
}
