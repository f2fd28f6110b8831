"""What an index engine raises is told in one sentence with what to do; what is no trouble of the engine passes."""

from __future__ import annotations

import pytest

from assistant.errors import InstallationBusy, InstallationError
from assistant.index import trouble


class PanicError(BaseException):
    """As the engines' Rust code raises it: no Exception."""


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError("disk full\nat line 3"), "disk full"),
        (PanicError("index out of bounds"), "index out of bounds"),
        (ValueError(), "ValueError"),  # without a word
    ],
)
def test_trouble_is_told_with_its_first_line_and_what_to_do(error, reason):
    with pytest.raises(InstallationError) as told, trouble.told("The word index in x"):
        raise error
    assert str(told.value) == (
        f"The word index in x cannot be used ({reason}). Nothing is lost: `assistant doctor --repair` builds it again."
    )


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), InstallationBusy("another writes")])
def test_what_is_no_trouble_of_an_engine_passes_as_it_is(error):
    with pytest.raises(type(error)) as passed, trouble.told("The word index in x"):
        raise error
    assert passed.value is error
