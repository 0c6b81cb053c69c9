"""An empty cloud with the sample accounts, and the chain on it."""

import pytest

from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud
from tests.newsroom import Newsroom
from tests.office import running_office
from tests.reception import Reception
from tests.stock import fill


@pytest.fixture(scope="module")
def world():
    """The cloud of all tests of a module, and what it is set back to before each."""
    with running_cloud(chunk_rows=40) as running:
        running.accounts.apply(sample_directory())
        yield running, running.checkpoint()


@pytest.fixture
def cloud(world):
    running, checkpoint = world
    running.restore(checkpoint)
    return running


@pytest.fixture
def chain(cloud):
    return Chain(cloud)


@pytest.fixture
def limited(cloud):
    """The chain with other limits: ``limited(max_rows=10)``."""
    return lambda **limits: Chain(cloud.with_limits(**limits))


@pytest.fixture(scope="module")
def open_office(tmp_path_factory):
    """The office of all tests of a module, with the sample devices in it."""
    with running_office(tmp_path_factory.mktemp("office"), chunk_rows=40) as running:
        running.stock = fill(running.cloud)
        running.keep()
        yield running


@pytest.fixture
def office(open_office):
    """The office as it was opened."""
    open_office.set_back()
    return open_office


@pytest.fixture
def stock(open_office):
    """The uploads there are."""
    return open_office.stock


@pytest.fixture(scope="module")
def open_newsroom(tmp_path_factory):
    """The newsroom of all tests of a module."""
    with running_office(tmp_path_factory.mktemp("newsroom"), chunk_rows=40) as running:
        yield Newsroom(running)


@pytest.fixture
def news(open_newsroom):
    """The newsroom as it was opened."""
    open_newsroom.set_back()
    return open_newsroom


@pytest.fixture(scope="module")
def open_reception(tmp_path_factory):
    """The reception of all tests of a module, in an office without devices."""
    with running_office(tmp_path_factory.mktemp("reception"), chunk_rows=40) as running:
        running.keep()
        yield Reception(running)


@pytest.fixture
def reception(open_reception):
    """The reception as it was opened."""
    open_reception.set_back()
    return open_reception
