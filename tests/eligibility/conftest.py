"""What the tests of checks share: the shipped schemes, read once."""

import pytest

from assistant import config, eligibility


@pytest.fixture(scope="session")
def catalogue() -> eligibility.Catalogue:
    """The schemes as shipped."""
    return eligibility.load(config.bundled("corpus"))
