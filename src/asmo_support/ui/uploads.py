"""Files of a form: kept under their hash before anything names them, and not lost when the form comes back.

A file that was kept travels in the returned form as a signed token, so that nobody has to choose it twice.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from asmo_support.lib.files import Kept, keep

if TYPE_CHECKING:
    from asmo_support.people.models import User

SALT = "kept"
DAY = 86_400
LONGEST = 100_000
MOST_FILES = 50


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each under the limit."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        chosen = data if isinstance(data, list | tuple) else [data]
        if len(chosen) > MOST_FILES:
            words = _("At most %(most)s files at once. Pack them into an archive or send them in several messages.")
            raise forms.ValidationError(words % {"most": MOST_FILES})
        files = [super(FilesField, self).clean(one, initial) for one in chosen if one]
        for file in files:
            if file.size and file.size > settings.ATTACHMENT_LIMIT:
                words = _("“%(name)s” is larger than %(limit)s MB. Send it in parts or as a link.")
                raise forms.ValidationError(words % {"name": file.name, "limit": settings.ATTACHMENT_LIMIT >> 20})
        return files


def keep_files(files: "Sequence[UploadedFile[Any]]", tokens: Sequence[str], user: "User") -> list[Kept]:
    """Everything a form brings: what was kept before, then what came now."""
    before = [kept for kept in (_read(token, user) for token in tokens) if kept]
    return before + [_keep(file) for file in files]


def tokens_of(files: Sequence[Kept], user: "User") -> list[tuple[str, Kept]]:
    """What a returned form carries for each kept file."""
    return [(signing.dumps([user.pk, one.name, one.kind, one.size, one.sha256], salt=SALT), one) for one in files]


def _keep(file: "UploadedFile[Any]") -> Kept:
    kind = (file.content_type or "")[:120]
    return keep(file.chunks(), settings.FILES_ROOT, name=file.name or "", kind=kind, limit=settings.ATTACHMENT_LIMIT)


def _read(token: str, user: "User") -> Kept | None:
    try:
        owner, name, kind, size, digest = signing.loads(token, salt=SALT, max_age=DAY)
    except (signing.BadSignature, ValueError):
        return None
    return Kept(name, kind, size, digest) if owner == user.pk else None


class SaidForm(forms.Form):
    """A text with files. Whether the text may be empty is for the action to say."""

    text = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3}), strip=True)
    files = FilesField(required=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, user: "User", **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self._kept: list[Kept] | None = None

    @property
    def kept(self) -> list[Kept]:
        """The files that are on disk already; asking keeps those that came with the form."""
        if self._kept is None:
            tokens = self.data.getlist("kept") if hasattr(self.data, "getlist") else []
            self._kept = keep_files(self.cleaned_data.get("files") or [], tokens, self.user) if self.is_bound else []
        return self._kept

    @property
    def carried(self) -> list[tuple[str, Kept]]:
        """Tokens of kept files, for the form that comes back."""
        return tokens_of(self.kept, self.user)
