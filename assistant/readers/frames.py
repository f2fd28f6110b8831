"""Values on their way between the program and a process that reads for it: a length, then the value pickled."""

from __future__ import annotations

import datetime as dt
import io
import pickle
from dataclasses import is_dataclass
from enum import Enum
from typing import IO, Any

from assistant.errors import AssistantError

_LENGTH = 8  # bytes
_PACKAGE = "assistant."


class FrameTooLarge(Exception):
    """The other side announces more than is accepted; what follows in the stream cannot be used any more."""


def send(stream: IO[bytes], value: object) -> None:
    """Write one value."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(_LENGTH, "little"))
    stream.write(data)
    stream.flush()


def receive_trusted(stream: IO[bytes]) -> Any:
    """Return the next value from the program that started this process; raises EOFError when it is gone."""
    return pickle.loads(_exactly(stream, _length(stream)))  # noqa: S301  # whoever started us may tell us what to do


def receive(stream: IO[bytes], limit: int) -> Any:
    """Return the next value from a process that reads strangers' files; raises EOFError when it has ended.

    Such a process may be made to send anything, so nothing but values of this package is built from what it sends.
    """
    length = _length(stream)
    if length > limit:
        raise FrameTooLarge(length)
    return _ValuesOnly(io.BytesIO(_exactly(stream, length))).load()


class _ValuesOnly(pickle.Unpickler):
    """Builds dataclasses, enumerations, errors and dates, and calls no function."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return dt.date
        found = super().find_class(module, name) if module.startswith(_PACKAGE) and "." not in name else None
        if isinstance(found, type) and (is_dataclass(found) or issubclass(found, (Enum, AssistantError))):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of this package")


def _length(stream: IO[bytes]) -> int:
    return int.from_bytes(_exactly(stream, _LENGTH), "little")


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
