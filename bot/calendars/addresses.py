"""Which addresses may be asked for a calendar: the public Internet, and nothing behind our wall."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from yarl import URL

_REFUSED: Final = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3"),
        *("64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16"),
    )
)
"""What `is_global` lets through in some version of Python, or leads elsewhere (RFC 6890): tunnels
and translated addresses carry a private one inside."""
_GLOBAL_6: Final = ipaddress.ip_network("2000::/3")
_LONGEST: Final = 2000
_ODD: Final = re.compile(r"[\s\x00-\x20\x7f\\]")


class RefusedAddressError(Exception):
    """Not asked: the address is not one of the public Internet."""


def is_public(host: str) -> bool:
    """Whether it is a global unicast address (IPv4 or IPv6, as digits)."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_6:
        return False
    inside = any(address.version == net.version and address in net for net in _REFUSED)
    return address.is_global and not address.is_multicast and not inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What may be asked. Tests allow an address and a port of their own."""

    http: bool = False
    """Whether without encryption, too."""
    ports: frozenset[int] = frozenset({80, 443})
    is_allowed: Callable[[str], bool] = is_public

    def url(self, text: str) -> URL:
        """The address to ask. Raises RefusedAddressError."""
        if len(text) > _LONGEST or _ODD.search(text.strip()):
            raise RefusedAddressError("no address")
        try:
            url = URL(text.strip())
            if url.scheme == "webcal":
                url = url.with_scheme("https")
            port = url.port
        except ValueError:
            raise RefusedAddressError("no address") from None
        if url.scheme not in (("https", "http") if self.http else ("https",)) or not url.host:
            raise RefusedAddressError("no web address")
        if url.user is not None or url.password is not None or port not in self.ports:
            raise RefusedAddressError("names a user or an unusual port")
        return url.with_fragment(None)

    def check(self, host: str) -> None:
        """Refuse one IP address. Raises RefusedAddressError."""
        if not self.is_allowed(host):
            raise RefusedAddressError("not on the public Internet")
