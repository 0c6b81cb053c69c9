"""What could not be read of a command, in German."""

from __future__ import annotations

from typing import Final

HINTING: Final = {
    # -- hints --------------------------------------------------------------------------------------------------------
    (
        "That is more than one command can hold ({most}). Put the list into my messages as a CSV file and press Look "
        "these up: each row is answered."
    ): (
        "Das ist mehr, als ein Befehl fasst ({most}). Legen Sie die Liste als CSV-Datei in Ihre Nachrichten mit mir "
        "und drücken Sie „Stand abfragen“: Jede Zeile wird beantwortet."
    ),
    (
        "That is more than one command can hold ({most}). Put the list into my messages as a CSV file and press "
        "Accept by this list."
    ): (
        "Das ist mehr, als ein Befehl fasst ({most}). Legen Sie die Liste als CSV-Datei in Ihre Nachrichten mit mir "
        "und drücken Sie „Nach dieser Liste annehmen“."
    ),
    "That is more than one command can hold ({most}). Put a long list into my messages as a CSV file.": (
        "Das ist mehr, als ein Befehl fasst ({most}). Legen Sie eine lange Liste als CSV-Datei in Ihre Nachrichten "
        "mit mir."
    ),
    "That is more than one command can hold ({most}). Spread the list over several commands.": (
        "Das ist mehr, als ein Befehl fasst ({most}). Verteilen Sie die Liste auf mehrere Befehle."
    ),
    '"{word}" takes one device at a time.': "„{word}“ nimmt immer nur ein Gerät.",
    '"{word}" takes one upload at a time.': "„{word}“ nimmt immer nur einen Upload.",
    '"{word}" takes one word at a time.': "„{word}“ nimmt immer nur ein Wort.",
    '"{word}" takes one thing at a time.': "„{word}“ nimmt immer nur eine Angabe.",
    'The word "{word}" belongs to no area.': "Das Wort „{word}“ gehört zu keinem Bereich.",
    'The word "{word}" belongs to {area}.': "Das Wort „{word}“ gehört zu {area}.",
    'I do not know the word "{word}" in {area}.': "Das Wort „{word}“ kenne ich in {area} nicht.",
    'I do not know the word "{word}".': "Das Wort „{word}“ kenne ich nicht.",
    "What is {key}: to narrow? Begin with the list that you mean.": (
        "Was soll {key}: eingrenzen? Beginnen Sie mit der Liste, die Sie meinen."
    ),
    '"{word}" takes no {key}: or other filter.': "„{word}“ nimmt weder {key}: noch einen anderen Filter.",
    '"{word}" has no filter {key}:. It takes {takes}.': "„{word}“ hat keinen Filter {key}:. Möglich sind {takes}.",
    "Nothing stands behind {key}:. Write the value right after the colon.": (
        "Hinter {key}: steht nichts. Schreiben Sie den Wert direkt hinter den Doppelpunkt."
    ),
    "{key}: stands twice with different values. Name one.": (
        "{key}: steht zweimal mit verschiedenen Werten. Nennen Sie einen."
    ),
    '"{value}" is not a {key}. Choose from {known}.': "„{value}“ ist kein Wert für {key}. Möglich sind {known}.",
    '"{text}" is not an upload id. One begins with U-; six characters after that are enough.': (
        "„{text}“ ist keine Upload-ID. Eine beginnt mit U-; sechs Zeichen danach genügen."
    ),
    "A value in this command is longer than 200 characters. Shorten it; a long list is sent as a CSV file.": (
        "Ein Wert in diesem Befehl ist länger als 200 Zeichen. Kürzen Sie ihn; eine lange Liste senden Sie als "
        "CSV-Datei."
    ),
    '"{word}" takes {most} words at the most; a name of several stands in quotation marks.': (
        "„{word}“ nimmt höchstens {most} Wörter; ein Name aus mehreren steht in Anführungszeichen."
    ),
    "Name a device: its IMEI, MEID or serial number.": "Nennen Sie ein Gerät: seine IMEI, MEID oder Seriennummer.",
    "Name an upload: the first six characters of its id are enough.": (
        "Nennen Sie einen Upload: Die ersten sechs Zeichen seiner ID genügen."
    ),
    'Something is missing behind "{word}".': "Hinter „{word}“ fehlt etwas.",
    'The quotation mark before "{text}" is not closed.': "Das Anführungszeichen vor „{text}“ ist nicht geschlossen.",
    'I do not know what "{text}" is for. A tag with spaces stands in quotation marks.': (
        "Ich weiß nicht, wofür „{text}“ steht. Ein Tag mit Leerzeichen steht in Anführungszeichen."
    ),
    '"{word}" takes nothing more; I do not know what "{text}" is for.': (
        "„{word}“ nimmt nichts weiter; ich weiß nicht, wofür „{text}“ steht."
    ),
    'I do not know what "{text}" is for. A value with spaces stands in quotation marks.': (
        "Ich weiß nicht, wofür „{text}“ steht. Ein Wert mit Leerzeichen steht in Anführungszeichen."
    ),
    'I do not know what "{text}" is for. A filter is written key:value.': (
        "Ich weiß nicht, wofür „{text}“ steht. Ein Filter wird Name:Wert geschrieben."
    ),
}
