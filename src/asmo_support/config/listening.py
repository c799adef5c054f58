"""Where the service listens: whether it can, asked before anything is started, and who reaches it there."""

import contextlib
import ipaddress
import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from asmo_support.config.environment import Environment
from asmo_support.lib.errors import Broken


@dataclass(frozen=True, slots=True)
class Spot:
    """An address of ours, and where to choose another one."""

    host: str
    port: int
    name: str = ""

    @property
    def advice(self) -> str:
        another = self.port % 65535 + 1
        if not self.name:
            return f"asmo run --port {another}"
        return f"{self.name}={f'[{self.host}]' if ':' in self.host else self.host}:{another}"


def for_letters(said: Environment) -> list[Spot]:
    """Where mail servers hand letters over."""
    named = (("ASMO_LMTP", said.lmtp), ("ASMO_SMTP_IN", said.smtp_in))
    return [Spot(*place, name) for name, place in named if place]


def check(spots: Iterable[Spot]) -> None:
    """Raise Broken with one sentence when one of them cannot be used, also because two of them are the same."""
    with contextlib.ExitStack() as held:
        for spot in spots:
            family, address = _addresses(spot)[0]
            probe = held.enter_context(socket.socket(family))
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, spot.port))
                probe.listen()
            except OSError as error:
                raise Broken(
                    f"Port {spot.port} of {spot.host} cannot be used ({os.strerror(error.errno or 0)}): "
                    f"end the program that has it, or choose another: {spot.advice}"
                ) from error


def warnings(said: Environment) -> list[str]:
    """A line for each place where other machines may hand letters over: nobody is asked for a password there."""
    return [
        f"Warning: {spot.name} listens at {spot.host}, which is not this machine alone: whoever reaches port "
        f"{spot.port} may hand letters over without a password. Let the firewall admit your mail server only."
        for spot in for_letters(said)
        if not all(ipaddress.ip_address(address).is_loopback for _, address in _addresses(spot))
    ]


def _addresses(spot: Spot) -> list[tuple[socket.AddressFamily, str]]:
    """Those of version 4 first."""
    try:
        found = socket.getaddrinfo(spot.host, spot.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        example = f"{spot.name}=127.0.0.1:{spot.port}" if spot.name else "asmo run --host 127.0.0.1"
        raise Broken(
            f"{spot.name or 'The host'} names “{spot.host}”, which is no address and no known name: {example}"
        ) from error
    return sorted({(one[0], str(one[4][0])) for one in found}, key=lambda one: (one[0] != socket.AF_INET, one[1]))
