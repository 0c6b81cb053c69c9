"""What came of a form of the setup, in German."""

from __future__ import annotations

from typing import Final

SETTINGS: Final = {
    # -- answers and problems ----------------------------------------------------------------------------------------
    "No such time zone. {zone}?": "Diese Zeitzone gibt es nicht. {zone}?",
    "No such time zone. Such as Europe/Berlin.": "Diese Zeitzone gibt es nicht. Zum Beispiel Europe/Berlin.",
    "Your time zone is {zone} now.": "Ihre Zeitzone ist jetzt {zone}.",
    "No time zone is set now.": "Jetzt ist keine Zeitzone festgelegt.",
    "Your weekly digest: {weekly}.": "Ihr Wochenbericht: {weekly}.",
    "Nothing was changed.": "Nichts wurde geändert.",
    "Pick when.": "Wählen Sie, wann.",
    "You are reminded of devices that wait: {rules}.": "Sie werden an offene Geräte erinnert: {rules}.",
    "Pick hours from the menu.": "Wählen Sie Stunden aus dem Menü.",
    "Each step must come later than the one before it.": "Jeder Schritt muss nach dem vorigen kommen.",
    "A name has 1 to 64 letters, digits, dots, dashes and underscores.": (
        "Ein Name hat 1 bis 64 Buchstaben, Ziffern, Punkte, Bindestriche und Unterstriche."
    ),
    "Pick a role.": "Wählen Sie eine Rolle.",
    "There are {most} keys already. Revoke one first.": "Es gibt schon {most} Schlüssel. Widerrufen Sie zuerst einen.",
    "There is a key of this name. Revoke it first, or take another.": (
        "Einen Schlüssel mit diesem Namen gibt es schon. Widerrufen Sie ihn zuerst oder nehmen Sie einen anderen Namen."
    ),
    "The key {name} is void: whatever uses it is refused now.": (
        "Der Schlüssel {name} gilt nicht mehr: Was ihn benutzt, wird jetzt abgewiesen."
    ),
    "Pick a language.": "Wählen Sie eine Sprache.",
    "The language of your company is {language} now.": "Die Sprache Ihres Unternehmens ist jetzt {language}.",
    "A name is needed: it is how others are told who did something.": (
        "Ein Name ist nötig: Daran sehen andere, wer etwas getan hat."
    ),
    "This is no email address.": "Das ist keine E-Mail-Adresse.",
    "Another member has this address; uploads in S3 are told apart by it.": (
        "Ein anderes Mitglied hat diese Adresse; Uploads in S3 werden daran unterschieden."
    ),
    "{name} is changed.": "{name} ist geändert.",
    "You are {role} of {company} now.": "Sie sind jetzt {role} von {company}.",
    "{name} is {role} now.": "{name} ist jetzt {role}.",
    "{name} made you {role} of {company} in Rollcall.": "{name} hat Sie in Rollcall zu {role} von {company} gemacht.",
    "You have left {company}.": "Sie haben {company} verlassen.",
    "API keys stay good, also those that they know: {command} revokes them.": (
        "API-Schlüssel gelten weiter, auch die bekannten: {command} widerruft sie."
    ),
    "{name} is no member any more. Codes that they gave out let nobody in.": (
        "{name} ist kein Mitglied mehr. Von dort vergebene Codes lassen niemanden ein."
    ),
    "{name} took you out of {company} in Rollcall.": "{name} hat Sie in Rollcall aus {company} entfernt.",
    ":warning: Nobody of your company may accept devices now.": (
        ":warning: Niemand in Ihrem Unternehmen darf jetzt Geräte annehmen."
    ),
    ":warning: Nobody of your company may upload now.": ":warning: Niemand in Ihrem Unternehmen darf jetzt hochladen.",
    "The invitation is taken back: its code lets nobody in.": (
        "Die Einladung ist zurückgenommen: Ihr Code lässt niemanden ein."
    ),
    "Setup": "Einrichtung",
    "This is not there, or not any more. Nothing was changed.": (
        "Das gibt es nicht oder nicht mehr. Nichts wurde geändert."
    ),
    "Pick a channel, not a direct message.": "Wählen Sie einen Kanal, keine Direktnachricht.",
    "There is no channel now: your admins are told in person.": (
        "Jetzt gibt es keinen Kanal: Ihre Admins werden persönlich benachrichtigt."
    ),
    (
        "A test message is on its way there. If Slack does not take it, you hear why, and what to do, in your "
        "messages with me."
    ): (
        "Eine Testnachricht ist unterwegs dorthin. Nimmt Slack sie nicht an, erfahren Sie in Ihren Nachrichten mit "
        "mir, warum und was zu tun ist."
    ),
    "{channel} is the channel of {company} now.": "{channel} ist jetzt der Kanal von {company}.",
    "An alias is needed: it is what people pick.": "Ein Kurzname ist nötig: Er wird ausgewählt.",
    "The code is needed.": "Der Code ist nötig.",
    "There is a code of this alias. Remove it first, or take another alias.": (
        "Einen Code mit diesem Kurznamen gibt es schon. Entfernen Sie ihn zuerst oder nehmen Sie einen anderen."
    ),
    "There are {most} codes, which is as many as a menu shows.": "Es gibt {most} Codes, mehr zeigt ein Menü nicht.",
    "The code {code} is called {alias} now.": "Der Code {code} heißt jetzt {alias}.",
    "The code {alias} is removed.": "Der Code {alias} ist entfernt.",
    "Your reference of {customer} is {reference} now.": "Ihre Referenz für {customer} ist jetzt {reference}.",
    "Your reference of {customer} is empty now.": "Ihre Referenz für {customer} ist jetzt leer.",
    "Pick how long.": "Wählen Sie, wie lange.",
    "A decision can be taken back for {window} from now on.": (
        "Eine Entscheidung lässt sich ab jetzt so lange zurücknehmen: {window}."
    ),
    "Your release of accepted devices before a reseller deletes them is not needed now.": (
        "Bevor ein Händler angenommene Geräte löscht, ist Ihre Freigabe jetzt nicht nötig."
    ),
    "Your release of accepted devices before a reseller deletes them is needed now.": (
        "Bevor ein Händler angenommene Geräte löscht, ist Ihre Freigabe jetzt nötig."
    ),
}
