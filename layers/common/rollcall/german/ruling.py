"""Rules and orders: lists and forms, in German."""

from __future__ import annotations

from typing import Final

RULING: Final = {
    # -- Rules and orders: lists and forms ----------------------------------------------------------------------------
    "Order {number} from {company}": "Bestellung {number} von {company}",
    "From": "Von",
    "Reseller": "Händler",
    "As the reseller writes it; small and capital letters and spaces do not matter.": (
        "Wie der Händler sie schreibt; Groß- und Kleinschreibung und Leerzeichen sind gleich."
    ),
    "How many you expect, up to {number}.": "Wie viele Sie erwarten, bis {number}.",
    "Models": "Modelle",
    "Whole names as in the lists, or TACs (the first 8 digits of the IMEI), one a line. Empty: any model.": (
        "Ganze Namen wie in den Listen, oder TACs (die ersten 8 Ziffern der IMEI), je Zeile einer. Leer: jedes Modell."
    ),
    "Expected by": "Erwartet bis",
    "If devices are missing when this day is over, you are told, once.": (
        "Fehlen nach diesem Tag noch Geräte, erfahren Sie es, einmal."
    ),
    "Edit order": "Bestellung bearbeiten",
    "Save": "Speichern",
    "Registered resellers": "Registrierte Händler",
    "A rule accepts by itself what it may, in your name. What it does not take waits for a person as ever.": (
        "Eine Regel nimmt in Ihrem Namen von selbst an, was sie darf. Was sie nicht nimmt, wartet wie immer auf "
        "einen Menschen."
    ),
    "Name": "Name",
    "It decides nothing about a reseller until one of you has accepted devices of theirs, for good.": (
        "Über einen Händler entscheidet sie erst, wenn jemand von Ihnen Geräte von ihm endgültig angenommen hat."
    ),
    "Orders": "Bestellungen",
    "Only devices of an order that we announced and that has room": (
        "Nur Geräte einer angekündigten Bestellung, in der noch Platz ist"
    ),
    "At most, of one upload": "Höchstens, je Upload",
    "At most, in one day (UTC)": "Höchstens, am Tag (UTC)",
    "Up to {number}. What is above waits for a person. What is taken back counts, too.": (
        "Bis {number}. Was darüber liegt, wartet auf einen Menschen. Was rückgängig gemacht wird, zählt mit."
    ),
    "Edit rule": "Regel bearbeiten",
    "Add rule": "Regel anlegen",
    (
        "No rule decides for your company: every device waits until a person accepts or rejects it.\nA rule accepts "
        "devices by itself within guard rails: from resellers that you name, of models that you name, of orders that "
        "you announced, and so many at the most. {command} shows your orders."
    ): (
        "Keine Regel entscheidet für Ihr Unternehmen: Jedes Gerät wartet, bis ein Mensch es annimmt oder ablehnt.\n"
        "Eine Regel nimmt Geräte in festen Grenzen von selbst an: von Händlern und mit Modellen, die Sie nennen, aus "
        "Bestellungen, die Sie angekündigt haben, und höchstens so viele. {command} zeigt Ihre Bestellungen."
    ),
    "Rules, in the order in which they are asked": "Regeln, in der Reihenfolge, in der sie gefragt werden",
    "any model": "jedes Modell",
    "models {models}": "Modelle {models}",
    "only of announced orders that have room": "nur angekündigte Bestellungen, in denen noch Platz ist",
    "whatever the order": "gleich welche Bestellung",
    "at most {number} of an upload and {daily} a day (UTC)": "höchstens {number} je Upload und {daily} am Tag (UTC)",
    "From {resellers} · {models} · {orders} · {caps}": "Von {resellers} · {models} · {orders} · {caps}",
    "the first": "den ersten",
    "{name} would have accepted {number} of {among}{devices} that came from {resellers} in the last 30 days.": (
        "{name} hätte {number} von {among}{devices} angenommen, die in den letzten 30 Tagen von {resellers} kamen."
    ),
    "Nothing came from {resellers} in the last 30 days, so {name} would have done nothing.": (
        "In den letzten 30 Tagen kam nichts von {resellers}, also hätte {name} nichts getan."
    ),
    "⚠ {number} of them somebody has rejected.": "⚠ {number} davon hat jemand abgelehnt.",
    "{number} it would have left to a person:": "{number} hätte sie einem Menschen überlassen:",
    "⚠ It decides nothing about {who} yet. {new}": "⚠ Über {who} entscheidet sie noch nicht. {new}",
    "It is on.": "Sie ist eingeschaltet.",
    "It is off, and nothing was changed.": "Sie ist ausgeschaltet, und nichts wurde geändert.",
    "{name} is off: it decides nothing any more. What it decided stays.": (
        "{name} ist ausgeschaltet: Sie entscheidet nichts mehr. Was sie entschieden hat, bleibt."
    ),
    "{name} is on: from the next upload on it accepts what it may, in the name of {who}.": (
        "{name} ist eingeschaltet: Vom nächsten Upload an nimmt sie an, was sie darf, im Namen von {who}."
    ),
    "{name} is deleted. What it decided stays, and names it.": (
        "{name} ist gelöscht. Was sie entschieden hat, bleibt und nennt sie."
    ),
    "✓ on": "✓ an",
    "off": "aus",
    "· {number} accepted today": "· {number} heute angenommen",
    "⚠ {who} may not set rules any more, so it decides nothing. Save it again to answer for it.": (
        "⚠ {who} darf keine Regeln mehr aufstellen, deshalb entscheidet sie nichts. Speichern Sie sie noch einmal, "
        "um dafür einzustehen."
    ),
    "⚠ {resellers}: not yet. {new}": "⚠ {resellers}: noch nicht. {new}",
    "{id} version {version}, set by {who} · {when}": "{id} Version {version}, aufgestellt von {who} · {when}",
    "Delete {name}?": "{name} löschen?",
    "It decides nothing any more. What it decided stays, and names it.": (
        "Sie entscheidet nichts mehr. Was sie entschieden hat, bleibt und nennt sie."
    ),
    "Try it": "Erproben",
    "Try rule {name} on the last 30 days": "Regel {name} an den letzten 30 Tagen erproben",
    "Delete rule {name}": "Regel {name} löschen",
    "Edit rule {name}": "Regel {name} bearbeiten",
    "Switch off": "Ausschalten",
    "Switch rule {name} off": "Regel {name} ausschalten",
    "Switch {name} on?": "{name} einschalten?",
    (
        "From the next upload on it accepts what it may, in your name, without asking. You can take that back as any "
        "decision, and switch it off here."
    ): (
        "Vom nächsten Upload an nimmt sie ohne Rückfrage an, was sie darf, in Ihrem Namen. Sie können das wie jede "
        "Entscheidung rückgängig machen und sie hier ausschalten."
    ),
    "Switch on": "Einschalten",
    "Switch rule {name} on": "Regel {name} einschalten",
    (
        "A rule decides nothing about a reseller that is not registered, or is new: until one of you has accepted "
        "devices of theirs, and that cannot be taken back any more."
    ): (
        "Über einen Händler, der nicht registriert oder neu ist, entscheidet eine Regel nichts: erst wenn jemand von "
        "Ihnen Geräte von ihm angenommen hat und sich das nicht mehr rückgängig machen lässt."
    ),
    (
        "What it would have accepted in the last 30 days comes into your messages with me in a moment, with the "
        "button that switches it on."
    ): (
        "Was sie in den letzten 30 Tagen angenommen hätte, kommt gleich in Ihre Nachrichten mit mir, mit der "
        "Schaltfläche zum Einschalten."
    ),
    "What it would have accepted in the last 30 days comes into your messages with me in a moment.": (
        "Was sie in den letzten 30 Tagen angenommen hätte, kommt gleich in Ihre Nachrichten mit mir."
    ),
    # -- answers ------------------------------------------------------------------------------------------------------
    "This order is not there, or not any more. Nothing was changed.": (
        "Diese Bestellung gibt es nicht oder nicht mehr. Nichts wurde geändert."
    ),
    "Order": "Bestellung",
    "Somebody changed this order since it was shown. Nothing was changed; look again.": (
        "Jemand hat diese Bestellung geändert, seit sie gezeigt wurde. Nichts wurde geändert; sehen Sie noch einmal "
        "nach."
    ),
    "This took longer than Slack waits, so it was given up. Do it again: nothing is done twice.": (
        "Das hat länger gedauert, als Slack wartet, und wurde abgebrochen. Wiederholen Sie es: Nichts geschieht "
        "doppelt."
    ),
    "No reseller can upload devices for your company yet.": (
        "Noch kann kein Händler Geräte für Ihr Unternehmen hochladen."
    ),
    "This order is announced already: change it in the list of orders.": (
        "Diese Bestellung ist schon angekündigt: Ändern Sie sie in der Liste der Bestellungen."
    ),
    "This order is announced, and closed: change it in the list of orders.": (
        "Diese Bestellung ist angekündigt und abgeschlossen: Ändern Sie sie in der Liste der Bestellungen."
    ),
    "{most} orders are open, which is the most; close one first.": (
        "{most} Bestellungen sind offen, mehr geht nicht; schließen Sie zuerst eine ab."
    ),
    "Give the rule a name of up to {most} characters.": "Geben Sie der Regel einen Namen mit höchstens {most} Zeichen.",
    "Pick up to {most} of your registered resellers.": "Wählen Sie bis zu {most} Ihrer registrierten Händler.",
    "This is less than of one upload ({least}); it must be as many.": (
        "Das ist weniger als je Upload ({least}); es müssen ebenso viele sein."
    ),
    "Pick the reseller that sends the devices.": "Wählen Sie den Händler, der die Geräte sendet.",
    "Write the order number, up to {most} characters.": "Schreiben Sie die Bestellnummer, höchstens {most} Zeichen.",
    "This is no date; write it like 2026-03-01.": "Das ist kein Datum; schreiben Sie es wie 2026-03-01.",
    "Write a whole number from 1 to {most}.": "Schreiben Sie eine ganze Zahl von 1 bis {most}.",
    "These are {number} models; at most {most} can be named. Leave the field empty for all models.": (
        "Das sind {number} Modelle; höchstens {most} können genannt werden. Lassen Sie das Feld für alle Modelle leer."
    ),
    "A model has at most {most} characters; one of these has {number}.": (
        "Ein Modell hat höchstens {most} Zeichen; eines davon hat {number}."
    ),
    "Rule": "Regel",
    "This rule is not there, or not any more. Nothing was changed.": (
        "Diese Regel gibt es nicht oder nicht mehr. Nichts wurde geändert."
    ),
    "Somebody changed this rule, or deleted it, since it was shown. Nothing was changed; look again.": (
        "Jemand hat diese Regel geändert oder gelöscht, seit sie gezeigt wurde. Nichts wurde geändert; sehen Sie "
        "noch einmal nach."
    ),
    "A rule names resellers, and none is registered yet: {command}.": (
        "Eine Regel nennt Händler, und noch ist keiner registriert: {command}."
    ),
    "The rule is saved, and off.": "Die Regel ist gespeichert und ausgeschaltet.",
    "Your company has {most} rules, which is the most; delete one first.": (
        "Ihr Unternehmen hat {most} Regeln, mehr geht nicht; löschen Sie zuerst eine."
    ),
    "The rule is tried; nothing is changed by that.": "Die Regel wird erprobt; dadurch ändert sich nichts.",
    "The rule is saved, and on: it decides like this now.": (
        "Die Regel ist gespeichert und eingeschaltet: So entscheidet sie jetzt."
    ),
}
