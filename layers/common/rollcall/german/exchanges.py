"""Exchanges of an IMEI, in German."""

from __future__ import annotations

from typing import Final

EXCHANGES: Final = {
    # -- Exchanges of an IMEI -----------------------------------------------------------------------------------------
    "Which IMEI is exchanged?": "Welche IMEI wird ausgetauscht?",
    "New IMEI": "Neue IMEI",
    "15 digits, as *#06# shows them.": "15 Ziffern, wie *#06# sie zeigt.",
    "Exchange IMEI": "IMEI austauschen",
    "{device} is {status}": "{device} ist {status}",
    "Exchange": "Austauschen",
    (
        "The device is EXCHANGING until it is confirmed, at the latest until {deadline}; then it goes back by itself "
        "to the state it had. You are told how it ended."
    ): (
        "Das Gerät ist EXCHANGING, bis der Austausch bestätigt ist, längstens bis {deadline}; dann kehrt es von "
        "selbst zu seinem Status zurück. Sie erfahren, wie es ausgeht."
    ),
    "The exchange of {old} for {new} has begun.": "Der Austausch von {old} gegen {new} hat begonnen.",
    "Exchanged: {old} is {new} now.": "Ausgetauscht: {old} ist jetzt {new}.",
    "The device has the state it had. {command} finds it, too.": (
        "Das Gerät hat den Status von vorher. Auch {command} findet es."
    ),
    "The exchange of {old} for {new} failed.": "Der Austausch von {old} gegen {new} ist fehlgeschlagen.",
    "The device has its old IMEI and the state it had. Compare both IMEIs, then exchange again.": (
        "Das Gerät hat seine alte IMEI und den Status von vorher. Vergleichen Sie beide IMEIs und versuchen Sie es "
        "dann noch einmal."
    ),
    "The exchange of {old} for {new} was not confirmed within 24 hours.": (
        "Der Austausch von {old} gegen {new} wurde in 24 Stunden nicht bestätigt."
    ),
    "The device has its old IMEI and the state it had. Ask whoever runs the exchange system.": (
        "Das Gerät hat seine alte IMEI und den Status von vorher. Fragen Sie den Betreiber des Austauschsystems."
    ),
    "Write the IMEI that the device has, then the one it gets: {command}": (
        "Schreiben Sie die IMEI, die das Gerät hat, dann die künftige: {command}"
    ),
    (
        "While it is exchanged nobody can decide on the device or delete it. It goes back by itself to the state it "
        "has, after 24 hours at the latest. The old IMEI finds it afterwards, too."
    ): (
        "Während des Austauschs kann niemand über das Gerät entscheiden oder es löschen. Spätestens nach 24 Stunden "
        "kehrt es von selbst zu seinem Status zurück. Auch die alte IMEI findet es danach."
    ),
}
