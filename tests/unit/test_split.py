"""The list of tests that take long names tests that there are."""

from tests.conftest import TESTS, THOROUGH


def test_every_module_that_takes_long_is_there():
    assert {name for name in THOROUGH if not (TESTS / name).is_file()} == set()
