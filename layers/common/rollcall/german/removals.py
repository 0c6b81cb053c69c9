"""Devices that a reseller deletes, in German."""

from __future__ import annotations

from typing import Final

REMOVALS: Final = {
    # -- devices that a reseller deletes ----------------------------------------------------------------------------
    "{company} deleted {devices} that it had uploaded for you.": (
        "{company} hat gelöscht, was für Sie hochgeladen war: {devices}."
    ),
    "{company} took upload {upload} back: {devices} deleted.": (
        "{company} hat Upload {upload} zurückgenommen: {devices} gelöscht."
    ),
    "None of them you had accepted.": "Nichts davon hatten Sie angenommen.",
    "{number} of them you had accepted.": "{number} davon hatten Sie angenommen.",
    "{number} of them you had accepted; {who} released them.": (
        "{number} davon hatten Sie angenommen; freigegeben von {who}."
    ),
    "By {who}": "Von {who}",
    "{company} wants to delete {devices} that you have accepted.": (
        "{company} möchte löschen, was Sie angenommen haben: {devices}."
    ),
    (
        "Released devices are deleted; they are yours again only when they are uploaded and accepted again. "
        "Without your release nothing happens."
    ): (
        "Freigegebene Geräte werden gelöscht; sie gehören erst wieder zu Ihnen, wenn sie noch einmal hochgeladen und "
        "angenommen werden. Ohne Ihre Freigabe geschieht nichts."
    ),
    ":hourglass: This was asked {when}.": ":hourglass: Gefragt wurde das {when}.",
    "Release {devices}?": "{devices} freigeben?",
    "They are deleted at once. That cannot be taken back.": (
        "Die Löschung beginnt sofort und lässt sich nicht rückgängig machen."
    ),
    "Release {devices}": "{devices} freigeben",
    "Keep": "Behalten",
    "Keep {devices}": "{devices} behalten",
    "Already answered.": "Bereits beantwortet.",
    "Kept by {who}": "Nicht freigegeben von {who}",
    "The reseller is told; nothing was deleted.": "Der Händler wird benachrichtigt; nichts wurde gelöscht.",
    "Released by {who}": "Freigegeben von {who}",
    "{devices} deleted. {stays} had changed in between.": "{devices} gelöscht. {stays} inzwischen geändert.",
    "{devices} deleted.": "{devices} gelöscht.",
    "They are being deleted.": "Die Löschung läuft.",
    (
        "You cannot decide on this. Approvers and admins of the customer that the devices are for can; "
        "nothing was changed."
    ): (
        "Darüber können Sie nicht entscheiden, nur Genehmiger und Admins des Kunden, für den die Geräte sind. "
        "Nichts wurde geändert."
    ),
    # -- what the reseller is told ------------------------------------------------------------------------------------
    "Taking upload {upload} back": "Upload {upload} wird zurückgenommen",
    "Deleting devices": "Geräte werden gelöscht",
    "{number} of {devices} done": "{number} von {devices} erledigt",
    "this takes a moment": "das dauert einen Moment",
    "You are told here when it is done; you need not wait.": (
        "Wenn es fertig ist, steht es hier; Sie müssen nicht warten."
    ),
    ", released by {who}": ", freigegeben von {who}",
    "Upload {upload} is taken back: {devices} deleted": "Upload {upload} ist zurückgenommen: {devices} gelöscht",
    "{devices} deleted{released}": "{devices} gelöscht{released}",
    "{number} of {company}": "{number} von {company}",
    ", {number} of them accepted before": ", davon {number} vorher angenommen",
    "; it is told.": "; das Unternehmen wird benachrichtigt.",
    "Uploading them again brings them back.": "Wenn Sie sie noch einmal hochladen, sind sie wieder da.",
    "{company} keeps {devices} that you wanted to delete.": "{company} behält, was Sie löschen wollten: {devices}.",
    "{who} decided so · {when}. {remedy}": "Entschieden von {who} · {when}. {remedy}",
    "Nothing was deleted.": "Nichts wurde gelöscht.",
    "{devices} not deleted:": "{devices} nicht gelöscht:",
    "{number} more": "{number} weitere",
    "Nothing was changed: type it as a slash command, {command}.": (
        "Nichts wurde geändert: Geben Sie es als Befehl ein, {command}."
    ),
    "Nothing can be deleted.": "Nichts kann gelöscht werden.",
    "• Not known: {named}{more}. {command} shows what there is.": (
        "• Unbekannt: {named}{more}. {command} zeigt, was es gibt."
    ),
    "Nothing of {upload} can be taken back.": "Aus {upload} kann nichts zurückgenommen werden.",
    "What was decided stays: {states}. {command} says how to delete single devices.": (
        "Was entschieden ist, bleibt: {states}. {command} sagt, wie Sie einzelne Geräte löschen."
    ),
    "All of its devices are gone already.": "Alle Geräte daraus sind schon gelöscht.",
    "You cannot do this. It is for people of the reseller that uploaded the devices; nothing was changed.": (
        "Das können Sie nicht, nur Personen des Händlers, der die Geräte hochgeladen hat; nichts wurde geändert."
    ),
    "{devices} stays: {states}.": "{devices} bleibt: {states}.",
    "{devices} stay: {states}.": "{devices} bleiben: {states}.",
    # -- the forms ----------------------------------------------------------------------------------------------------
    "A delete cannot be taken back; uploading the devices again brings them back. The customer is told.": (
        "Löschen lässt sich nicht rückgängig machen; wenn Sie die Geräte noch einmal hochladen, sind sie wieder da. "
        "Der Kunde wird benachrichtigt."
    ),
    "Delete devices": "Geräte löschen",
    "Delete": "Löschen",
    "Ask for release": "Um Freigabe bitten",
    (
        "• {devices} rejected, not recognised, being exchanged or deleted already: of these only the ones that the "
        "registry does not recognise go"
    ): (
        "• {devices} abgelehnt, nicht erkannt, im Austausch oder schon gelöscht: Davon wird nur gelöscht, was das "
        "Verzeichnis nicht erkennt"
    ),
    (
        "This cannot be taken back; the same file can be uploaded again. The customer is told, and its message about "
        "the upload follows."
    ): (
        "Das lässt sich nicht rückgängig machen; dieselbe Datei kann noch einmal hochgeladen werden. Der Kunde wird "
        "benachrichtigt, und seine Nachricht über den Upload wird nachgeführt."
    ),
    "Undo upload": "Upload zurücknehmen",
    "Type {meant}, the number of devices, to go on.": "Geben Sie {meant} ein, die Zahl der Geräte, um fortzufahren.",
    "Type {number} to go on": "Geben Sie {number} ein, um fortzufahren",
    "So that nobody does this by mistake.": "Damit das niemand aus Versehen tut.",
    "{devices} is deleted at once: {states}": "{devices} wird sofort gelöscht: {states}",
    "{devices} are deleted at once: {states}": "{devices} werden sofort gelöscht: {states}",
    "{devices} accepted by {company}: it is asked to release them with one click, and they are deleted then": (
        "{devices} angenommen von {company}: Das Unternehmen wird um Freigabe mit einem Klick gebeten; danach werden "
        "sie gelöscht"
    ),
    "{devices} accepted by {company}: it is asked to release it with one click, and it is deleted then": (
        "{devices} angenommen von {company}: Das Unternehmen wird um Freigabe mit einem Klick gebeten; danach wird "
        "es gelöscht"
    ),
    "{devices} stays: {why}. {remedy}": "{devices} bleibt: {why}. {remedy}",
    "{devices} stay: {why}. {remedy}": "{devices} bleiben: {why}. {remedy}",
    "Not known: {named}{more}": "Unbekannt: {named}{more}",
    "• {devices} goes: {states}": "• {devices} wird gelöscht: {states}",
    "• {devices} go: {states}": "• {devices} werden gelöscht: {states}",
    "• {devices} stay: {states}. What was decided, or is being exchanged, is not taken back with an upload": (
        "• {devices} bleiben: {states}. Was entschieden ist oder ausgetauscht wird, wird mit einem Upload nicht "
        "zurückgenommen"
    ),
    "• {devices} stays: {states}. What was decided, or is being exchanged, is not taken back with an upload": (
        "• {devices} bleibt: {states}. Was entschieden ist oder ausgetauscht wird, wird mit einem Upload nicht "
        "zurückgenommen"
    ),
}
