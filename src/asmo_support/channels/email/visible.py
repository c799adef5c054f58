"""What the person newly wrote."""

from asmo_support.channels.email import markup


def of_marked(text: str) -> str:
    return markup.unmarked(text)


def of_text(text: str) -> str:
    return text


def of_html(html: str) -> str:
    return of_marked(markup.to_marked(html))
