"""The codes of errors, warnings and repairs, in German: title, cause and remedy as in `rollcall.catalogue`.

Codes that only programs see, of requests to the HTTP API, are English everywhere.
"""

from __future__ import annotations

from typing import Final

_READ: Final = "Nichts zu tun, außer der gelesene Wert[, {read_as},] ist nicht der gemeinte."

CODES: Final = {
    # -- files ------------------------------------------------------------------------------------------------------
    "FILE_EMPTY": (
        "Datei ist leer",
        "Die Datei hat keine Zeilen.",
        "Prüfen Sie, ob Sie die richtige Datei gewählt haben und ob sie vor dem Senden gespeichert war.",
    ),
    "FILE_TOO_LARGE": (
        "Datei zu groß",
        "Die Datei ist größer, als ein Upload sein darf[ ({limit})].",
        "Teilen Sie sie in mehrere Dateien und senden Sie diese nacheinander.",
    ),
    "FILE_GONE": (
        "Datei nicht mehr da",
        "Die Datei wurde gelöscht oder ersetzt, bevor sie gelesen werden konnte.",
        "Senden Sie sie noch einmal und lassen Sie sie liegen, bis das Ergebnis da ist.",
    ),
    "FILE_NOT_FETCHED": (
        "Datei konnte nicht geholt werden",
        "Die Datei konnte nicht aus Slack geholt werden[: {reason}].",
        "Senden Sie sie noch einmal; ein Upload-Link braucht Slack für die Datei nicht.",
    ),
    "FILE_CHANGED": (
        "nicht die geprüfte Datei",
        "Die Datei ist nicht die, die geprüft wurde.",
        "Prüfen Sie sie noch einmal und importieren Sie dann, was diese Prüfung zeigt.",
    ),
    "ROW_LIMIT": (
        "zu viele Zeilen",
        "Die Datei hat mehr Zeilen, als ein Upload haben darf[ ({limit})].",
        "Teilen Sie sie in mehrere Dateien und senden Sie diese nacheinander.",
    ),
    "HEADER_UNKNOWN": (
        "keine Spalte mit Kennungen",
        "In der ersten Zeile wurde keine Spalte mit einer Gerätekennung gefunden[ ({value})].",
        (
            "Beginnen Sie die Datei mit einer Zeile aus Spaltennamen, darunter imei, meid oder serial; nur eine "
            "einzelne "
            "Spalte braucht keinen."
        ),
    ),
    "CUSTOMER_COLUMN_MISSING": (
        "keine Kundenspalte",
        (
            "Eine Datei für mehrere Kunden braucht in jeder Zeile eine Kunden-ID, und keine Spalte enthält eine[ "
            "({value})]."
        ),
        "Fügen Sie eine Spalte customer_id hinzu oder senden Sie die Datei für einen einzelnen Kunden.",
    ),
    "ENCODING": (
        "nicht als Text lesbar",
        "Die Datei kann nicht als CSV-Textdatei gelesen werden[: Sie sieht aus wie {looks_like}].",
        (
            "Öffnen Sie sie in Ihrer Tabellenkalkulation, wählen Sie „Speichern unter“ und dann „CSV UTF-8“, und "
            "senden "
            "Sie die neue Datei."
        ),
    ),
    "STC_UNKNOWN": (
        "Sold-to-Code unbekannt",
        "Der Sold-to-Code[ {value}] gehört nicht zu Ihrem Unternehmen.",
        "Wählen Sie einen aus Ihrer Liste oder bitten Sie einen Admin Ihres Kontos, ihn hinzuzufügen.",
    ),
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
        "Die Zeile ist länger, als sie sein darf[ ({limit} Zeichen)].",
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
    # -- warnings and repairs ---------------------------------------------------------------------------------------
    "SERIAL_UNUSUAL": (
        "ungewöhnliche Seriennummer",
        "Die meisten Seriennummern sind ein R und zehn Buchstaben oder Ziffern; diese nicht.",
        "Vergleichen Sie sie mit dem Gerät; stimmt sie, ist nichts zu tun.",
    ),
    "COLUMN_UNKNOWN": (
        "unbekannte Spalte",
        "Die Spalte[ {column}] wird nicht gelesen.",
        "Nichts zu tun, außer sie enthält etwas, das gelesen werden sollte: Dann benennen Sie sie um.",
    ),
    "HEADER_REPEATED": (
        "Spalte doppelt",
        "Die Spalte[ {column}] steht zweimal in der Kopfzeile; nur die erste wurde gelesen.",
        "Benennen Sie die zweite um, falls sie gelesen werden sollte, oder entfernen Sie sie.",
    ),
    "TAC_UNKNOWN": (
        "nicht im Herstellerkatalog",
        "Das Herstellerverzeichnis kennt diese Art von Gerät nicht.",
        "Vergleichen Sie die Kennung mit dem Gerät; gespeichert ist es trotzdem.",
    ),
    "NOT_RECOGNISED": (
        "vom Herstellerverzeichnis nicht erkannt",
        (
            "Das Herstellerverzeichnis erkennt das Gerät nicht; es ist als MPTS_ERROR gespeichert und kann nicht "
            "angenommen "
            "werden."
        ),
        (
            "Vergleichen Sie die Kennung mit dem Gerät; wenn das Verzeichnis es kennt, fragen Sie mit devices "
            "refresh noch "
            "einmal."
        ),
    ),
    "REGISTRY_UNAVAILABLE": (
        "Herstellerverzeichnis hat nicht geantwortet",
        "Das Herstellerverzeichnis hat auf die Frage nach dem Gerät nicht geantwortet.",
        "Fragen Sie später mit devices refresh noch einmal; das Gerät ist gespeichert.",
    ),
    "MODEL_MISMATCH": (
        "anderes Modell als im Herstellerkatalog",
        "Das Modell[ {value}] ist nicht das, was das Herstellerverzeichnis für diese Art von Gerät nennt[: {models}].",
        (
            "Vergleichen Sie das Modell mit dem Gerät; Modelllisten sind nicht vollständig, vielleicht ist also "
            "nichts zu "
            "tun."
        ),
    ),
    "ID_SEPARATORS": (
        "Leerzeichen, Striche oder Anführungszeichen entfernt",
        "Leerzeichen, Striche oder Anführungszeichen in der Kennung wurden entfernt.",
        _READ,
    ),
    "ID_FULLWIDTH": (
        "vollbreite Zeichen umgewandelt",
        "Vollbreite Zeichen in der Kennung wurden in gewöhnliche umgewandelt.",
        _READ,
    ),
    "ID_FORMULA": (
        "Zeichen der Tabellenkalkulation entfernt",
        (
            'Was eine Tabellenkalkulation um eine Nummer setzt, um sie als Text zu erhalten (ein Apostroph oder ="…"), '
            "wurde entfernt."
        ),
        _READ,
    ),
    "IMEI_CHECK_DIGIT_ADDED": (
        "IMEI-Prüfziffer ergänzt",
        "Die IMEI hatte 14 Ziffern; ihre Prüfziffer wurde berechnet und ergänzt.",
        _READ,
    ),
    "IMEISV_SHORTENED": (
        "16-stellige IMEISV als IMEI gelesen",
        "Der Wert hatte 16 Ziffern, eine IMEI mit Softwareversion; daraus wurde die IMEI desselben Geräts berechnet.",
        _READ,
    ),
    "MEID_FROM_DECIMAL": (
        "dezimale MEID umgewandelt",
        "Die MEID stand in ihrer Dezimalform und wurde in die übliche umgewandelt.",
        _READ,
    ),
    "MEID_CHECK_DIGIT_DROPPED": (
        "MEID-Prüfziffer weggelassen",
        "Die MEID hatte eine Prüfziffer, die stimmt und nicht zu ihr gehört; sie wurde weggelassen.",
        _READ,
    ),
    "MODEL_ADDED": (
        "Modell aus dem Herstellerkatalog ergänzt",
        "Die Zeile nennt kein Modell; das Herstellerverzeichnis kennt es[: {model}].",
        "Nichts zu tun; um es anders zu nennen, tragen Sie ein Modell in die Zeile ein.",
    ),
    # -- decisions --------------------------------------------------------------------------------------------------
    "NOT_FOUND": (
        "nicht gefunden",
        "Unter dieser ID[ ({value})] gibt es nichts, das Sie sehen dürfen.",
        ("Vergleichen Sie die ID; handeln Sie für mehrere Unternehmen, nennen Sie das richtige mit as:<account>."),
    ),
    "NOT_PENDING": (
        "nicht offen",
        "Über das Gerät ist nicht mehr zu entscheiden[: Es ist {status}].",
        ("Seine Karte zeigt, wer wann entschieden hat; eine Entscheidung lässt sich eine Zeit lang rückgängig machen."),
    ),
    "RESELLER_NOT_REGISTERED": (
        "Händler nicht registriert",
        "Das Gerät kam von einem Händler, den Ihr Unternehmen nicht registriert hat[ ({reseller})].",
        "Registrieren Sie zuerst den Händler und senden Sie die Liste dann noch einmal.",
    ),
    "DECISION_NOT_ALLOWED": (
        "nicht erlaubt",
        "Ihre Rolle in diesem Konto erlaubt das nicht.",
        "Wenden Sie sich an einen Genehmiger oder Admin Ihres Unternehmens.",
    ),
    "SEVERAL_RESELLERS": (
        "mehrere Händler",
        "Über mehrere Geräte auf einmal kann nur entschieden werden, wenn ein Händler sie alle hochgeladen hat.",
        "Entscheiden Sie über die Geräte jedes Händlers für sich oder senden Sie eine Liste zur Annahme.",
    ),
    "APPROVAL_ID_SINGLE": (
        "Genehmigungs-ID für mehrere Geräte",
        "Eine Genehmigungs-ID[ ({value})] kann nur für ein einzelnes Gerät angegeben werden.",
        "Nehmen Sie dieses Gerät für sich an oder senden Sie eine Liste mit einer Genehmigungs-ID je Zeile.",
    ),
    "DECISION_GONE": (
        "Entscheidung gilt nicht mehr",
        "Die Entscheidung gilt nicht mehr[: Das Gerät ist jetzt {status}].",
        "Sein Verlauf zeigt, was danach kam; es gibt nichts mehr rückgängig zu machen.",
    ),
    "UNDO_TOO_LATE": (
        "zu spät zum Rückgängigmachen",
        "Die Entscheidung ist endgültig[: Sie konnte bis {until} rückgängig gemacht werden].",
        "Bitten Sie den Händler, das Gerät zu löschen und noch einmal hochzuladen.",
    ),
    "DEVICE_EXCHANGING": (
        "Austausch läuft",
        "Die Kennung des Geräts wird gerade ausgetauscht.",
        "Versuchen Sie es nach dem Austausch noch einmal, spätestens nach 24 Stunden.",
    ),
    "NOT_EXCHANGEABLE": (
        "nicht austauschbar",
        "Nur die Kennung eines offenen oder angenommenen Geräts kann ausgetauscht werden[: Dieses ist {status}].",
        "Seine Karte zeigt, was mit ihm geschah.",
    ),
    "UPLOAD_CHANGED": (
        "Upload verändert",
        "Was vom Upload offen ist, ist nicht mehr das, was gezeigt wurde; deshalb wurde nichts entschieden.",
        "Sehen Sie sich die jetzigen Zahlen an und entscheiden Sie darüber.",
    ),
    "UPLOAD_BEING_DECIDED": (
        "wird von jemand anderem entschieden",
        "Über den ganzen Upload entscheidet gerade jemand aus Ihrem Unternehmen.",
        "Warten Sie, bis das fertig ist, und sehen Sie dann nach, was übrig ist.",
    ),
    "UPLOAD_IN_PROGRESS": (
        "Upload in Arbeit",
        "Der Upload wird noch gespeichert.",
        "Versuchen Sie es noch einmal, wenn sein Ergebnis da ist.",
    ),
    "HISTORY_FULL": (
        "Verlauf voll",
        "Mit dem Gerät ist so viel geschehen, dass nichts mehr darüber festgehalten werden kann.",
        "Bitten Sie den Händler, das Gerät zu löschen und noch einmal hochzuladen.",
    ),
    "GRANT_INVALID": (
        "Erlaubnis nicht gültig",
        "Die Liste kam ohne Erlaubnis, oder mit einer, die schon benutzt wurde oder älter als 15 Minuten ist.",
        "Holen Sie mit approvals bulk eine neue und senden Sie die Liste damit noch einmal.",
    ),
    # -- deletes, exchanges, tags -----------------------------------------------------------------------------------
    "RELEASE_NEEDED": (
        "wartet auf die Freigabe des Kunden",
        "Der Kunde hat das Gerät angenommen und muss es zuerst freigeben.",
        "Der Kunde wird gefragt; das Gerät wird gelöscht, sobald er es freigibt.",
    ),
    "RELEASE_DENIED": (
        "vom Kunden nicht freigegeben",
        "Der Kunde gibt die Geräte nicht frei.",
        "Sprechen Sie mit dem Kunden; löschen Sie die Geräte noch einmal, wird er wieder gefragt.",
    ),
    "LIST_TOO_LONG": (
        "zu viele Kennungen",
        "Die Liste hat mehr Kennungen, als eine Anfrage haben darf[ ({limit})].",
        "Teilen Sie sie in mehrere Anfragen.",
    ),
    "UPLOAD_OF_OTHERS": (
        "Upload von jemand anderem",
        "Uploader können nur ihre eigenen Uploads zurücknehmen.",
        "Wenden Sie sich an den, der ihn hochgeladen hat, oder an einen Admin Ihres Unternehmens.",
    ),
    "UPLOAD_TOO_OLD": (
        "zu spät für einen Uploader",
        "Uploader können einen Upload 24 Stunden lang zurücknehmen.",
        "Wenden Sie sich an einen Admin Ihres Unternehmens.",
    ),
    "UPLOAD_STORED_NOTHING": (
        "nichts zurückzunehmen",
        "Der Upload hat kein Gerät gespeichert, also gibt es nichts zurückzunehmen.",
        "Sehen Sie sich seine Fehler an oder laden Sie die Datei noch einmal hoch.",
    ),
    "EXCHANGE_NOT_IMEI": (
        "keine IMEI",
        "Nur eine IMEI kann gegen eine andere IMEI ausgetauscht werden[: {value} ist keine].",
        "Schreiben Sie die IMEI des Geräts und dann die IMEI, die es künftig hat.",
    ),
    "EXCHANGE_FORMER": (
        "IMEI, die früher ausgetauscht wurde",
        "Das Gerät hat diese IMEI nicht mehr[ ({value})].",
        "Seine Karte zeigt die IMEI, die es jetzt hat; tauschen Sie diese aus.",
    ),
    "IDENTIFIER_TAKEN": (
        "IMEI vergeben",
        "Die neue IMEI[ {value}] gehört schon zu einem Gerät.",
        "Vergleichen Sie sie mit dem Gerät in Ihrer Hand; eine IMEI gehört zu einem Gerät allein.",
    ),
    "TAG_CHARACTERS": (
        "Tag nicht möglich",
        "Ein Tag kann dieses Zeichen nicht enthalten[: {character}].",
        "Verwenden Sie Buchstaben, Ziffern, Leerzeichen, Punkte, Bindestriche und Unterstriche.",
    ),
    "TAG_LENGTH": (
        "Tag zu lang",
        "Ein Tag[ ({value})] kann höchstens 40 Zeichen haben.",
        "Verwenden Sie einen kürzeren.",
    ),
    "TAG_TWICE": (
        "Tag gesetzt und entfernt",
        "Der Tag[ {value}] soll zugleich gesetzt und entfernt werden.",
        "Schreiben Sie ihn einmal, mit + oder mit -.",
    ),
    "TAGS_TOO_MANY": (
        "zu viele Tags",
        "Ein Gerät kann höchstens 20 Tags haben[; dieses hätte {count}].",
        "Entfernen Sie zuerst einige seiner Tags.",
    ),
}
