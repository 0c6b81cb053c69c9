"""Catalogues as operators send them: long, wide, without a header, dirty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.registry_catalogue import CatalogueError, edition_of, read_catalogue, read_file

pytestmark = pytest.mark.feature("P7")

EXPECTED = {"09167513": ("SM-N960F",), "12312312": ("GT-I9305N", "GT-I9305T")}


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("tac,model\n09167513,SM-N960F\n12312312,GT-I9305N\n12312312,GT-I9305T\n", ","),
        ("tac,model,model2\r\n09167513,SM-N960F\r\n12312312,GT-I9305N,GT-I9305T\r\n", ","),
        ("09167513;SM-N960F\n12312312;GT-I9305N;GT-I9305T;\n", ";"),
        ("Brand,Model,TAC,Model_2\nS,SM-N960F,09167513,\nS,GT-I9305N,12312312,GT-I9305T\n", ","),
        (" TAC ,MODEL\n 09167513 , SM-N960F \n12312312,GT-I9305N\n12312312,GT-I9305T\n12312312,GT-I9305N\n", ","),
    ],
)
def test_codes_and_models_are_found_however_they_are_laid_out(text, delimiter):
    catalogue = read_catalogue([text], delimiter)

    assert catalogue.models == EXPECTED
    assert (catalogue.pairs, catalogue.bad) == (3, 0)


def test_lines_without_a_code_are_left_out_counted_and_named():
    text = "tac,model\n9167513,SM-N960F\n12312312,GT-I9305N\n,SM-X\nabcdefgh,SM-Y\n\uff11\uff12312312,SM-Z\n35693803,\n"
    catalogue = read_catalogue([text], ",")

    assert catalogue.models == {"12312312": ("GT-I9305N",), "35693803": ()}
    assert catalogue.bad == 4
    assert [(bad.line, bad.value) for bad in catalogue.named] == [
        (2, "9167513"), (4, ""), (5, "abcdefgh"), (6, "\uff11\uff12312312"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "imei,model\n356938035643809,SM-A\n", "tac,model\n", "tac,model\n123,SM-A\n"])
def test_a_file_without_a_single_code_is_no_catalogue(text):
    with pytest.raises(CatalogueError, match=r"tac"):
        read_catalogue([text], ",")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_are_read_in_the_encodings_of_uploads(tmp_path, encoding):
    path = tmp_path / "tacs.csv"
    path.write_text("tac\tmodel\n35693803\tGalaxy A55 \u00e9\n", encoding=encoding)

    assert read_file(path).models == {"35693803": ("Galaxy A55 \u00e9",)}


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(64)), b"PK\x03\x04 xl/workbook.xml"])
def test_what_cannot_be_read_says_so(tmp_path, content):
    path = tmp_path / "tacs.csv"
    path.write_bytes(content)

    with pytest.raises(CatalogueError):
        read_file(path)


@given(st.dictionaries(st.from_regex(r"[0-9]{8}", fullmatch=True), st.sampled_from(["SM-A", "SM-B"]), min_size=1))
def test_an_edition_is_what_is_in_it_in_whatever_order(models):
    lines = [f"{tac},{model}\n" for tac, model in models.items()]
    one, other = (
        edition_of(read_catalogue(["tac,model\n", *some], ","), at="2026-03-01T09:30:00Z", by="ops", source=name)
        for name, some in (("a.csv", lines), ("b.csv", reversed(lines)))
    )

    assert one.id == other.id
    assert one.codes == len(models)
    more = edition_of(read_catalogue(["00000000,SM-C\n", *lines], ","), at="", by="", source="")
    assert more.id != one.id
