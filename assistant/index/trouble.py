"""What the engines of the indexes raise, told as an error of this package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import InstallationError

REBUILD = "Nothing is lost: `assistant doctor --repair` builds it again."


@contextmanager
def told(name: str, remedy: str = REBUILD) -> Iterator[None]:
    """Raise InstallationError, saying that `name` cannot be used and what to do, for whatever goes wrong inside."""
    try:
        yield
    except InstallationError:
        raise
    except BaseException as error:  # a panic of an engine is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise InstallationError(f"{name} cannot be used ({reason}). {remedy}") from error
