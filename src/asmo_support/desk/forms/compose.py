"""What one says in a ticket: a text with files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asmo_support.desk.uploads import FilesField, keep_files, tokens_of
from asmo_support.lib.files import Kept
from asmo_support.people.models import User
from asmo_support.tickets.actions.conversation import Words

LONGEST = 100_000


class ComposeForm(forms.Form):
    """One form for every mode of the composer. Whether the text may be empty is for the action to say."""

    text = forms.CharField(
        label=_("Text"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )
    files = FilesField(label=_("Files"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
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

    def words(self) -> Words:
        return Words(text=self.cleaned_data["text"], files=self.kept)


class ReasonForm(forms.Form):
    """A deed that needs a reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
