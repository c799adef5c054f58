"""How a person likes the pages."""

from asmo_support.people.models import User


def prefer(user: User, *, language: str | None = None, theme: str | None = None) -> None:
    """Remember language and theme; what makes no sense is ignored."""
    if language in {"ru", "en"}:
        user.language = language
    if theme in {"", "light", "dark"}:
        user.theme = theme
    user.save(update_fields=["language", "theme"])
