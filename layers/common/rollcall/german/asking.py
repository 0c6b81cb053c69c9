"""What could not be understood, found or allowed, in German."""

from __future__ import annotations

from typing import Final

ASKING: Final = {
    # -- What could not be understood, found or allowed ---------------------------------------------------------------
    "release devices that were accepted": "angenommene Geräte freigeben",
    "Did you mean {nearest}?": "Meinten Sie {nearest}?",
    "This works: {command}": "So geht es: {command}",
    "This does nothing any more: it belongs to an older message or to something Rollcall does not do.": (
        "Das bewirkt nichts mehr: Es gehört zu einer älteren Nachricht oder zu etwas, das Rollcall nicht tut."
    ),
    "{command} says what you can ask for.": "{command} sagt, was Sie fragen können.",
    "Something went wrong on our side, and what you asked for was not finished.": (
        "Auf unserer Seite ist etwas schiefgegangen; was Sie wollten, wurde nicht fertig."
    ),
    "Try it once more. If it happens again, tell those who run Rollcall the reference {reference}.": (
        "Versuchen Sie es noch einmal. Geschieht es wieder, nennen Sie den Betreibern von Rollcall die Referenz "
        "{reference}."
    ),
    "Slack gave up waiting before an answer could open. Press the button once more: nothing is done twice.": (
        "Slack hat nicht länger gewartet, bis sich eine Antwort öffnen konnte. Drücken Sie noch einmal: Nichts "
        "geschieht doppelt."
    ),
    "If it happens again, tell those who run Rollcall the reference {reference}.": (
        "Geschieht es wieder, nennen Sie den Betreibern von Rollcall die Referenz {reference}."
    ),
    "The answer to {command} took too long, so it was given up. Nothing was changed.": (
        "Die Antwort auf {command} hat zu lange gedauert und wurde abgebrochen. Nichts wurde geändert."
    ),
    "Ask again, or narrow it with a filter such as `upload:` or `order:`.": (
        "Fragen Sie noch einmal oder grenzen Sie mit einem Filter wie `upload:` oder `order:` ein."
    ),
    "It takes the role {roles}; ask one of them.": "Das darf die Rolle {roles}; fragen Sie dort nach.",
    " or ": " oder ",
    "As {role} you may not {act}.": "Als {role} dürfen Sie nicht {act}.",
    "No upload {asked} is known. {command} shows what there is.": (
        "Kein Upload {asked} ist bekannt. {command} zeigt, was es gibt."
    ),
    "No customer {asked} is known. {command} shows what there is.": (
        "Kein Kunde {asked} ist bekannt. {command} zeigt, was es gibt."
    ),
    "No company {asked} is known. {command} shows what there is.": (
        "Kein Unternehmen {asked} ist bekannt. {command} zeigt, was es gibt."
    ),
    "No device {asked} is known. {command} shows what there is.": (
        "Kein Gerät {asked} ist bekannt. {command} zeigt, was es gibt."
    ),
    "No reseller {asked} is known. {command} shows what there is.": (
        "Kein Händler {asked} ist bekannt. {command} zeigt, was es gibt."
    ),
    "No decision {asked} is known. {command} shows what there is.": (
        "Keine Entscheidung {asked} ist bekannt. {command} zeigt, was es gibt."
    ),
    "No request {asked} is known. {command} shows what there is.": (
        "Keine Anfrage {asked} ist bekannt. {command} zeigt, was es gibt."
    ),
    "No delete {asked} is known. {command} shows what there is.": (
        "Keine Löschung {asked} ist bekannt. {command} zeigt, was es gibt."
    ),
    "Nothing {asked} is known. {command} shows what there is.": (
        "{asked} ist nicht bekannt. {command} zeigt, was es gibt."
    ),
    "{uploads} begin with {asked}. Add a few more characters of the id.": (
        "{uploads} beginnen mit {asked}. Fügen Sie noch ein paar Zeichen der ID hinzu."
    ),
    "This page is out of date. Ask again: {command}": "Diese Seite ist veraltet. Fragen Sie noch einmal: {command}",
    "There is more than one Slack message holds; what came after this was left out.": (
        "Es gibt mehr, als eine Slack-Nachricht fasst; was danach kam, wurde weggelassen."
    ),
    "viewer": "Leser",
    "uploader": "Uploader",
    "approver": "Genehmiger",
    "admin": "Admin",
    "operator": "Betreiber",
    "see devices": "Geräte ansehen",
    "see uploads": "Uploads ansehen",
    "upload": "hochladen",
    "undo own upload": "eigene Uploads zurücknehmen",
    "delete": "löschen",
    "undo any upload": "jeden Upload zurücknehmen",
    "decide": "entscheiden",
    "set rules": "Regeln aufstellen",
    "manage account": "das Konto verwalten",
    "invite customers": "Kunden einladen",
    "operate": "Rollcall betreiben",
    "see content with reason": "Inhalte mit Grund ansehen",
}
