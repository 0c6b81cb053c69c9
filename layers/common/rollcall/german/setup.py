"""The setup of an account, in German."""

from __future__ import annotations

from typing import Final

SETUP: Final = {
    # -- The setup of an account --------------------------------------------------------------------------------------
    "Language": "Sprache",
    # -- pages and forms ----------------------------------------------------------------------------------------------
    (
        "For everybody of your company: all that Rollcall says to them. Commands, codes, states and the columns of "
        "files are in English everywhere."
    ): (
        "Für alle in Ihrem Unternehmen: alles, was Rollcall sagt. Befehle, Codes, Status und Spalten von Dateien "
        "sind überall englisch."
    ),
    "It goes with each request as {header}.": "Er geht mit jeder Anfrage als {header}.",
    "Set up your account": "Konto einrichten",
    "API keys": "API-Schlüssel",
    "Open people": "Personen öffnen",
    "Open API keys": "API-Schlüssel öffnen",
    "Changes": "Änderungen",
    ":warning: Nobody here may upload.": ":warning: Niemand hier darf hochladen.",
    ":warning: Nobody here may accept devices.": ":warning: Niemand hier darf Geräte annehmen.",
    "none": "keine",
    "{changes}: who changed what, and when": "{changes}: wer wann was geändert hat",
    "Open changes": "Änderungen öffnen",
    "Setup of {name}": "Einrichtung von {name}",
    "Channel": "Kanal",
    "Change": "Ändern",
    "Change channel": "Kanal ändern",
    "none, so your admins are told in person": "keiner, deshalb werden die Admins persönlich benachrichtigt",
    "{channel} in workspace {team}": "{channel} im Workspace {team}",
    "Sold-to codes": "Sold-to-Codes",
    "Open sold-to codes": "Sold-to-Codes öffnen",
    "Customers": "Kunden",
    "{head}: {customers}, each with your own reference": "{head}: {customers}, jeder mit Ihrer eigenen Referenz",
    "Open references": "Referenzen öffnen",
    "Invite a customer": "Kunden einladen",
    "Resellers": "Händler",
    "{resellers}: {registered} registered, {blocked} blocked, of {number}": (
        "{resellers}: {registered} registriert, {blocked} gesperrt, von {number}"
    ),
    "Open resellers": "Händler öffnen",
    "Release": "Freigabe",
    "{release}: accepted devices that a reseller wants to delete need no release by you": (
        "{release}: Angenommene Geräte kann ein Händler ohne Ihre Freigabe löschen"
    ),
    "{release}: accepted devices that a reseller wants to delete must be released by you first": (
        "{release}: Angenommene Geräte, die ein Händler löschen will, müssen Sie zuerst freigeben"
    ),
    "{undo}: a decision can be taken back for {window}": (
        "{undo}: Eine Entscheidung lässt sich zurücknehmen innerhalb von: {window}"
    ),
    "Change rules": "Regeln ändern",
    "none set, so times that we choose are UTC": "keine festgelegt, deshalb gelten für unsere Zeiten UTC",
    "on Mondays": "montags",
    "Time zone": "Zeitzone",
    "Digest": "Wochenbericht",
    "{digest} of the quality of uploads: {weekly}": "{digest} über die Qualität der Uploads: {weekly}",
    "Change the time zone and the digest": "Zeitzone und Wochenbericht ändern",
    "Change the language": "Sprache ändern",
    "Reminders": "Erinnerungen",
    "{reminders} of devices that wait: {told}": "{reminders} an offene Geräte: {told}",
    "Change reminders": "Erinnerungen ändern",
    "after {hours} hours": "nach {hours} Stunden",
    " and ": " und ",
    "your admins after {hours} hours": "Admins nach {hours} Stunden",
    "your admins never": "Admins nie",
    "Rules": "Regeln",
    "Back to setup": "Zurück zur Einrichtung",
    "Show": "Zeigen",
    "Setup has no page {asked}. It has {pages}.": "Die Einrichtung hat keine Seite {asked}. Es gibt {pages}.",
    "What they may do": "Was sie dürfen",
    "Somebody here": "Jemand von hier",
    "Role": "Rolle",
    "Person": "Person",
    "They get a message with a button. Leave it empty for a code only, such as for another workspace.": (
        "Die Person bekommt eine Nachricht mit einer Schaltfläche. Lassen Sie es leer, um nur einen Code zu "
        "bekommen, etwa für einen anderen Workspace."
    ),
    "For whom the code is": "Für wen der Code ist",
    "Only you and your admins see this, in the list of open invitations.": (
        "Das sehen nur Sie und Ihre Admins, in der Liste offener Einladungen."
    ),
    "Invite a person": "Person einladen",
    "Invite": "Einladen",
    "Remove from the company": "Aus dem Unternehmen entfernen",
    "Remove {name}?": "{name} entfernen?",
    "They lose their rights at once. What they did stays in the history, with their name.": (
        "Die Rechte enden sofort. Was die Person getan hat, bleibt mit ihrem Namen im Verlauf."
    ),
    "Remove": "Entfernen",
    "{name} · user {user} of team {team}": "{name} · Benutzer {user} aus Team {team}",
    "As it is shown to the companies that you work with, too.": (
        "So sehen Sie auch die Unternehmen, mit denen Sie arbeiten."
    ),
    "Email": "E-Mail",
    "Only your own company sees it. Files in S3 name their uploader by it.": (
        "Nur Ihr eigenes Unternehmen sieht sie. Dateien in S3 nennen damit, wer hochlädt."
    ),
    "Change a member": "Mitglied ändern",
    "No channel": "Kein Kanal",
    "A test message is posted there. Without a channel, your admins are told in person.": (
        "Dort wird eine Testnachricht geschrieben. Ohne Kanal werden Ihre Admins persönlich benachrichtigt."
    ),
    "Rollcall must be in the channel: type `/invite @Rollcall` there.": (
        "Rollcall muss im Kanal sein: Geben Sie dort `/invite @Rollcall` ein."
    ),
    "Notification channel": "Kanal für Nachrichten",
    "Save and test": "Speichern und testen",
    "Alias": "Kurzname",
    "main": "haupt",
    "What people pick when they upload.": "Was beim Hochladen ausgewählt wird.",
    "Add a sold-to code": "Sold-to-Code anlegen",
    "Add": "Anlegen",
    "Your reference": "Ihre Referenz",
    "The customer does not see it.": "Der Kunde sieht sie nicht.",
    "Change a reference": "Referenz ändern",
    "As usual: {usual}": "Wie üblich: {usual}",
    "A reseller can delete accepted devices only after we have released them": (
        "Ein Händler kann angenommene Geräte erst löschen, wenn wir sie freigeben"
    ),
    "A decision can be taken back for": "Rückgängig machen lässt sich eine Entscheidung",
    "How long": "Wie lange",
    "Of many devices, 24 hours at least. It holds for decisions from now on.": (
        "Bei vielen Geräten mindestens 24 Stunden. Gilt für Entscheidungen ab jetzt."
    ),
    "Accepted devices": "Angenommene Geräte",
    "5 minutes": "5 Minuten",
    "10 minutes": "10 Minuten",
    "30 minutes": "30 Minuten",
    "1 hour": "1 Stunde",
    "4 hours": "4 Stunden",
    "24 hours": "24 Stunden",
    "sees everything of your company, changes nothing": "sieht alles vom Unternehmen, ändert nichts",
    "also uploads and tags": "lädt auch hoch und setzt Tags",
    "also accepts and rejects": "nimmt auch an und lehnt ab",
    "also changes people and settings": "ändert auch Personen und Einstellungen",
    "People: {position}": "Personen: {position}",
    "People: {people}, open invitations: {invited} ({position})": (
        "Personen: {people}, offene Einladungen: {invited} ({position})"
    ),
    "(you)": "(Sie)",
    "{name}{you} · {role}{email}\nuser {user} of team {team}": (
        "{name}{you} · {role}{email}\nBenutzer {user} aus Team {team}"
    ),
    "Change {name}": "{name} ändern",
    "Take the invitation back": "Einladung zurücknehmen",
    "Remove {alias}": "{alias} entfernen",
    "Remove {alias}?": "{alias} entfernen?",
    "Uploads can no longer name it. What was uploaded with it keeps its code.": (
        "Uploads können ihn nicht mehr nennen. Was damit hochgeladen ist, behält seinen Code."
    ),
    "No sold-to codes yet. Enterprise Edition devices need one when they are uploaded.": (
        "Noch keine Sold-to-Codes. Enterprise-Edition-Geräte brauchen beim Hochladen einen."
    ),
    "Sold-to codes: {position}": "Sold-to-Codes: {position}",
    "Add a code": "Code anlegen",
    "Change reference of {customer}": "Referenz von {customer} ändern",
    "References: {position}": "Referenzen: {position}",
    "No customers yet. Invite one; it is here as soon as somebody there has used the code.": (
        "Noch keine Kunden. Laden Sie einen ein; er erscheint hier, sobald dort jemand den Code benutzt hat."
    ),
    "your reference: {reference}": "Ihre Referenz: {reference}",
    "Revoke": "Widerrufen",
    "Revoke {name}": "{name} widerrufen",
    "Revoke {name}?": "{name} widerrufen?",
    "Whatever uses it is refused from this moment on. It cannot be taken back.": (
        "Was ihn benutzt, wird ab sofort abgewiesen. Das lässt sich nicht rückgängig machen."
    ),
    "No API keys yet. A key lets another system upload, ask or decide for your company.": (
        "Noch keine API-Schlüssel. Mit einem Schlüssel kann ein anderes System für Ihr Unternehmen hochladen, fragen "
        "oder entscheiden."
    ),
    "API keys: {position}": "API-Schlüssel: {position}",
    "Make a key": "Schlüssel anlegen",
    "For yourselves: which system uses it. Letters, digits, dots, dashes and underscores.": (
        "Für Sie selbst: welches System ihn benutzt. Buchstaben, Ziffern, Punkte, Bindestriche und Unterstriche."
    ),
    "What it may do": "Was er darf",
    "The key is shown once, when it is made.": "Der Schlüssel wird einmal gezeigt, wenn er entsteht.",
    "Make an API key": "API-Schlüssel anlegen",
    "Make": "Anlegen",
    "The key {name} ({role}):": "Der Schlüssel {name} ({role}):",
    "Copy it now: it is not kept here, and nobody can show it again.": (
        "Kopieren Sie ihn jetzt: Er wird hier nicht aufbewahrt, und niemand kann ihn noch einmal zeigen."
    ),
    "Show keys": "Schlüssel zeigen",
    "API key": "API-Schlüssel",
    (
        "A region and a city. With it, nobody is reminded of anything outside {begin}:00 to {until}:00 from Monday "
        "to Friday there. Empty: at any hour, since yours are not known."
    ): (
        "Region und Stadt. Damit wird niemand außerhalb von {begin}:00 bis {until}:00 Uhr von Montag bis Freitag an "
        "etwas erinnert. Leer: zu jeder Stunde, da Ihre nicht bekannt sind."
    ),
    "Tell us on Mondays how good the uploads of the week before were": (
        "Montags sagen, wie gut die Uploads der Woche davor waren"
    ),
    "Weekly digest": "Wochenbericht",
    "Time zone and digest": "Zeitzone und Bericht",
    "First reminder to your approvers": "Erste Erinnerung an Ihre Genehmiger",
    "Second reminder": "Zweite Erinnerung",
    "Your admins are told": "Ihre Admins werden benachrichtigt",
    "So is whoever uploaded, once. One message tells of all that waits, at most one a day.": (
        "Ebenso, wer hochgeladen hat, einmal. Eine Nachricht nennt alles Offene, höchstens eine am Tag."
    ),
    "After {number} hours": "Nach {number} Stunden",
    "(usual)": "(üblich)",
    "Never": "Nie",
    "When": "Wann",
    "Nothing was changed in Slack yet.": "In Slack wurde noch nichts geändert.",
    "{user} of {team}": "{user} aus {team}",
    "{name} (operator)": "{name} (Betreiber)",
    "made the account, as the admin of {about}": "hat das Konto angelegt, als Admin von {about}",
    "linked {about} by an invitation": "hat {about} durch eine Einladung verbunden",
    "invited {about} as {after}": "hat {about} eingeladen als {after}",
    "invited the customer {about}": "hat den Kunden {about} eingeladen",
    "took an invitation for {about} back": "hat eine Einladung für {about} zurückgenommen",
    "joined as {after}": "ist beigetreten als {after}",
    "changed {about}: {before} → {after}": "hat {about} geändert: {before} → {after}",
    "removed {about}, {before}": "hat {about} entfernt, {before}",
    "set the channel: {before} → {after}": "hat den Kanal gesetzt: {before} → {after}",
    "removed the channel {before}": "hat den Kanal {before} entfernt",
    "added the sold-to code {about}: {after}": "hat den Sold-to-Code {about} angelegt: {after}",
    "removed the sold-to code {about}: {before}": "hat den Sold-to-Code {about} entfernt: {before}",
    "changed the reference of {about}: {before} → {after}": "hat die Referenz von {about} geändert: {before} → {after}",
    "changed how long decisions can be undone: {before} → {after}": (
        "hat geändert, wie lange Entscheidungen zurückgenommen werden können: {before} → {after}"
    ),
    "changed whether accepted devices must be released: {before} → {after}": (
        "hat geändert, ob angenommene Geräte freigegeben werden müssen: {before} → {after}"
    ),
    "changed the time zone: {before} → {after}": "hat die Zeitzone geändert: {before} → {after}",
    "changed the language: {before} → {after}": "hat die Sprache geändert: {before} → {after}",
    "changed the weekly digest: {before} → {after}": "hat den Wochenbericht geändert: {before} → {after}",
    "changed the reminders: {before} → {after}": "hat die Erinnerungen geändert: {before} → {after}",
    "made the API key {about}, {after}": "hat den API-Schlüssel {about} angelegt, {after}",
    "revoked the API key {about}, {before}": "hat den API-Schlüssel {about} widerrufen, {before}",
    "began to look into your company: {about}": "sieht in Ihr Unternehmen hinein: {about}",
    "looked at {about}, because: {after}": "hat {about} angesehen, weil: {after}",
}
