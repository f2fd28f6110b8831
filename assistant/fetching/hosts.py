"""Which addresses may be asked: https, a host on the list, and a machine that is out on the public network."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote, urljoin, urlsplit

from assistant.errors import FetchError

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Place: TypeAlias = tuple[str, int]  # address of a machine, and port
Resolver: TypeAlias = Callable[[str, int], Sequence[Place]]

_PORT = 443
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_KEPT = "/%:@!$&'()*+,;=~-._?"  # characters of a path or query that are sent as they are
# Ranges in which an IPv4 address stands at the end of an IPv6 address; the translator would take us there.
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class Target:
    """A web address taken apart once, so that what was checked is what is asked."""

    host: str
    path: str  # with the query

    @property
    def url(self) -> str:
        """The address as one text."""
        return f"https://{self.host}{self.path}"


def target(url: str, hosts: Collection[str]) -> Target:
    """Return an address that may be asked, over https where http was recorded; raises FetchError for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{url} is no web address ({error})") from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"{url} is no web address: only https is asked")
    if not _HOST.fullmatch(host) or _is_number(host):
        raise FetchError(f"{url} does not name a host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{url} holds a user name; such addresses are not asked")
    if port not in (None, 80 if parts.scheme == "http" else _PORT):
        raise FetchError(f"{url} names port {port}; only the ordinary one of https is asked")
    if not allowed(host, hosts):
        raise FetchError(f"{host} is not among the allowed hosts; add it to hosts under [fetch] in settings.toml")
    query = f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    return Target(host, (quote(parts.path, safe=_KEPT) or "/") + query)


def redirected(before: Target, location: str, hosts: Collection[str]) -> Target:
    """Return where a redirect leads; raises FetchError where it may not be followed."""
    url = urljoin(before.url, location.strip())
    if urlsplit(url).scheme == "http":
        raise FetchError(f"it redirects to {_short(url)}, which is not https")
    try:
        return target(url, hosts)
    except FetchError as error:
        raise FetchError(f"it redirects elsewhere: {_short(str(error))}") from None


def allowed(host: str, hosts: Collection[str]) -> bool:
    """Return whether a host is on the list, by itself or as part of a domain that is: www.moe.gov.cn by gov.cn."""
    return any(host == entry or host.endswith(f".{entry}") for entry in hosts)


def resolve(host: str, port: int) -> list[Place]:
    """Return the machines that a host name stands for, in the order in which they should be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(address[0]), port) for *_, address in found))


def places(host: str, resolver: Resolver, public: Callable[[IPAddress], bool]) -> list[Place]:
    """Return the machines of a host; raises FetchError where one of them is not out on the public network."""
    try:
        found = resolver(host, _PORT)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host} cannot be found ({error}). Is this computer connected to the internet?") from None
    if not found:
        raise FetchError(f"{host} has no address")
    for address, _ in found:
        if not public(ipaddress.ip_address(address)):
            raise FetchError(f"{host} stands for {address}, which is not on the public network; nothing was asked")
    return list(found)


def is_public(address: IPAddress) -> bool:
    """Return whether an address is out on the public network, also where it is packed into another."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _is_number(host: str) -> bool:
    """127.0.0.1, but also 127.1 and 0x7f.1, which some resolvers take for it."""
    return re.fullmatch(r"(0x[0-9a-f]+|\d+)", host.rpartition(".")[2]) is not None


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}…"
