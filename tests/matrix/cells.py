"""Every cell of the matrix with what must happen in it: routes of the resolver × methods × people × ownership."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from asmo_support.config.policy import POLICY
from tests.matrix.ownership import DESKS, NONE, OWN, concerns, sees
from tests.matrix.people import ANONYMOUS, CONTACT, DEAD_LEAD, LEAD, NOBODY, PEOPLE, Person
from tests.matrix.things import EXCEPTIONS, LIBRARY, THINGS

ALLOW, LOGIN, MISSING, DENIED, NOT_OFFERED = "allow", "login", "missing", "denied", "405"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# People of the desk are kept by the administrator alone, whatever the route says of customers' people.
KEEPERS_OF_COLLEAGUES = frozenset({"admin"})
# Things of the desk itself: whoever may never touch them is told so before anybody looks whether they are there.
NO_CUSTOMERS = frozenset({"arrival"})
# Who tries the methods that a route does not offer.
PROBES = (CONTACT, LEAD, ANONYMOUS, DEAD_LEAD)


class Undeclared(AssertionError):
    """A route, a thing or an argument the matrix knows nothing of: an error, never a skipped cell."""


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    arguments: tuple[str, ...]

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api")

    @property
    def declared(self) -> tuple[str, ...]:
        return tuple(sorted(method for name, method in POLICY if name == self.name))

    @property
    def offered(self) -> tuple[str, ...]:
        return (*self.declared, "HEAD") if "GET" in self.declared else self.declared

    @property
    def public(self) -> bool:
        return any(rule.public for (name, _method), rule in POLICY.items() if name == self.name)


@dataclass(frozen=True, slots=True)
class Cell:
    route: Route
    method: str
    person: Person
    owner: str
    expected: str

    def __str__(self) -> str:
        of = f" of {self.owner}" if self.owner else ""
        return f"{self.method} {self.route.name} by {self.person}{of}: {self.expected}"


def routes() -> list[Route]:
    """Every route of the resolver; several patterns of one name are one route with the longest arguments."""
    found: dict[str, Route] = {}
    for name, arguments in _walk(get_resolver().url_patterns, ()):
        if name not in found or len(arguments) > len(found[name].arguments):
            found[name] = Route(name, arguments)
    return sorted(found.values(), key=lambda route: route.name)


def cells(route: Route, method: str) -> list[Cell]:
    """All cells of a declared method. Raises Undeclared when something about the route is unknown."""
    rule = POLICY.get((route.name, method))
    if rule is None:
        raise Undeclared(f"{method} {route.name} has no line in the policy")
    owners = _owners(route, rule.thing)
    return [
        Cell(route, method, person, owner, EXCEPTIONS.get((route.name, method), expected)(rule, person, owner))
        for person in PEOPLE
        for owner in owners
        if concerns(person, owner)
    ]


def not_offered(route: Route) -> list[Cell]:
    """What happens to methods that are not declared: the door is shown, or the method is refused."""
    owner = OWN if thing_of(route) else NONE
    return [
        Cell(route, method, person, owner, LOGIN if person in NOBODY and not route.public else NOT_OFFERED)
        for method in METHODS
        if method not in route.offered
        for person in PROBES
    ]


def expected(rule: Any, person: Person, owner: str) -> str:
    """What the policy and the oracle of ownership promise."""
    if rule.public:
        return ALLOW
    if person in NOBODY:
        return LOGIN
    if person.role not in rule.enter:
        return MISSING
    if not sees(person, owner):
        return DENIED if rule.thing in NO_CUSTOMERS and person.role not in rule.act else MISSING
    act = rule.act & KEEPERS_OF_COLLEAGUES if owner == DESKS else rule.act
    return ALLOW if person.role in act else DENIED


def thing_of(route: Route) -> str:
    return next((rule.thing for (name, _method), rule in POLICY.items() if name == route.name), "")


def _owners(route: Route, thing: str) -> tuple[str, ...]:
    if not thing:
        if set(route.arguments) and route.name not in LIBRARY:
            raise Undeclared(f"{route.name} takes {route.arguments}, but its policy names no thing")
        return (NONE,)
    if thing not in THINGS:
        raise Undeclared(f"{route.name} loads “{thing}”, of which tests/matrix/things.py knows nothing")
    known = THINGS[thing]
    unknown = set(route.arguments) - set(known.arguments)
    if unknown:
        raise Undeclared(f"{route.name} takes {sorted(unknown)}, of which “{thing}” knows nothing")
    return known.owners


def _walk(
    patterns: Any, spaces: tuple[str, ...], before: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        here = (*before, *pattern.pattern.converters, *_groups(pattern))
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, inner, here)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or ""]), tuple(dict.fromkeys(here))


def _groups(pattern: Any) -> tuple[str, ...]:
    return tuple(pattern.pattern.regex.groupindex)
