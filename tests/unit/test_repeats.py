"""The index of identifiers: the same answers as a dictionary, in memory that does not grow with the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.repeats import open_repeats

KEYS = st.sampled_from([f"imei#{number}" for number in range(12)] + ["serial#1", "meid#1"])


@given(st.lists(st.lists(KEYS, unique=True, max_size=4), max_size=40))
def test_it_answers_as_a_dictionary_would(rows):
    first: dict[str, int] = {}
    with open_repeats() as repeats:
        for line, keys in enumerate(rows, 2):
            expected = {key: first[key] for key in keys if key in first}

            assert repeats.first_lines(line, keys) == expected

            for key in keys:
                first.setdefault(key, line)


def test_a_key_twice_on_one_line_is_no_repeat_of_an_earlier_line():
    with open_repeats() as repeats:
        assert repeats.first_lines(2, ["imei#1", "imei#1"]) == {}


def test_the_first_line_is_named_however_often_it_comes():
    with open_repeats() as repeats:
        repeats.first_lines(2, ["imei#1"])

        assert repeats.first_lines(5, ["imei#1"]) == {"imei#1": 2}
        assert repeats.first_lines(9, ["imei#1", "imei#2"]) == {"imei#1": 2}


@pytest.mark.feature("B11")
def test_kinds_do_not_meet():
    with open_repeats() as repeats:
        repeats.first_lines(2, ["imei#356779103674064"])

        assert repeats.first_lines(3, ["serial#356779103674064"]) == {}


def test_two_files_know_nothing_of_each_other():
    with open_repeats() as one, open_repeats() as other:
        one.first_lines(2, ["imei#1"])

        assert other.first_lines(3, ["imei#1"]) == {}


#: A dictionary of as many texts takes 60 MB. They are longer than identifiers, so that fewer of them will do.
_MEMORY = """
import re
from pathlib import Path
from rollcall.repeats import open_repeats

def peak():
    # Not getrusage: what that tells begins with the memory of the process that started this one.
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])

before = peak()
with open_repeats() as repeats:
    for line in range(150_000):
        repeats.first_lines(line, [f"imei#{(line * 7919) % 10**15:0250}"])
    print((peak() - before) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="needs Linux to tell a process's own peak memory")
def test_memory_is_bounded():
    layer = Path(__file__).parents[2] / "layers" / "common"
    answer = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", _MEMORY], capture_output=True, text=True, check=True, cwd=layer
    )

    assert int(answer.stdout) < 30
