"""Answers to decisions, their forms and the messages of long ones, in German."""

from __future__ import annotations

from typing import Final

DECISIONS: Final = {
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
    "{company} is not among your registered resellers, so nothing was accepted yet. Say what shall happen.": (
        "{company} gehört nicht zu Ihren registrierten Händlern, deshalb wurde noch nichts angenommen. Sagen Sie, was "
        "geschehen soll."
    ),
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
    (
        "⚠ Nothing was decided yet: what waits of {upload} has changed since this form was opened. "
        "Here is what waits now. What you filled in is still there; look at it and send it again."
    ): (
        "⚠ Noch ist nichts entschieden: Was aus {upload} offen ist, hat sich geändert, seit dieses Formular geöffnet "
        "wurde. Hier steht, was jetzt offen ist. Ihre Eingaben sind noch da; prüfen Sie sie und senden Sie noch einmal."
    ),
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
}
