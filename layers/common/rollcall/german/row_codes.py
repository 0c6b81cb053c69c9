"""Codes of rows that are refused, in German: title, cause and remedy as in `rollcall.catalogue`."""

from __future__ import annotations

from typing import Final

ROWS: Final = {
    # -- identifiers ------------------------------------------------------------------------------------------------
    "IMEI_LENGTH": (
        "IMEI hat die falsche Länge",
        "Eine IMEI hat 15 Ziffern[, dieser Wert hat {count}].",
        (
            "Übernehmen Sie die ganze Nummer vom Gerät (*#06# wählen) oder von der Verpackung; in eine Zelle gehört "
            "nur "
            "eine Kennung."
        ),
    ),
    "IMEI_NOT_DIGITS": (
        "IMEI enthält andere Zeichen als Ziffern",
        "Eine IMEI hat nur die Ziffern 0 bis 9, dieser Wert enthält andere Zeichen.",
        (
            "Übernehmen Sie die Nummer vom Gerät (*#06# wählen) oder von der Verpackung; eine MEID oder Seriennummer "
            "gehört in ihre eigene Spalte."
        ),
    ),
    "IMEI_CHECK_DIGIT": (
        "IMEI-Prüfziffer falsch",
        (
            "Die Prüfziffer dieser IMEI stimmt nicht, also ist eine Ziffer vertippt oder verloren[; wenn alle anderen "
            "richtig sind, ist die letzte {expected}]."
        ),
        (
            "Vergleichen Sie sie mit dem Gerät (*#06# wählen) oder der Verpackung und korrigieren Sie sie.[ Netze "
            "zeigen "
            "die letzte Ziffer als 0: Wurde sie von dort übernommen, ist die IMEI {network_form}.]"
        ),
    ),
    "IMEI_REPEATED_DIGIT": (
        "IMEI besteht aus einer einzigen Ziffer",
        "Das ist eine wiederholte Ziffer und steht für kein wirkliches Gerät.",
        "Tragen Sie die Nummer ein, die das Gerät selbst zeigt (*#06# wählen).",
    ),
    "IMEI_SCIENTIFIC": (
        "Nummer von der Tabellenkalkulation gekürzt",
        (
            "Eine Tabellenkalkulation hat diese Nummer auf[ {value}, also auf] die ersten Ziffern und eine "
            "Zehnerpotenz "
            "gekürzt; der Rest ist verloren."
        ),
        (
            "Nehmen Sie die ursprüngliche Liste, formatieren Sie die Spalte als Text, bevor Sie die Nummern "
            "einfügen, und "
            "speichern Sie neu."
        ),
    ),
    "MEID_FORMAT": (
        "keine MEID",
        "Eine MEID hat 14 Zeichen 0-9 und A-F, das erste davon A bis F, oder 18 Ziffern in ihrer Dezimalform.",
        (
            "Übernehmen Sie die ganze Nummer vom Gerät oder von der Verpackung; 14 oder 15 Ziffern ohne Buchstaben "
            "gehören in die Spalte imei."
        ),
    ),
    "MEID_CHECK_DIGIT": (
        "MEID-Prüfziffer falsch",
        (
            "Die Prüfziffer dieser MEID stimmt nicht, also ist ein Zeichen vertippt oder verloren[; wenn alle anderen "
            "richtig sind, ist das letzte {expected}]."
        ),
        (
            "Vergleichen Sie sie mit dem Gerät oder der Verpackung und korrigieren Sie sie, oder lassen Sie die "
            "Prüfziffer "
            "weg."
        ),
    ),
    "MEID_DECIMAL_RANGE": (
        "dezimale MEID außerhalb des Bereichs",
        ("Das ist keine dezimale MEID: Ihre ersten 10 Ziffern gehen bis 4294967295, ihre letzten 8 bis 16777215."),
        (
            "Übernehmen Sie alle 18 Ziffern noch einmal oder nehmen Sie die Form mit 14 Zeichen, die mit einem "
            "Buchstaben beginnt."
        ),
    ),
    "SERIAL_FORMAT": (
        "keine Seriennummer",
        "Eine Seriennummer hat 8 bis 20 Buchstaben A-Z und Ziffern, ohne etwas dazwischen.",
        "Übernehmen Sie sie vom Gerät (Einstellungen, Über das Telefon) oder von der Verpackung.",
    ),
    "ID_MISSING": (
        "keine Kennung",
        "Die Zeile hat weder IMEI noch MEID noch Seriennummer.",
        "Fügen Sie eine davon hinzu oder löschen Sie die Zeile.",
    ),
    "ID_REPEATED": (
        "dieselbe Kennung zweimal in einer Zeile",
        "Dieselbe Kennung steht in dieser Zeile zweimal.",
        "Lassen Sie eine weg oder tragen Sie an ihrer Stelle die zweite IMEI des Geräts ein.",
    ),
    "ID_AMBIGUOUS": (
        "Art der Kennung unklar",
        "Das kann mehr als eine Art von Kennung sein: eine Seriennummer, oder eine fehlerhafte IMEI oder MEID.",
        "Tragen Sie sie in eine Spalte ein, die ihre Art nennt: imei, imei2, meid oder serial.",
    ),
    "DUPLICATE_IN_FILE": (
        "in der Datei wiederholt",
        "Eine Kennung dieser Zeile steht in derselben Datei weiter oben[, in Zeile {first_line}].",
        "Behalten Sie eine Zeile je Gerät, bei Dual-SIM mit beiden IMEIs.",
    ),
    "DUPLICATE_SAME_CUSTOMER": (
        "für diesen Kunden schon hochgeladen",
        "Dasselbe Gerät wurde vom selben Händler für denselben Kunden schon hochgeladen.",
        (
            "[Es kam mit Ihrem Upload {upload}. ][Es steht dort in Zeile {line}. ]Lassen Sie die Zeile weg, oder "
            "lassen Sie "
            "das Gerät von einem Admin löschen und laden Sie es noch einmal hoch."
        ),
    ),
    "DUPLICATE_OTHER_CUSTOMER": (
        "für einen anderen Kunden schon hochgeladen",
        "Dasselbe Gerät wurde vom selben Händler für einen anderen Kunden schon hochgeladen.",
        (
            "[Es ist beim Kunden {customer}. ][Es kam mit Ihrem Upload {upload}. ]Wurde es weiterverkauft, lassen "
            "Sie es "
            "dort zuerst von einem Admin löschen und laden Sie es dann noch einmal hoch."
        ),
    ),
    "HELD_BY_OTHER_RESELLER": (
        "über einen anderen Händler vorhanden",
        "Dieses Gerät ist schon über einen anderen Händler vorhanden.",
        (
            "Vergleichen Sie die Kennung mit dem Gerät; stimmt sie, bitten Sie den, der Ihnen das Gerät verkauft "
            "hat, es "
            "freizugeben."
        ),
    ),
    # -- rows -------------------------------------------------------------------------------------------------------
    "CUSTOMER_UNKNOWN": (
        "Kunde unbekannt",
        "Kein Kunde[ {value}] ist mit Ihrem Unternehmen verbunden.",
        (
            "Vergleichen Sie die Kunden-ID mit Ihrer Kundenliste oder bitten Sie den Kunden, Ihr Unternehmen "
            "hinzuzufügen."
        ),
    ),
    "CUSTOMER_NOT_ACCEPTING": (
        "Kunde nimmt Ihre Uploads nicht an",
        "Der Kunde[ {value}] nimmt keine Uploads Ihres Unternehmens an.",
        "Bitten Sie den Kunden, die Sperre aufzuheben, und senden Sie die Zeilen dann noch einmal.",
    ),
    "STC_REQUIRED": (
        "Sold-to-Code fehlt",
        "Ein Enterprise-Edition-Modell[ ({value})] braucht beim Hochladen einen Sold-to-Code.",
        "Senden Sie diese Zeilen noch einmal und wählen Sie einen Ihrer Sold-to-Codes.",
    ),
    "STC_NOT_IN_BULK": (
        "Sold-to-Code hier nicht möglich",
        (
            "Eine Datei für mehrere Kunden kann keinen Sold-to-Code tragen, den ein Enterprise-Edition-Modell aber "
            "braucht."
        ),
        (
            "Senden Sie die Enterprise-Edition-Geräte mit Sold-to-Code in einer Datei für einen Kunden, die übrigen "
            "ohne."
        ),
    ),
    "ORDER_DATE_INVALID": (
        "Bestelldatum nicht lesbar",
        "Das Bestelldatum[ {value}] ist kein Datum der Form JJJJ-MM-TT.",
        "Schreiben Sie es wie 2024-03-31 oder lassen Sie es leer.",
    ),
    "VALUE_TOO_LONG": (
        "Text zu lang",
        "Der Text ist länger, als eine Zelle sein darf[ ({limit} Zeichen)].",
        "Kürzen Sie ihn; enthält er mehrere Zeilen, ist davor ein Anführungszeichen nicht geschlossen.",
    ),
    "ROW_WIDTH": (
        "falsche Anzahl von Zellen",
        "Die Zeile hat eine andere Anzahl von Zellen als die Kopfzeile[: {cells} statt {expected}].",
        "Ergänzen oder entfernen Sie Trennzeichen und setzen Sie Werte, die eines enthalten, in Anführungszeichen.",
    ),
    "ROW_TOO_LONG": (
        "Zeile zu lang",
        "Die Zeile ist länger, als sie sein darf[ ({limit} Bytes)].",
        "Suchen Sie nach einem Anführungszeichen, das nicht geschlossen ist, und kürzen Sie lange Texte.",
    ),
    "ROW_CHARACTERS": (
        "Zeichen, die kein Text sind",
        "Die Zeile enthält Zeichen, die kein Text sind[ ({character})].",
        "Tippen Sie die Zeile neu oder exportieren Sie sie noch einmal aus dem System, aus dem sie kam.",
    ),
    "ROW_QUOTES": (
        "Anführungszeichen an falscher Stelle",
        "Ein Anführungszeichen steht, wo keines stehen kann; so ist unklar, wo die Zelle endet.",
        (
            "Setzen Sie den ganzen Wert in Anführungszeichen und schreiben Sie eines darin doppelt, oder entfernen "
            "Sie es."
        ),
    ),
}
