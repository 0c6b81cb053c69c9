"""What waits, what was decided of it, and who is reminded; in German."""

from __future__ import annotations

from typing import Final

WAITING: Final = {
    # -- what waits, and what was decided ---------------------------------------------------------------------------
    "{number} not recognised by the manufacturer's registry": "{number} vom Herstellerverzeichnis nicht erkannt",
    "{number} accepted by {who}": "{number} angenommen von {who}",
    "{number} rejected by {who}": "{number} abgelehnt von {who}",
    "… {who} is accepting them now; this message follows.": (
        "… Werden gerade angenommen von {who}; diese Nachricht wird nachgeführt."
    ),
    "… {who} is rejecting them now; this message follows.": (
        "… Werden gerade abgelehnt von {who}; diese Nachricht wird nachgeführt."
    ),
    "… {who} is taking them back now; this message follows.": (
        "… Wird gerade rückgängig gemacht von {who}; diese Nachricht wird nachgeführt."
    ),
    "Nothing waits for your decision.": "Nichts wartet auf Ihre Entscheidung.",
    "The newest uploads are still being stored. *Next* shows what waits of older ones.": (
        "Die neuesten Uploads werden noch gespeichert. *Weiter* zeigt, was aus älteren wartet."
    ),
    "What was decided lately can still be taken back: {command}": (
        "Was zuletzt entschieden wurde, kann noch rückgängig gemacht werden: {command}"
    ),
    "New devices appear here, and in your company's channel, when they are uploaded.": (
        "Neue Geräte erscheinen hier und im Kanal Ihres Unternehmens, sobald sie hochgeladen sind."
    ),
    "{devices} waiting for your decision": "Zur Entscheidung: {devices}",
    "{devices} waiting for your decision, {shown} of them on this page": (
        "Zur Entscheidung: {devices}, davon {shown} auf dieser Seite"
    ),
    "More than {devices} waiting for your decision, {shown} of them on this page": (
        "Zur Entscheidung: mehr als {devices}, davon {shown} auf dieser Seite"
    ),
    "From {company}": "Von {company}",
    "Reason: {reason}": "Grund: {reason}",
    "Taken back by {who}": "Rückgängig gemacht von {who}",
    "May be undone until {until}": "Kann rückgängig gemacht werden bis {until}",
    "This is final": "Das ist endgültig",
    "Undo": "Rückgängig",
    "Undo what rule {rule} accepted": "Rückgängig machen, was Regel {rule} angenommen hat",
    "without a model": "ohne Modell",
    "{number} rejected or being exchanged": "{number} abgelehnt oder im Austausch",
    "{number} deleted by the reseller": "{number} vom Händler gelöscht",
    "1 device from {reseller} waits for your decision": "1 Gerät von {reseller} wartet auf Ihre Entscheidung",
    "{number} from {reseller} wait for your decision": "{number} von {reseller} warten auf Ihre Entscheidung",
    "{number} from {reseller}: deleted by the reseller": "{number} von {reseller}: vom Händler gelöscht",
    "{number} from {reseller} not recognised by the manufacturer's registry: nothing to decide yet": (
        "{number} von {reseller} vom Herstellerverzeichnis nicht erkannt: noch nichts zu entscheiden"
    ),
    "{number} from {reseller}: all decided": "{number} von {reseller}: alles entschieden",
    "{number} in {file}": "{number} in {file}",
    "order {order}": "Bestellung {order}",
    "by {company}": "von {company}",
    "⚠ {company} is not among your registered resellers: accepting asks first what to do about that.": (
        "⚠ {company} gehört nicht zu Ihren registrierten Händlern: Beim Annehmen werden Sie zuerst gefragt, was damit "
        "geschehen soll."
    ),
    "{number} waiting": "{number} offen",
    "{number} accepted": "{number} angenommen",
    "What the registry does not recognise cannot be accepted; you hear of it when that changes.": (
        "Was das Verzeichnis nicht erkennt, kann nicht angenommen werden; Sie hören davon, wenn sich das ändert."
    ),
    "Accept {number}?": "{number} annehmen?",
    "They came from {company} and become yours. You can take that back for a while.": (
        "Gesendet von {company}; sie werden Ihrem Unternehmen zugeordnet. Das lässt sich eine Zeit lang rückgängig "
        "machen."
    ),
    "Accept {number}": "{number} annehmen",
    "Cancel": "Abbrechen",
    "Accept {number} devices of {upload}": "Geräte aus {upload} annehmen: {number}",
    "Review": "Ansehen",
    "Review {upload}": "{upload} ansehen",
    "Reject…": "Ablehnen …",
    "Accept a part…": "Einen Teil annehmen …",
    "Who can approve this?": "Wer kann das entscheiden?",
    "Who can approve {upload}?": "Wer kann über {upload} entscheiden?",
    "Undo what was decided of {upload}": "Entscheidung über {upload} rückgängig machen",
    "Decisions are the customer's. {command} shows how far your uploads are.": (
        "Entscheiden kann nur der Kunde. {command} zeigt, wie weit Ihre Uploads sind."
    ),
    "Decisions are taken by a button, or by a slash command such as {command}.": (
        "Entschieden wird mit einer Schaltfläche oder einem Befehl wie {command}."
    ),
    # -- nudges and reminders ---------------------------------------------------------------------------------------
    "{company} asks for your decision: {number} of {file}, uploaded {when}, wait as of {asked}.": (
        "{company} bittet um Ihre Entscheidung: {number} aus {file}, hochgeladen {when}, Stand {asked}."
    ),
    "{company} asks for your decision: {number} of {file}, uploaded {when}, waits as of {asked}.": (
        "{company} bittet um Ihre Entscheidung: {number} aus {file}, hochgeladen {when}, Stand {asked}."
    ),
    ":hourglass: {devices} of {uploads} wait for your decision, the oldest since {since}.": (
        ":hourglass: {devices} aus {uploads} warten auf Ihre Entscheidung, am längsten seit {since}."
    ),
    ":hourglass: {devices} of {uploads} waits for your decision, the oldest since {since}.": (
        ":hourglass: {devices} aus {uploads} wartet auf Ihre Entscheidung, seit {since}."
    ),
    "These are of the oldest uploads alone: there are more.": (
        "Das sind nur die aus den ältesten Uploads: Es gibt weitere."
    ),
    ":warning: {devices} of {uploads} wait for a decision of your company, the oldest since {since}.": (
        ":warning: {devices} aus {uploads} warten auf eine Entscheidung Ihres Unternehmens, am längsten seit {since}."
    ),
    ":warning: {devices} of {uploads} waits for a decision of your company, the oldest since {since}.": (
        ":warning: {devices} aus {uploads} wartet auf eine Entscheidung Ihres Unternehmens, seit {since}."
    ),
    "Nobody of your company may decide.": "Niemand in Ihrem Unternehmen darf entscheiden.",
    "Show who may decide, and invite people": "Zeigen, wer entscheiden darf, und Leute einladen",
    "People": "Personen",
    ":hourglass: {devices} are still waiting for {company} since {since}.": (
        ":hourglass: {devices} warten noch auf {company}, seit {since}."
    ),
    ":hourglass: {devices} is still waiting for {company} since {since}.": (
        ":hourglass: {devices} wartet noch auf {company}, seit {since}."
    ),
    "It has nobody who may decide.": "Dort darf niemand entscheiden.",
    "Its admins are told now.": "Die Admins dort werden jetzt benachrichtigt.",
    "since {since}": "seit {since}",
    "Reminded {when}:": "Erinnert {when}:",
    "Those who can decide:": "Entscheiden können:",
    "Review the oldest upload, {upload}": "Den ältesten Upload ansehen, {upload}",
    "and of {more}": "und {more}",
    "{devices} of {uploads}, since {since}": "{devices} aus {uploads}, seit {since}",
    "Your admins choose when you are reminded: {command}": "Wann erinnert wird, legen Ihre Admins fest: {command}",
    # -- nudges -------------------------------------------------------------------------------------------------------
    "Nudge": "Erinnern",
    "Ask for a decision on {upload}": "Um eine Entscheidung über {upload} bitten",
    "Who can decide on {upload}:": "Über {upload} entscheiden können:",
    "{company}: nobody yet. It has to name an approver; its admins can.": (
        "{company}: noch niemand. Die Admins dort müssen einen Genehmiger benennen."
    ),
    "{company}: nobody. An admin has to invite one: {command}": (
        "{company}: niemand. Ein Admin muss jemanden einladen: {command}"
    ),
    "Nothing of {upload} waits for a decision, so nobody was asked.": (
        "Aus {upload} wartet nichts auf eine Entscheidung, deshalb wurde niemand gefragt."
    ),
    "and {more}, of which {number} asked now": "und {more}, davon {number} jetzt gefragt",
    "{company} is asked to decide on {devices}. You can ask again {again}.": (
        "{company} ist gebeten zu entscheiden: {devices}. Noch einmal bitten können Sie {again}."
    ),
    "{company} was asked by {who} · {when}. You can ask again {again}.": (
        "{company} wurde gebeten von {who} · {when}. Noch einmal bitten können Sie {again}."
    ),
}
