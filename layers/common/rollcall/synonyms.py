"""What columns are called in the files that people have, and what each of these names means (row B20).

The English names are those of the portals' own templates and exports (Knox, zero-touch, Apple, Autopilot) and of what
resellers' systems write; the other languages are those of their spreadsheets.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Columns of which a file needs at least one.
IDENTIFIER_COLUMNS: Final = frozenset({"imei", "imei2", "meid", "serial", "identifier", "imei_or_meid"})

#: Columns that we add to the rows we send back for mending, and the last column of every list we export.
OUR_COLUMNS: Final = ("error_code", "error", "suggestion")
OUR_EXPORT: Final = "rollcall_export"

_IN_BRACKETS: Final = re.compile(r"[(\[][^)\]]*[)\]]")
_DELIMITERS: Final = re.compile(r"[,;\t|]")


def plain(text: str) -> str:
    """A name without what people vary: case, accents, width, spaces, punctuation. ``Modèle`` and ``MODELE`` agree."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    letters = (character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))
    composed = unicodedata.normalize("NFC", "".join(letters)).casefold()
    return "".join(character for character in composed if character.isalnum())


_NAMES: Final = {
    "imei": """
        IMEI, IMEI1, IMEI No, IMEI Number, IMEI 1 Number, IMEI No 1, IMEI Number 1, IMEI Code, IMEI ID, First IMEI,
        Primary IMEI, IMEI SIM1, IMEI SIM 1, IMEI Slot 1, Device IMEI, Phone IMEI,
        IMEI-Nummer, IMEI Nr., Numéro IMEI, N° IMEI, Código IMEI, Número IMEI, Número de IMEI, Codice IMEI,
        IMEI 번호, IMEI1 번호, 단말기 IMEI, 기기 IMEI, IMEI番号, 端末IMEI, IMEI号, IMEI码
    """,
    "imei2": """
        IMEI2, IMEI 2 Number, IMEI No 2, IMEI Number 2, Second IMEI, Secondary IMEI, IMEI SIM2, IMEI SIM 2, IMEI Slot 2,
        Zweite IMEI, IMEI2-Nummer, Deuxième IMEI, Segundo IMEI, IMEI2 번호, IMEI2番号
    """,
    "meid": """
        MEID, MEID No, MEID Number, MEID Hex, MEID Dec, MEID Decimal, MEID-Nummer, Numéro MEID, MEID 번호, MEID番号
    """,
    "imei_or_meid": """
        IMEI/MEID, MEID/IMEI, IMEI or MEID, IMEI/MEID Number, IMEI/MEID No, IMEI/MEID 1, IMEI1/MEID, modemid, Modem ID,
        IMEI oder MEID, IMEI ou MEID, IMEI o MEID
    """,
    "serial": """
        S/N, SN, SNR, Serial, Serials, SerialNo, Serial Number, Serial Numbers, Serial Num, Serial #, Serial Code,
        Device Serial, Device Serial No, Device Serial Number, Device SN, Product Serial Number, Hardware Serial Number,
        Machine Serial Number, Manufacturer Serial Number,
        Seriennummer, Serien-Nr., Gerätenummer, Numéro de série, Numéro série, N° de série, N° série, No de série,
        Número de serie, Núm. de serie, N.º de serie, Nº serie, Nro de serie, Serie, Numero di serie, Numero seriale,
        일련번호, 시리얼, 시리얼 번호, 시리얼넘버, 시리얼 No, 제조번호, 제품번호,
        シリアル, シリアル番号, シリアルナンバー, シリアルNo, 製造番号, 序列号, 序號
    """,
    "identifier": """
        Identifier, Identifiers, id, device, devices, Device ID, Device Identifier, Hardware ID,
        IMEI/MEID/Serial, IMEI/MEID/Serial Number, IMEI/MEID/SN, IMEI/MEID or Serial, IMEI/MEID or Serial Number,
        IMEI or Serial, IMEI or Serial Number, IMEI/Serial, IMEI/Serial Number, IMEI/SN,
        Serial/IMEI, Serial Number/IMEI, Serial or IMEI,
        Gerätekennung, Geräte-ID, Identifiant, ID de l'appareil, Identificador, ID del dispositivo,
        식별자, 식별번호, 기기 ID, 단말기 ID, 단말기 번호, 識別子, 端末ID, 端末番号, デバイスID
    """,
    "model": """
        Model, Models, Device model, Model Number, Model No, Model Name, Model Code, Model ID, Product Model,
        Phone Model, Handset Model,
        Modell, Gerätemodell, Modellname, Modellnummer, Modellbezeichnung, Modèle, Modèle de l'appareil, Nom du modèle,
        Numéro de modèle, Modelo, Modelo del dispositivo, Número de modelo, Modello, Modelli,
        모델, 모델명, 모델 이름, 모델번호, 모델 코드, 기종, 단말기 모델,
        機種, 機種名, モデル, モデル名, モデル番号, 型番, 型号
    """,
    "order_number": """
        Order, Order No., Order Number, Order Num, Order #, Order ID, Order Reference, Order Ref, PO, PO No, PO Number,
        PO #, PO ID, P.O., Purchase Order, Purchase Order No, Purchase Order Number, Purchase Order Identifier,
        Sales Order, Sales Order No, Sales Order Number, SO Number, Customer PO, Customer PO Number,
        Bestellnummer, Bestell-Nr., Bestellung, Auftragsnummer, Auftrags-Nr., Auftrag,
        Numéro de commande, N° de commande, N° commande, No de commande, Commande, Bon de commande,
        Número de pedido, N.º de pedido, Nº pedido, Pedido, Orden de compra, Número de orden, Numero ordine,
        주문번호, 주문 No, 주문, 발주번호, 구매주문번호, 注文番号, 発注番号, オーダー番号, 注文No, 订单号, 訂單編號
    """,
    "order_date": """
        Order Date, Date of Order, Ordered, Ordered On, Ordered At, PO Date, Purchase Date, Date of Purchase,
        Purchase Order Date, Sales Order Date,
        Bestelldatum, Auftragsdatum, Kaufdatum, Date de commande, Date de la commande, Date d'achat,
        Fecha de pedido, Fecha del pedido, Fecha de compra, Fecha de orden, Data ordine,
        주문일, 주문일자, 주문 날짜, 발주일, 구매일, 注文日, 発注日, 購入日, 订单日期
    """,
    "customer_id": """
        Customer ID, Customer, Customer No, Customer Number, Customer Account, Customer Account ID, Knox Customer ID,
        DEP Customer ID, MSP ID, Client ID,
        Kunde, Kunden-ID, Kundennummer, Kunden-Nr., Client, ID client, Identifiant client, Numéro client, N° client,
        Cliente, ID cliente, ID de cliente, ID del cliente, Número de cliente, N.º de cliente, Codice cliente,
        고객, 고객 ID, 고객 아이디, 고객번호, 고객사, 고객 코드,
        顧客, 顧客ID, 顧客番号, 顧客コード, お客様ID, お客様番号, 客户ID
    """,
    "tags": """
        Tags, Tag, Device Tags, Device Tag, Group Tag, Group Tags, Label, Labels,
        Schlagwort, Schlagwörter, Étiquette, Étiquettes, Etiqueta, Etiquetas, Etichetta, Etichette,
        태그, 그룹 태그, タグ, グループタグ, 标签
    """,
    "approval_id": """
        Approval ID, Approval No, Approval Number, Approval Code,
        Genehmigungs-ID, Genehmigungsnummer, ID d'approbation, Numéro d'approbation, ID de aprobación,
        승인 ID, 승인번호, 承認ID, 承認番号
    """,
    "modemtype": "modemtype",
}
_CANONICAL: Final = {
    **{plain(name): column for column, names in _NAMES.items() for name in names.split(",")},
    plain("IMEI, MEID or Serial Number"): "identifier",  # the one name with a comma in it
}

#: Names that give way to a column that says better what it is: many systems number their rows in a column "ID", and
#: put the customer's name beside the customer's id.
_WEAK_NAMES: Final = """
    id, device, devices, Device ID, Hardware ID, Geräte-ID, ID de l'appareil, ID del dispositivo,
    기기 ID, 단말기 ID, 端末ID, デバイスID, Customer, Client, Kunde, Cliente, 고객, 고객사, 顧客
"""
_WEAK: Final = frozenset(map(plain, _WEAK_NAMES.split(",")))


def column_of(name: str) -> str | None:
    """The column that a header cell names; None if it is not a name we know.

    Args:
        name: the cell as it stands. What is in brackets may be left out: ``Order date (YYYY-MM-DD)``.
    """
    for text in (name, _IN_BRACKETS.sub("", name)):
        if column := _CANONICAL.get(plain(text)):
            return column
    return None


def is_weak(name: str) -> bool:
    """Whether a name that we know may also mean something else."""
    return plain(name) in _WEAK


def known_names(line: str) -> list[str]:
    """The parts of a header line that name a column, whichever delimiter it has."""
    return [part for part in _DELIMITERS.split(line) if column_of(part)]
