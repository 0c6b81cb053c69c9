"""What rules and orders say of devices, in German."""

from __future__ import annotations

from typing import Final

ORDERING: Final = {
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
    # -- the list of orders -------------------------------------------------------------------------------------------
    "Announce order": "Bestellung ankündigen",
    (
        "No order is announced. Announce its number and how many devices you expect: the upload then says how many "
        "came, and what was not expected. A rule can accept them by itself: {command}."
    ): (
        "Keine Bestellung ist angekündigt. Kündigen Sie ihre Nummer und die Zahl der erwarteten Geräte an: Jeder "
        "Upload nennt dann, was kam und was nicht erwartet war. Eine Regel kann sie von selbst annehmen: {command}."
    ),
    "Expected orders": "Erwartete Bestellungen",
    "expected {number}": "{number} erwartet",
    "got {number}": "{number} erhalten",
    "{number} too many": "{number} zu viel",
    "· models {models}": "· Modelle {models}",
    "· by {due}": "· bis {due}",
    "· closed": "· abgeschlossen",
    "{number} from {company}{state}\n{figures}{models}{due}\n{id} by {who} · {when}": (
        "{number} von {company}{state}\n{figures}{models}{due}\n{id} von {who} · {when}"
    ),
    "Saved. What came of it already is being counted, and what comes is told with each upload.\n{order_text}": (
        "Gespeichert. Was davon schon da ist, wird gerade gezählt; was noch kommt, nennt jeder Upload.\n{order_text}"
    ),
    "{number} is closed: nothing more is expected of it.": (
        "{number} ist abgeschlossen: Davon wird nichts mehr erwartet."
    ),
    "{number} is open again.": "{number} ist wieder offen.",
    ("⚠ Order {number} from {company} was expected by {due}: expected {quantity}, got {arrived}, {missing} missing."): (
        "⚠ Bestellung {number} von {company} war bis {due} erwartet: {quantity} erwartet, {arrived} erhalten, "
        "{missing} fehlen."
    ),
    "Order {number} from {company}, expected by {due}: all {quantity} have come.": (
        "Bestellung {number} von {company}, bis {due} erwartet: alle {quantity} sind da."
    ),
    "Open again": "Wieder öffnen",
    "Open order {number} again": "Bestellung {number} wieder öffnen",
    "Close {number}?": "{number} abschließen?",
    "Nothing more is expected of it: what comes later is told as not expected, and no rule accepts it.": (
        "Davon wird nichts mehr erwartet: Was später kommt, gilt als nicht erwartet, und keine Regel nimmt es an."
    ),
    "Close order": "Abschließen",
    "Edit": "Bearbeiten",
    "Edit order {number}": "Bestellung {number} bearbeiten",
    "Close": "Schließen",
    "Close order {number}": "Bestellung {number} abschließen",
    # -- forms that came too late ----------------------------------------------------------------------------------
    (
        "Nothing was saved yet: somebody changed this rule since you opened it. Now it says: {rule}\n"
        "What you filled in is still there; *Save* puts it in place of that."
    ): (
        "Noch ist nichts gespeichert: Jemand hat diese Regel geändert, seit Sie sie geöffnet haben. Jetzt lautet sie: "
        "{rule}\nIhre Eingaben sind noch da; *Speichern* setzt sie an deren Stelle."
    ),
    (
        "Nothing was saved yet: this rule is not there, or not any more. "
        "What you filled in is still there; *Save* makes it a new rule, which is off."
    ): (
        "Noch ist nichts gespeichert: Diese Regel gibt es nicht oder nicht mehr. Ihre Eingaben sind noch da; "
        "*Speichern* macht daraus eine neue Regel, die aus ist."
    ),
    (
        "Nothing was saved yet: somebody changed this order since you opened it. Now it says: {order}\n"
        "What you filled in is still there; *Save* puts it in place of that."
    ): (
        "Noch ist nichts gespeichert: Jemand hat diese Bestellung geändert, seit Sie sie geöffnet haben. Jetzt lautet "
        "sie: {order}\nIhre Eingaben sind noch da; *Speichern* setzt sie an deren Stelle."
    ),
}
