"""What a list of letters is asked for. It lives in the address."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from asmo_support.channels.models.delivery import NOT_ARRIVED
from asmo_support.channels.queries import mailboxes
from asmo_support.insight.letters import Asked, Place
from asmo_support.lib.text import clean

LARGEST = 2**63 - 1
IN = {
    "all": (), "held": ("held",), "quarantined": ("quarantined",), "waiting": ("held", "quarantined"),
    "done": ("done", "stored"), "ignored": ("ignored",),
}  # fmt: skip
OUT = {"all": (), "failed": NOT_ARRIVED, "queued": ("queued",), "kept": ("kept",), "sent": ("sent",)}
# What people work through begins with what has waited longest.
OLDEST_FIRST = frozenset({"held", "quarantined", "waiting"})


class LetterSearch(forms.Form):
    """Every field may be empty; what makes no sense is as good as empty, and is marked."""

    words = forms.CharField(label=_("Address, subject, ticket or Message-ID"), max_length=300, required=False)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    box = forms.ChoiceField(label=_("Mailbox"), required=False)
    reason = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    answer = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    below = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)
    above = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)

    def __init__(self, asked: QueryDict, states: Mapping[str, tuple[str, ...]], state: str) -> None:
        # The key of a page was called `before` once; such addresses lie in bookmarks.
        super().__init__({**asked.dict(), "below": asked.get("below") or asked.get("before", "")})
        named = asked.get("state", "")
        self.state, self.states = (named if named in states else state), states
        boxes = [(str(one.pk), one.address) for one in mailboxes()] if states is IN else []
        self.fields["box"].choices = [("", _("any")), *boxes]  # type: ignore[attr-defined]
        self.is_valid()

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            states=self.states[self.state], words=clean(said.get("words") or ""), since=said.get("since"),
            until=said.get("until"), mailbox=int(said["box"]) if said.get("box") else None,
            reason=said.get("reason") or "", answer=said.get("answer") or "",
            unsettled=self.states is OUT and self.state == "failed", oldest=self.state in OLDEST_FIRST,
        )  # fmt: skip

    def place(self) -> Place:
        return Place(below=self.cleaned_data.get("below"), above=self.cleaned_data.get("above"))

    @property
    def searched(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("words", "since", "until", "box", "reason", "answer"))

    def here(self, **changes: Any) -> str:
        """The address with its conditions, open for one more parameter."""
        query = QueryDict(mutable=True)
        names = ("words", "since", "until", "box", "reason", "answer")
        said = {"state": self.state} | {name: self.data.get(name, "") for name in names} | changes
        for name, value in said.items():
            if value:
                query[name] = value
        return f"?{query.urlencode()}&"
