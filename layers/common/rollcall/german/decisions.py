"""What customers and resellers are told of decisions: notices, buttons, forms, answers; in German."""

from __future__ import annotations

from typing import Final

DECISIONS: Final = {
    # -- who reads and who acted ------------------------------------------------------------------------------------
    "API key {name}": "API-Schlüssel {name}",
    "a rule": "einer Regel",
    "a colleague": "jemand aus Ihrem Unternehmen",
    "reseller": "Händler",
    "customer": "Kunde",
    "the rule {rule} of {whose}": "der Regel {rule} von {whose}",
    "and {more}": "und {more}",
    "and {number} more": "und {number} weitere",
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
    "*Next* looks through older uploads.": "*Weiter* durchsucht ältere Uploads.",
    "New devices appear here, and in your company's channel, when they are uploaded.": (
        "Neue Geräte erscheinen hier und im Kanal Ihres Unternehmens, sobald sie hochgeladen sind."
    ),
    "{devices} waiting for your decision": "Zur Entscheidung: {devices}",
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
    # -- orders and rules -------------------------------------------------------------------------------------------
    "of another model than the rule names": "mit einem anderen Modell, als die Regel nennt",
    "without an order number": "ohne Bestellnummer",
    "of an order that you have not announced": "mit einer Bestellung, die Sie nicht angekündigt haben",
    "of an order that is closed": "mit einer Bestellung, die abgeschlossen ist",
    "of another model than their order names": "mit einem anderen Modell, als ihre Bestellung nennt",
    "more than their order's quantity": "über die Menge ihrer Bestellung hinaus",
    "since the reseller is not registered": "weil der Händler nicht registriert ist",
    "since the reseller is new: a person decides on the first devices": (
        "weil der Händler neu ist: Über die ersten Geräte entscheidet ein Mensch"
    ),
    "since whoever set the rule may not set rules any more": (
        "weil keine Regeln mehr aufstellen darf, wer diese aufgestellt hat"
    ),
    "since the rule was changed meanwhile": "weil die Regel inzwischen geändert wurde",
    "since the rule's decision was taken back": "weil die Entscheidung der Regel rückgängig gemacht wurde",
    "over the rule's cap for an upload": "über der Grenze der Regel für einen Upload",
    "over the rule's cap for a day": "über der Grenze der Regel für einen Tag",
    "Left for a person by your rules: {told}": "Von Ihren Regeln einem Menschen überlassen: {told}",
    "expected {expected}": "{expected} erwartet",
    "got {got}": "{got} erhalten",
    "{number} not expected": "{number} nicht erwartet",
    "Orders of {company}: {told}": "Bestellungen von {company}: {told}",
    "Orders: {told}": "Bestellungen: {told}",
    "{number} of order {order}, which your company has not announced": (
        "{number} zu Bestellung {order}, die Ihr Unternehmen nicht angekündigt hat"
    ),
    "{number} of other orders that your company has not announced": (
        "{number} zu anderen Bestellungen, die Ihr Unternehmen nicht angekündigt hat"
    ),
    "{number} of order {order}, which they have not announced": (
        "{number} zu Bestellung {order}, die der Kunde nicht angekündigt hat"
    ),
    "{number} of other orders that they have not announced": (
        "{number} zu anderen Bestellungen, die der Kunde nicht angekündigt hat"
    ),
    "{number} missing": "{number} fehlen noch",
    "{number} of this upload came after it was closed": "{number} aus diesem Upload kamen nach dem Abschluss",
    "{number} of this upload too many": "{number} aus diesem Upload zu viel",
    "{number} of this upload of another model": "{number} aus diesem Upload mit anderem Modell",
    "order {order} (closed)": "Bestellung {order} (abgeschlossen)",
    # -- answers to a decision --------------------------------------------------------------------------------------
    "{number} accepted.": "{number} angenommen.",
    "{number} rejected.": "{number} abgelehnt.",
    "{number} taken back and waiting again.": "Rückgängig gemacht: {number}, wieder offen.",
    "{number} not accepted:": "{number} nicht angenommen:",
    "{number} not rejected:": "{number} nicht abgelehnt:",
    "{number} not taken back:": "{number} nicht rückgängig gemacht:",
    "Nothing was accepted: there is nothing left of it.": "Nichts wurde angenommen: Davon ist nichts mehr da.",
    "Nothing was rejected: there is nothing left of it.": "Nichts wurde abgelehnt: Davon ist nichts mehr da.",
    "Nothing was taken back: there is nothing left of it.": (
        "Nichts wurde rückgängig gemacht: Davon ist nichts mehr da."
    ),
    "Accepting {number}: this takes a moment.": "Annahme läuft: {number}. Das dauert einen Moment.",
    "Rejecting {number}: this takes a moment.": "Ablehnung läuft: {number}. Das dauert einen Moment.",
    "Taking back {number}: this takes a moment.": "Wird rückgängig gemacht: {number}. Das dauert einen Moment.",
    "Already accepted by {who}": "Bereits angenommen von {who}",
    "Already rejected by {who}": "Bereits abgelehnt von {who}",
    "Already taken back by {who}": "Bereits rückgängig gemacht von {who}",
    "Deleted by {who}": "Gelöscht von {who}",
    "Reason: {reason}; the reseller sees it.": "Grund: {reason}; der Händler sieht ihn.",
    "{until}, by anybody of your company who may decide.": (
        "{until}, von allen in Ihrem Unternehmen, die entscheiden dürfen."
    ),
    "Undo the decision on {number}": "Entscheidung rückgängig machen: {number}",
    "Nothing to do.": "Nichts zu tun.",
    "Not there any more as it was shown, or not your company's. {command} shows what waits now.": (
        "Nicht mehr so vorhanden, wie es gezeigt wurde, oder nicht von Ihrem Unternehmen. {command} zeigt, was jetzt "
        "offen ist."
    ),
    "Nobody else decides on them meanwhile.": "Währenddessen entscheidet niemand sonst darüber.",
    "How far it is, and what came of it, comes by itself into your messages with me.": (
        "Wie weit es ist und was daraus wurde, kommt von selbst in Ihre Nachrichten mit mir."
    ),
    "Nothing was decided by your click: what waits has changed since the message was drawn.": (
        "Ihr Klick hat nichts entschieden: Was offen ist, hat sich geändert, seit die Nachricht erstellt wurde."
    ),
    "Now {number} of {upload} wait. The message is brought up to date.": (
        "Jetzt sind {number} aus {upload} offen. Die Nachricht wird aktualisiert."
    ),
    "Now {number} of {upload} waits. The message is brought up to date.": (
        "Jetzt ist {number} aus {upload} offen. Die Nachricht wird aktualisiert."
    ),
    "Nothing of {upload} waits any more, so your click changed nothing.": (
        "Aus {upload} ist nichts mehr offen, Ihr Klick hat also nichts geändert."
    ),
    "Show what waits": "Offenes zeigen",
    "Show what waits for your decision": "Zeigen, was auf Ihre Entscheidung wartet",
    "Somebody of your company is deciding on this upload at this moment. Your click changed nothing.": (
        "Über diesen Upload entscheidet gerade jemand aus Ihrem Unternehmen. Ihr Klick hat nichts geändert."
    ),
    "Your click changed nothing.": "Ihr Klick hat nichts geändert.",
    "{company} is not among your registered resellers, so nothing was accepted. Register it, then ask again.": (
        "{company} gehört nicht zu Ihren registrierten Händlern, deshalb wurde nichts angenommen. Registrieren Sie den "
        "Händler und versuchen Sie es noch einmal."
    ),
    "Register…": "Registrieren …",
    "Register {company}": "{company} registrieren",
    (
        "This took longer than Slack waits, so it was given up. Do it again: what was decided already stays as it is, "
        "and nothing is decided twice. {command} shows what waits."
    ): (
        "Das hat länger gedauert, als Slack wartet, und wurde abgebrochen. Wiederholen Sie es: Was schon entschieden "
        "ist, bleibt so, und nichts wird zweimal entschieden. {command} zeigt, was offen ist."
    ),
    "{company} is registered: you accept its devices without being asked.": (
        "{company} ist registriert: Sie nehmen Geräte dieses Händlers ohne Rückfrage an."
    ),
    (
        "{company} is blocked: what it uploads for you from now on is refused. "
        "What came before stays for you to decide on, and you can register it again."
    ): (
        "{company} ist gesperrt: Was dieser Händler ab jetzt für Sie hochlädt, wird abgelehnt. Was vorher kam, "
        "bleibt zur Entscheidung, und Sie können ihn wieder registrieren."
    ),
    "{company} is not registered.": "{company} ist nicht registriert.",
    # -- forms ------------------------------------------------------------------------------------------------------
    (
        "Rejected devices are not yours: they leave your list of what waits, and the reseller sees your reason. "
        "Only the reseller deleting and uploading them again brings them back."
    ): (
        "Abgelehnte Geräte gehören nicht zu Ihnen: Sie verschwinden aus Ihrer Liste offener Geräte, und der Händler "
        "sieht Ihren Grund. Sie kommen nur zurück, wenn der Händler sie löscht und noch einmal hochlädt."
    ),
    "Accept devices": "Geräte annehmen",
    "Accept": "Annehmen",
    "As your billing system has it": "Wie in Ihrem Abrechnungssystem",
    "Approval ID": "Genehmigungs-ID",
    "For this device alone.": "Nur für dieses Gerät.",
    "Accept device": "Gerät annehmen",
    "Reject devices": "Geräte ablehnen",
    "Reject device": "Gerät ablehnen",
    "Register it, and accept": "Registrieren und annehmen",
    "Accept only this time": "Nur dieses Mal annehmen",
    "Register it": "Registrieren",
    "Block it: refuse what it uploads from now on": "Sperren: künftige Uploads ablehnen",
    "{company} is not among the resellers that your company has registered.": (
        "{company} gehört nicht zu den Händlern, die Ihr Unternehmen registriert hat."
    ),
    "Blocking leaves what has arrived for you to decide on, and can be taken back.": (
        "Beim Sperren bleibt zur Entscheidung, was schon da ist; es lässt sich rückgängig machen."
    ),
    "Choose": "Auswählen",
    "Unregistered reseller": "Unbekannter Händler",
    "What shall happen?": "Was soll geschehen?",
    "Go on": "Weiter",
    "Say why, in at least {least} characters: the reseller reads it.": (
        "Nennen Sie den Grund, mit mindestens {least} Zeichen: Der Händler liest ihn."
    ),
    "At most {most} characters; these are {length}.": "Höchstens {most} Zeichen; das sind {length}.",
    "{number} from {company} in {file}": "{number} von {company} in {file}",
    "{device} from {company}": "{device} von {company}",
    "You can take this back until {until}.": "Sie können das rückgängig machen bis {until}.",
    "All {number}": "Alle {number}",
    "Order {name} ({number})": "Bestellung {name} ({number})",
    "Model {name} ({number})": "Modell {name} ({number})",
    "Which devices?": "Welche Geräte?",
    "Reason": "Grund",
    "The reseller reads it.": "Der Händler liest ihn.",
    # -- long decisions ---------------------------------------------------------------------------------------------
    "Accepting {number} {source}": "Annahme läuft: {number} {source}",
    "Rejecting {number} {source}": "Ablehnung läuft: {number} {source}",
    "Taking back {number} {source}": "Wird rückgängig gemacht: {number} {source}",
    "{number} accepted {source}": "{number} angenommen {source}",
    "{number} rejected {source}": "{number} abgelehnt {source}",
    "{number} taken back and waiting again {source}": "Rückgängig gemacht: {number}, wieder offen {source}",
    "Nothing was accepted {source}": "Nichts wurde angenommen {source}",
    "Nothing was rejected {source}": "Nichts wurde abgelehnt {source}",
    "Nothing was taken back {source}": "Nichts wurde rückgängig gemacht {source}",
    "Nothing more was accepted {source}": "Nichts weiter wurde angenommen {source}",
    "Nothing more was rejected {source}": "Nichts weiter wurde abgelehnt {source}",
    "Nothing more was taken back {source}": "Nichts weiter wurde rückgängig gemacht {source}",
    "{lines} {source} not accepted: each with its cause and what to do. Mend them and send them again.": (
        "{lines} nicht angenommen {source}: jede mit Ursache und Abhilfe. Korrigieren Sie die Zeilen und senden Sie "
        "sie noch einmal."
    ),
    "This begins in a moment.": "Das beginnt gleich.",
    "{done} of {rows} done": "{done} von {rows} fertig",
    "as of {when}": "Stand: {when}",
    "The whole list is in the file below.": "Die ganze Liste steht in der Datei darunter.",
    "and others like these": "und weitere dieser Art",
    "of {upload}": "aus {upload}",
    "by the list {name}": "mit der Liste {name}",
    "by the list": "mit der Liste",
    "Report: {folder}": "Bericht: {folder}",
    "Previous": "Zurück",
    "Next": "Weiter",
    "Show as table": "Als Tabelle",
    "Send to my DM": "In meine Nachrichten",
    "This question is too long for buttons to repeat. Ask a shorter one to page through its answer.": (
        "Diese Frage ist zu lang für Schaltflächen. Stellen Sie eine kürzere, um in der Antwort zu blättern."
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
}
