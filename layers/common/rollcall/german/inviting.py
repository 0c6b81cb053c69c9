"""Invitations and who joins, in German."""

from __future__ import annotations

from typing import Final

INVITING: Final = {
    # -- Invitations and who joins ------------------------------------------------------------------------------------
    "one person": "eine Person",
    "or by this link, whether or not their workspace has Rollcall: {link}": (
        "oder mit diesem Link, ob deren Workspace Rollcall hat oder nicht: {link}"
    ),
    "Send the line or the link to them.": "Senden Sie die Zeile oder den Link weiter.",
    "Send this line to them.": "Senden Sie diese Zeile weiter.",
    "Invitation for {whom}{role}:": "Einladung für {whom}{role}:",
    "{send} The code works once, until {until}; it is shown only here.": (
        "{send} Der Code gilt einmal, bis {until}; er wird nur hier gezeigt."
    ),
    "Whoever uses it becomes the first admin, and invites the others.": (
        "Wer ihn benutzt, wird der erste Admin und lädt die anderen ein."
    ),
    "From then on {inviter} can upload to them.": "Danach kann {inviter} dorthin hochladen.",
    "Invitation": "Einladung",
    "as {role}": "als {role}",
    "Ask whoever gave it to you for a new one. {command} says where you belong.": (
        "Bitten Sie um einen neuen, wo Sie ihn bekommen haben. {command} sagt, wohin Sie gehören."
    ),
    "You have used this code already. {command} says where you belong since.": (
        "Diesen Code haben Sie schon benutzt. {command} sagt, wohin Sie seitdem gehören."
    ),
    "Welcome. You are {role} of {company} ({side}, {account}) now.": (
        "Willkommen. Sie sind jetzt {role} von {company} ({side}, {account})."
    ),
    "{linked} can upload devices for {company} ({account}) now.": (
        "{linked} kann jetzt Geräte für {company} ({account}) hochladen."
    ),
    "When the first devices come, you are asked whether to register it.": (
        "Wenn die ersten Geräte kommen, werden Sie gefragt, ob Sie den Händler registrieren."
    ),
    "You belong to several companies: {name} behind a command names this one.": (
        "Sie gehören zu mehreren Unternehmen: {name} hinter einem Befehl meint dieses."
    ),
    "Next: name a channel, and invite your colleagues.": (
        "Als Nächstes: Benennen Sie einen Kanal und laden Sie Ihre Kollegen ein."
    ),
    "Set up": "Einrichten",
    "{company} is linked with that reseller already.": "{company} ist mit diesem Händler schon verbunden.",
    "{company} has you as a member already.": "{company} hat Sie schon als Mitglied.",
    "{company} has you as a member already, as {role}.": "{company} hat Sie schon als Mitglied, als {role}.",
    "The code was not used; it is still good for somebody else.": (
        "Der Code wurde nicht benutzt; er gilt noch für jemand anderen."
    ),
    "{reseller} invites a customer, and you are an admin of one already. Which shall it be?": (
        "{reseller} lädt einen Kunden ein, und Sie sind schon Admin von einem. Welcher soll es sein?"
    ),
    "Link with it": "Damit verbinden",
    "A new company: {company}": "Ein neues Unternehmen: {company}",
    "Make it": "Anlegen",
    "{inviter} invites you to {company} in Rollcall, as {role}. The invitation is good until {until}.": (
        "{inviter} lädt Sie in Rollcall zu {company} ein, als {role}. Die Einladung gilt bis {until}."
    ),
    "Join": "Beitreten",
    "Join {company}": "{company} beitreten",
    "This invitation is not for you, or not any more. {command} says where you belong.": (
        "Diese Einladung ist nicht oder nicht mehr für Sie. {command} sagt, wohin Sie gehören."
    ),
    "{name} brought in {company} ({account}) and is its admin.": (
        "{name} hat {company} ({account}) angemeldet und ist dort Admin."
    ),
    "{name} joined {company} as {role}.": "{name} ist {company} beigetreten, als {role}.",
    "{what} Your invitation has been used.": "{what} Ihre Einladung wurde benutzt.",
    "Type it as a command, with its slash: {command}.": "Geben Sie es als Befehl ein, mit Schrägstrich: {command}.",
    "I have a code": "Ich habe einen Code",
    "Only those who run Rollcall invite resellers.": "Händler laden nur die Betreiber von Rollcall ein.",
    "Only a reseller's admins, and those who run Rollcall, invite customers.": (
        "Kunden laden nur Admins von Händlern und die Betreiber von Rollcall ein."
    ),
    "{command} is for inviting colleagues.": "{command} lädt Kollegen ein.",
    "{problem} This works: {command}": "{problem} So geht es: {command}",
    "Take back": "Zurücknehmen",
    "Take it back?": "Zurücknehmen?",
    "Its code lets nobody in any more.": "Ihr Code lässt niemanden mehr ein.",
    "Keep it": "Behalten",
    "Invite a company": "Unternehmen einladen",
    "Invitation for {whom} as {role} · {more}, until {until}": "Einladung für {whom} als {role} · {more}, bis {until}",
    "There is no invitation with this code. Look at it once more: it has 16 characters behind J-.": (
        "Zu diesem Code gibt es keine Einladung. Prüfen Sie ihn noch einmal: Hinter J- stehen 16 Zeichen."
    ),
    "This code has been used already; each lets one person in.": (
        "Dieser Code wurde schon benutzt; jeder lässt eine Person ein."
    ),
    "This code is not good any more: whoever gave it to you took it back, or may not invite now.": (
        "Dieser Code gilt nicht mehr: Wer ihn Ihnen gab, hat ihn zurückgenommen oder darf nicht mehr einladen."
    ),
    "This code has expired: each is good for {days} days.": "Dieser Code ist abgelaufen: Jeder gilt {days} Tage.",
    "somebody": "jemand",
    "16 characters behind J-. Dashes, blanks and small letters do not matter.": (
        "16 Zeichen hinter J-. Striche, Leerzeichen und Kleinbuchstaben sind gleich."
    ),
    "Join with a code": "Mit Code beitreten",
    "Your code": "Ihr Code",
    "Kind": "Art",
    "Reseller or customer": "Händler oder Kunde",
    "Company name": "Name des Unternehmens",
    "Your own reference for it": "Ihre eigene Referenz dafür",
    "Make a code": "Code machen",
    # -- people and their companies -----------------------------------------------------------------------------------
    "Say `reseller` or `customer`, then the company's name in quotation marks.": (
        "Nennen Sie `reseller` oder `customer`, dann den Namen des Unternehmens in Anführungszeichen."
    ),
    "Name the company.": "Nennen Sie das Unternehmen.",
    "For which of your companies is {files}?": "Für welches Ihrer Unternehmen ist {files}?",
    "For which of your companies are {files}?": "Für welches Ihrer Unternehmen sind {files}?",
    (
        "{name}, an operator of Rollcall, looks into what {company} has, from {begun} for an hour.\nReason: "
        "{reason}\nThey can read your uploads and devices, and change nothing. What they look at is in your audit: "
        "{command}"
    ): (
        "{name}, Betreiber von Rollcall, sieht sich an, was {company} hat, ab {begun} eine Stunde lang.\nGrund: "
        "{reason}\nUploads und Geräte können gelesen, aber nicht geändert werden. Was angesehen wird, steht in Ihrem "
        "Protokoll: {command}"
    ),
    "An operator looks into your company": "Ein Betreiber sieht in Ihr Unternehmen",
    "{name}, an operator of Rollcall, looked into your company {when}: {reason}": (
        "{name}, Betreiber von Rollcall, sah in Ihr Unternehmen {when}: {reason}"
    ),
    "No customers yet. A customer appears here when an operator or the customer links it to your company.": (
        "Noch keine Kunden. Ein Kunde erscheint hier, wenn ein Betreiber oder der Kunde ihn mit Ihrem Unternehmen "
        "verbindet."
    ),
    "You can bring one in: {command}": "Sie können einen anmelden: {command}",
    "Customers: {position}": "Kunden: {position}",
    "Only resellers have a list of customers. {command} shows what was uploaded for you.": (
        "Nur Händler haben eine Kundenliste. {command} zeigt, was für Sie hochgeladen wurde."
    ),
    "You are {name}, {role} of {company} ({side}, {account}).": (
        "Sie sind {name}, {role} von {company} ({side}, {account})."
    ),
    "You may: {acts}.": "Sie dürfen: {acts}.",
    "You are an operator of Rollcall as well.": "Sie sind auch Betreiber von Rollcall.",
    "{company} as {role}": "{company} als {role}",
    "You also belong to {places}. Add {named} to any command to act for it.": (
        "Sie gehören auch zu {places}. Fügen Sie einem Befehl {named} hinzu, um dafür zu handeln."
    ),
    "In Slack you are user {user} of team {team}.": "In Slack sind Sie Benutzer {user} aus Team {team}.",
    "You": "Sie",
    "You belong to {companies}. For which one do you ask {command}?": (
        "Sie gehören zu mehreren Unternehmen: {companies}. Für welches fragen Sie {command}?"
    ),
    "Your choice is remembered; {named} in a command names a company just for once.": (
        "Ihre Wahl wird gemerkt; {named} in einem Befehl meint ein Unternehmen nur dieses eine Mal."
    ),
    "{company} {account} as {role}": "{company} {account} als {role}",
    "Act for {account}": "Für {account} handeln",
    "You are not a member of {named}. You can act for:": "Sie sind kein Mitglied von {named}. Sie können handeln für:",
    "Not a member yet": "Noch kein Mitglied",
    "Rollcall does not know you yet, so there is nothing it can show you.": (
        "Rollcall kennt Sie noch nicht und kann Ihnen deshalb nichts zeigen."
    ),
    "You are user {user} of team {team}.": "Sie sind Benutzer {user} aus Team {team}.",
    "To join: type {command} with the code that you were given.": (
        "Zum Beitreten: Geben Sie {command} mit dem Code ein, den Sie bekommen haben."
    ),
    "Without a code: send both ids to an admin of your company in Rollcall, or to whoever runs Rollcall for you.": (
        "Ohne Code: Senden Sie beide IDs an einen Admin Ihres Unternehmens in Rollcall oder an die Betreiber von "
        "Rollcall."
    ),
    "{command} says what members can ask for.": "{command} sagt, was Mitglieder fragen können.",
    "your reference {reference}": "Ihre Referenz {reference}",
    "through its MSP id": "über seine MSP-ID",
    "does not accept uploads from you": "nimmt keine Uploads von Ihnen an",
    "has registered you": "hat Sie registriert",
    "has not registered you yet": "hat Sie noch nicht registriert",
    "Open devices of {customer}": "Geräte von {customer} öffnen",
    "You are no admin of {account}, so the code was not used.": (
        "Sie sind kein Admin von {account}, deshalb wurde der Code nicht benutzt."
    ),
    "There is no account {account}.": "Es gibt kein Konto {account}.",
    "{reseller} is not linked to {customer}.": "{reseller} ist nicht mit {customer} verbunden.",
    "This has been decided in the meantime: the reseller is {state}.": (
        "Das wurde inzwischen entschieden: Der Händler ist {state}."
    ),
    "{account} has no other admin; name one first.": "{account} hat keinen anderen Admin; benennen Sie zuerst einen.",
    "{what} is taken.": "{what} ist vergeben.",
    "{what} is being changed by others; please try again.": (
        "{what}: wird gerade von anderen geändert; bitte versuchen Sie es noch einmal."
    ),
    "You are not an admin of {account} any more, so nothing was changed.": (
        "Sie sind kein Admin von {account} mehr, deshalb wurde nichts geändert."
    ),
    "You are not an operator any more, so nothing was done.": (
        "Sie sind kein Betreiber mehr, deshalb wurde nichts getan."
    ),
    "{what} was changed in the meantime, so nothing was done. Look again.": (
        "{what}: inzwischen geändert, deshalb wurde nichts getan. Sehen Sie noch einmal nach."
    ),
    "The code is {refusal}.": "Der Code ist {refusal}.",
    "{account} has that already.": "{account} hat das schon.",
    "The code {name}": "Der Code {name}",
    "The invitation": "Die Einladung",
    "The key {name}": "Der Schlüssel {name}",
    "The list": "Die Liste",
    "The name {name}": "Der Name {name}",
    "This customer": "Dieser Kunde",
    "This key": "Dieser Schlüssel",
    "This member": "Dieses Mitglied",
}
