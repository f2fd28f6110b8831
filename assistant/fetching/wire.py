"""One request to one machine that was checked before, over a connection that ends in time whatever the server does."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore2

from assistant.errors import FetchError
from assistant.fetching.hosts import Place, Target

_CONNECT = 10.0  # seconds to reach a machine
_SILENCE = 20.0  # seconds without a byte


class Broken(FetchError):
    """The connection broke; asking again may help."""


@contextmanager
def response(
    target: Target, places: Sequence[Place], headers: Mapping[str, str], deadline: float, context: ssl.SSLContext | None
) -> Iterator[httpcore2.Response]:
    """Yield the server's answer, its body still to be read; raises FetchError in the words of a user.

    The certificate must be that of the host in the address; `deadline` is a moment of `time.monotonic`.
    """
    url = httpcore2.URL(scheme=b"https", host=target.host.encode(), port=443, target=target.path.encode("ascii"))
    sent: list[tuple[bytes | str, bytes | str]] = [("Host", target.host), *headers.items(), ("Connection", "close")]
    waits = {"connect": _CONNECT, "read": _SILENCE, "write": _SILENCE, "pool": _CONNECT}
    with httpcore2.ConnectionPool(ssl_context=context, network_backend=_Pinned(places, deadline)) as pool:
        try:
            with pool.stream("GET", url, headers=sent, extensions={"timeout": waits}) as found:
                yield found
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
            raise _unreachable(target, error) from error
        except httpcore2.TimeoutException as error:
            late = "took too long" if time.monotonic() >= deadline else f"sent nothing for {_SILENCE:.0f} seconds"
            raise Broken(f"{target.host} {late}") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise Broken(f"{target.host} broke off or sent no proper answer ({error})") from error


def _unreachable(target: Target, error: Exception) -> FetchError:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        reason = str(error).partition("certificate verify failed: ")[2].partition(" (_ssl")[0]
        return FetchError(f"{target.host} could not prove that it is {target.host} ({reason or error})")
    return Broken(f"{target.host} cannot be reached over https ({error})")


class _Pinned(httpcore2.NetworkBackend):
    """Connects to the given machines only: a second look at the name could give others than were checked."""

    def __init__(self, places: Sequence[Place], deadline: float) -> None:
        self._places, self._deadline = places, deadline
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,  # noqa: ARG002  # each machine comes with its own
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        for number, (address, at) in enumerate(self._places, start=1):
            try:
                left = _left(self._deadline, timeout)
                stream = self._inner.connect_tcp(address, at, left, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(self._places):
                    raise
            else:
                return _Timed(stream, self._deadline)
        raise httpcore2.ConnectError(f"{host} has no address")


class _Timed(httpcore2.NetworkStream):
    """A connection on which no wait outlasts the deadline, though each byte may come in time."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _Timed(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time is up")
    return min(left, timeout) if timeout is not None else left
