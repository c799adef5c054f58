"""The errors of the house.

AsmoError                 anything we raise on purpose
├── Refused               a rule says no; carries words for a person (pages show them, the API answers 422)
│   └── Conflict          the same, because somebody else was faster (409)
├── Broken                the installation cannot work; one sentence for the administrator, exit code 1
└── Unreadable            bytes from outside that cannot be understood; kept and shown, never fatal
"""


class AsmoError(Exception):
    """Anything we raise on purpose."""


class Refused(AsmoError):
    """A rule says no. The text is for a person; `field` names the field of the form it belongs to."""

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.field = field


class Conflict(Refused):
    """Somebody else was faster."""


class Broken(AsmoError):
    """The installation cannot work. One sentence that says what to do."""


class Unreadable(AsmoError):
    """Bytes from outside that cannot be understood."""
