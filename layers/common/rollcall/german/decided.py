"""What was decided, and from whom devices are taken, in German."""

from __future__ import annotations

from typing import Final

DECIDED: Final = {
    # -- What was decided, and from whom devices are taken ------------------------------------------------------------
    "Audit as CSV": "Protokoll als CSV",
    "Send me the whole audit as a CSV file": "Das ganze Protokoll als CSV-Datei senden",
    "Nothing was decided yet. {command} shows what waits.": (
        "Noch nichts wurde entschieden. {command} zeigt, was offen ist."
    ),
    "Decisions of {company}, newest first": "Entscheidungen von {company}, neueste zuerst",
    (
        "The audit comes as a CSV file into your messages with me: every step of every device that reached your "
        "company, also of those that are gone. A long one comes as a link."
    ): (
        "Das Protokoll kommt als CSV-Datei in Ihre Nachrichten mit mir: jeder Schritt jedes Geräts, das zu Ihrem "
        "Unternehmen kam, auch der gelöschten. Ein langes kommt als Link."
    ),
    "model {model}": "Modell {model}",
    "upload {upload}": "Upload {upload}",
    "by a list, job {job}": "nach einer Liste, Auftrag {job}",
    "approval ID {approval_id}": "Genehmigungs-ID {approval_id}",
    "only this time, without registering the reseller": "nur dieses Mal, ohne den Händler zu registrieren",
    "Undo {number} accepted devices": "{number} angenommene rückgängig machen",
    "Undo {number} rejected devices": "{number} abgelehnte rückgängig machen",
    "Undo {number} taken back devices": "{number} zurückgenommene rückgängig machen",
    (
        "No reseller can upload devices for you yet. One appears here as soon as it adds your company, or carries "
        "your MSP id."
    ): (
        "Noch kann kein Händler Geräte für Sie hochladen. Einer erscheint hier, sobald er Ihr Unternehmen hinzufügt "
        "oder Ihre MSP-ID führt."
    ),
    "Your resellers: {position}": "Ihre Händler: {position}",
    "· through your MSP id": "· über Ihre MSP-ID",
    "{name} is registered: you accept its devices without being asked.": (
        "{name} ist registriert: Sie nehmen Geräte dieses Händlers ohne Rückfrage an."
    ),
    "{name} is let in again: it can upload for you, and accepting its devices asks first what to do about it.": (
        "{name} ist wieder zugelassen: Hochladen ist möglich, und beim Annehmen werden Sie zuerst gefragt, was "
        "geschehen soll."
    ),
    (
        "{name} is blocked: what it uploads for you from now on is refused, and nothing of it reaches your channel. "
        "What came before stays for you to decide on, in {command}."
    ): (
        "{name} ist gesperrt: Was dieser Händler ab jetzt für Sie hochlädt, wird abgelehnt, und nichts davon kommt "
        "in Ihren Kanal. Was vorher kam, bleibt zur Entscheidung, in {command}."
    ),
    "Let in again": "Wieder zulassen",
    "Let {name} in again": "{name} wieder zulassen",
    "Register": "Registrieren",
    "Register {name}": "{name} registrieren",
    "Block {name}?": "{name} sperren?",
    (
        "What it uploads for you from now on is refused. What came before stays for you to decide on. You can let it "
        "in again here."
    ): (
        "Was dieser Händler ab jetzt für Sie hochlädt, wird abgelehnt. Was vorher kam, bleibt zur Entscheidung. Sie "
        "können ihn hier wieder zulassen."
    ),
    "Block": "Sperren",
    "Block…": "Sperren…",
    "✓ registered: you accept its devices without being asked": (
        "✓ registriert: Sie nehmen Geräte dieses Händlers ohne Rückfrage an"
    ),
    "not registered: accepting its devices asks first what to do about it": (
        "nicht registriert: Beim Annehmen werden Sie zuerst gefragt, was geschehen soll"
    ),
    "✕ blocked: what it uploads for you is refused": "✕ gesperrt: Was dieser Händler für Sie hochlädt, wird abgelehnt",
}
