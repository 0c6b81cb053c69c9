"""Settings: read once, and wrong ones named before anything is done with them."""

from __future__ import annotations

import pytest

from rollcall.records import MAX_RECORD
from rollcall.settings import Settings, SettingsError

NEEDED = {"DEVICES_TABLE": "d", "UPLOADS_TABLE": "u", "ACCOUNTS_TABLE": "a", "UPLOADS_BUCKET": "b"}


def test_what_is_needed_is_enough():
    settings = Settings.from_env(NEEDED)

    assert (settings.devices_table, settings.uploads_table, settings.accounts_table, settings.bucket) == tuple("duab")
    assert (settings.chunk_rows, settings.max_rows) == (2_000, 1_000_000)
    assert settings.max_file_bytes == 256 * 1024 * 1024
    assert settings.max_record_bytes == MAX_RECORD == 64 * 1024
    assert settings.ee_models == ()


def test_everything_can_be_said():
    settings = Settings.from_env(
        {
            **NEEDED,
            "CHUNKS_QUEUE_URL": "c",
            "FINISHES_QUEUE_URL": "f",
            "CHUNK_ROWS": "10",
            "MAX_ROWS": "20",
            "MAX_FILE_BYTES": "30",
            "MAX_RECORD_BYTES": "40",
            "EE_MODELS": " sm-g991, ,SM-F7 ",
        }
    )

    assert (settings.chunks_queue_url, settings.finishes_queue_url) == ("c", "f")
    assert (settings.chunk_rows, settings.max_rows, settings.max_file_bytes) == (10, 20, 30)
    assert settings.max_record_bytes == 40
    assert settings.ee_models == ("SM-G991", "SM-F7")


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_name_is_named(name, value):
    env = {**NEEDED, name: value}
    with pytest.raises(SettingsError, match=name) as refused:
        Settings.from_env({key: text for key, text in env.items() if text is not None})

    assert refused.value.name == name


@pytest.mark.parametrize("name", ["CHUNK_ROWS", "MAX_ROWS", "MAX_FILE_BYTES", "MAX_RECORD_BYTES"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "\uff11\uff10", " 5"])
def test_a_limit_is_a_positive_whole_number(name, value):
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({**NEEDED, name: value})


@pytest.mark.parametrize("name", ["CHUNK_ROWS", "MAX_ROWS", "MAX_FILE_BYTES", "MAX_RECORD_BYTES"])
def test_an_empty_limit_is_the_usual_one(name):
    assert Settings.from_env({**NEEDED, name: ""}) == Settings.from_env(NEEDED)
