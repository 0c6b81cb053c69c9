"""Encodings and delimiters told from the file itself."""

from __future__ import annotations

import codecs
import gzip
import io
import random
import tracemalloc
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rollcall.dialect import Dialect, FileFault, detect_delimiter, detect_encoding, open_text

ROWS = "".join(f"35{number:013d},SM-G991B\r\n" for number in range(50))
KOREAN = "IMEI,모델명,주문번호,태그\r\n356779103674064,SM-G991N,주문-1,강남지점\r\n"
JAPANESE = "シリアル番号,機種,注文番号\r\nR58M12345AB,Galaxy タブレット,注文-1 東京営業所\r\n"
FRENCH = "IMEI;Modèle;N° de commande;Étiquettes\r\n356779103674064;SM-G991B;Nº 1 \u2013 siège;créée à Besançon\r\n"
GERMAN = "IMEI;Modell;Bestellnummer;Schlagwörter\r\n356779103674064;SM-G991B;B-1;Süßwaren Köln „Außendienst“\r\n"


@pytest.fixture
def put(tmp_path):
    """Writes bytes into a file and gives its path."""

    def write(content: bytes):
        path = tmp_path / "file.csv"
        path.write_bytes(content)
        return path

    return write


def text_of(path) -> str:
    return "".join(open_text(path, detect_encoding(path)))


def fault_of(path):
    with pytest.raises(FileFault) as raised:
        detect_encoding(path)
    return raised.value.fault


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
    ids=lambda value: value.hex() or "no mark" if isinstance(value, bytes) else value,
)
def test_unicode_with_and_without_byte_order_mark(put, mark, codec):
    text = "imei,tags\r\n356779103674064,Zürich 강남 タグ 😀\r\n" + ROWS
    path = put(mark + text.encode(codec))

    assert detect_encoding(path) == codec
    assert text_of(path) == text


@pytest.mark.feature("B20")
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "製造番号,機種\nR58M12ABCDE,ギャラクシータブレット東京営業所製品番号\n",
        "일련번호\t모델명\r\n" + "R58M12ABCDE\t갤럭시태블릿에스구울트라강남지점서울특별시종로구\r\n" * 30,
    ],
    ids=["Japanese", "Korean"],
)
def test_utf_16_without_a_mark_is_told_by_its_header(put, text, codec):
    path = put(text.encode(codec))

    assert detect_encoding(path) == codec
    assert text_of(path) == text


def test_a_nul_alone_makes_no_utf_16(put):
    assert detect_encoding(put("製造番号,機種\nR58M12ABCDE,\0\n".encode())) == "utf-8"
    assert fault_of(put("名前,色\n一,二\n".encode("utf-16-le"))).code == "ENCODING"


@pytest.mark.feature("B20")
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (KOREAN, "cp949"),
        ("imei,tags\r\n" + ROWS + "356779103674064,강남지점 똠방각하\r\n", "cp949"),
        ("imei,tags\r\n356779103674064,서울\r\n", "cp949"),
        (JAPANESE, "cp932"),
        ("imei,tags\r\n356779103674064,東京営業所\r\n", "cp932"),
        ("imei,tags\r\n356779103674064,さくら支店\r\n", "cp932"),
        ("imei,customer\r\n356779103674064,ｶﾌﾞｼｷｶﾞｲｼｬ 東京サクラ\r\n", "cp932"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        ("imei,tags\r\n356779103674064,Zürich\r\n", "cp1252"),
        ("imei,tags\r\n356779103674064,cafés à l\u2019hôtel \u2013 5 €\r\n", "cp1252"),
        ("imei,tags\r\n356779103674064,niño\r\n356779103674064,MÜNCHEN\r\n", "cp1252"),
        ("imei,tags\r\n356779103674064,Straße\r\n", "cp1252"),
    ],
)
def test_encodings_that_leave_no_mark(put, text, codec):
    path = put(text.encode(codec))

    assert detect_encoding(path) == codec
    assert text_of(path) == text


def test_what_decides_may_stand_far_behind(put):
    """ASCII over megabytes, then one name: the whole file is looked at, not its beginning."""
    plain = ("356779103674064,SM-G991B\r\n" * 50_000).encode()

    assert detect_encoding(put(plain)) == "utf-8"
    assert detect_encoding(put(plain + "356779103674064,강남\r\n".encode())) == "utf-8"
    assert detect_encoding(put(plain + "356779103674064,강남지점\r\n".encode("cp949"))) == "cp949"
    assert detect_encoding(put(plain + "356779103674064,Zürich\r\n".encode("cp1252"))) == "cp1252"


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped(), "an Excel workbook or a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old Excel workbook (.xls)"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture (JPEG)"),
        (b"GIF89a" + bytes(10), "a picture (GIF)"),
        (b"%PDF-1.7\n", "a PDF document"),
        (gzip.compress(b"imei\n"), "a compressed file (gzip)"),
        (random.Random(1).randbytes(10_000), "binary data, not text"),  # noqa: S311 - any bytes do
        (bytes(1_000), "binary data, not text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_text_says_what_it_looks_like(put, content, kind):
    fault = fault_of(put(content))

    assert fault.code == "ENCODING"
    assert fault.details == {"looks_like": kind}
    assert kind in fault.message
    assert "CSV UTF-8" in fault.remedy


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (codecs.BOM_UTF8 + b"imei\r\n1\r\n2,\xe9\r\n", "UTF-8 text damaged in line 3"),
        (codecs.BOM_UTF16_LE + "imei\r\n1".encode("utf-16-le") + b"\x00", "UTF-16-LE text damaged in line 2"),
        ("imei,tags\n1,Zürich Köln\n2,Genève\n".encode() + b"3,\xe4\n", "UTF-8 text damaged in line 4"),
        (b"imei,tags\n1,\x81\xff \x8d \xfe\n", "text in an unknown encoding (line 2)"),
    ],
)
def test_damaged_text_is_not_read_as_something_else(put, content, kind):
    assert fault_of(put(content)).details == {"looks_like": kind}


def test_a_nul_in_a_list_is_the_business_of_its_row(put):
    assert detect_encoding(put(b"imei\r\n356779103674064\r\n35677\x009103674064\r\n")) == "utf-8"


@pytest.mark.parametrize(
    "content",
    [b"", codecs.BOM_UTF8, b" \r\n\t\r\n", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE + "\r\n ".encode("utf-16-be")],
    ids=["nothing", "utf-8 mark", "blanks", "utf-16 mark", "utf-16 blanks"],
)
def test_a_blank_file(put, content):
    assert fault_of(put(content)).code == "FILE_EMPTY"


@given(st.binary(max_size=200))
@example(b"\xff")
@example(b"\xa0")
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    code = None
    try:
        text = text_of(path)
    except FileFault as refused:
        code = refused.fault.code

    assert code in {"ENCODING", "FILE_EMPTY"} if code else text.strip()


def test_memory_stays_bounded(put):
    path = put(b"356779103674064,SM-G991B,Z\xfcrich\r\n" * 600_000)
    tracemalloc.start()
    try:
        encoding = detect_encoding(path)
        size = sum(map(len, open_text(path, encoding)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (encoding, size) == ("cp1252", path.stat().st_size)
    assert peak < 12_000_000


def test_pieces_join_where_a_character_is_cut(put):
    text = "a" + "가" * 1_000_000
    path = put(text.encode())
    pieces = list(open_text(path, "utf-8"))

    assert len(pieces) > 1
    assert "".join(pieces) == text


def test_only_the_mark_at_the_very_beginning_is_taken_off(put):
    assert "".join(open_text(put(codecs.BOM_UTF8 + "a\ufeffb".encode()), "utf-8")) == "a\ufeffb"


def test_text_in_another_encoding_than_said(put):
    with pytest.raises(FileFault) as raised:
        list(open_text(put(b"\xff\xff"), "utf-8"))

    assert raised.value.fault.code == "ENCODING"


@pytest.mark.feature("B20")
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize(
    "lines",
    [
        [["imei", "order_number", "tags"], ["356779103674064", "PO-1", "x"]],
        [["imei", "tags"]],
        [["IMEI/MEID", "Modèle", "Order No."], ["1", "a,b;c", "d"], ["2", "e,f;g", "h"]],
        [["x", "y"], ["1", "2"], ["3", "4"]],
        [["356779103674064", "SM-G991B"], ["356779103674065", "SM-G991B"]],
    ],
    ids=["ours", "header alone", "others in cells", "unknown names", "no header"],
)
def test_delimiters(delimiter, lines):
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in line] for line in lines]

    assert detect_delimiter("\r\n".join(delimiter.join(line) for line in quoted)) == delimiter


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("imei\r\n356779103674064\r\n", ","),
        ("356779103674064\r\n356779103674065", ","),
        ("imei,tags\n1,a|b|c\n2,d|e|f\n", ","),
        ("imei;price\n1;2,50\n2;3,50\n", ";"),
        ('"imei";"tags"\n"1";"a,b,c"\n"2";"d,e,f"', ";"),
        ('imei;note\n1;"a\n,b,c\n,d"\n2;x\n', ";"),
        ("order;number\n1;2\n", ";"),
        ("sep=;\r\na,b\r\n", ";"),
        ("sep=|\nimei,tags\n", "|"),
        ("\r\n\r\nimei;tags\r\n", ";"),
        ("", ","),
        # A spreadsheet with a decimal comma has shortened the numbers of a single column.
        ("imei\n3,56741E+14\n", ";"),
        ("imei\n356779103674064\n 3,5e+14 \n", ";"),
        ("3,56741E+14\n3,56742E+14\n", ";"),
        ("356779103674064\n3,56742E+14\n", ";"),
        ("imei,approval_id\n3,56E+14\n", ","),
        ("imei\n3.56741E+14\n", ","),
        ("imei;x\n3,56741E+14;1\n", ";"),
    ],
)
def test_delimiter_of_doubtful_files(sample, expected):
    assert detect_delimiter(sample) == expected


def test_a_sample_cut_inside_a_record_does_not_mislead():
    whole = "a;b,c\n1;2,3\n"

    assert detect_delimiter(whole) == ","
    assert detect_delimiter(whole + "x;" + "y" * 70_000 + ",z\n") == ","


@given(st.text())
def test_any_sample_has_a_delimiter(sample):
    assert detect_delimiter(sample) in {",", ";", "\t", "|"}


def test_a_dialect_is_a_value():
    assert Dialect("utf-8", ",") == Dialect(encoding="utf-8", delimiter=",")
