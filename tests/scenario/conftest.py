"""An empty cloud with the sample accounts, and the chain on it."""

import pytest

from tests.chain import Chain, sample_directory
from tests.cloud import running_cloud


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
