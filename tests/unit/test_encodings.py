"""What speaks for one encoding where several decode the same bytes."""

from __future__ import annotations

import pytest

from rollcall.encodings import Candidate, looks_like_damaged_utf8, most_plausible


def plausibility(text: str, encoding: str) -> float:
    candidate = Candidate(encoding)
    candidate.feed(text.encode(encoding), judge=True)
    candidate.finish(judge=True)
    return candidate.plausibility


@pytest.mark.parametrize(
    ("encoding", "usual", "unusual"),
    [
        ("cp949", "강남", "킧킩"),  # Hangul of KS X 1001; two of the syllables that CP949 adds behind its lead bytes
        ("cp949", "강남", "뛝걂"),  # and two before them
        ("cp932", "東京", "儺黠"),  # kanji of JIS level 1 and 2
        ("cp932", "サクラ", "ｻｸﾗ"),
        ("cp1252", "Zürich", "Z÷ƒ¬rich"),
        ("cp1252", "créée", "Ã¼Ã¶"),
    ],
)
def test_what_people_write_is_worth_more(encoding, usual, unusual):
    assert plausibility(usual, encoding) > plausibility(unusual, encoding)
    assert plausibility(usual, encoding) >= 0.5
    assert plausibility(unusual, encoding) <= 0.35


@pytest.mark.feature("B20")
@pytest.mark.parametrize("piece_size", [3, 1_000_000])
def test_a_known_column_name_decides(piece_size):
    """The values alone would pass for Korean."""
    values = "\r\n356779103674064,ｶﾌﾞｼｷｶﾞｲｼｬ".encode("cp932")

    def verdict(header: str) -> str:
        content = header.encode("cp932") + values * 100
        best = most_plausible(content[at : at + piece_size] for at in range(0, len(content), piece_size))
        return best.encoding if best else ""

    assert verdict("imei,tags") == "cp949"
    assert verdict("imei,モデル") == "cp932"


def test_nothing_decodes():
    assert most_plausible([b"\x81\xff\x8d \xfe"]) is None


def test_utf8_with_a_few_damaged_bytes():
    assert looks_like_damaged_utf8(["Zürich Genève".encode(), b" \xe4"])
    assert not looks_like_damaged_utf8(["강남지점".encode("cp949")])
    assert not looks_like_damaged_utf8([b"ascii"])
