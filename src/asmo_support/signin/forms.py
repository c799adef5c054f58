"""What is asked for at the sign-in door beside the library's own forms."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from asmo_support.notifications.choosing import ZONES, Wishes
from asmo_support.notifications.kinds import offered_to
from asmo_support.notifications.models import Mode
from asmo_support.notifications.moments import Rhythm
from asmo_support.people.models import User

_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class FirstPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self.fields["password"].help_text = " ".join(map(str, password_validators_help_texts()))

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("password") and said.get("again") and said["password"] != said["again"]:
            self.add_error("again", _("The two passwords differ."))
        return said


class NoticesForm(forms.Form):
    """How each kind comes, and when. The kinds are those of this person."""

    zone = forms.ChoiceField(label=_("Your time zone"), choices=list(ZONES.items()))
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=_CLOCK)
    quiet_to = forms.TimeField(label=_("Quiet until"), required=False, widget=_CLOCK)
    working_days = forms.BooleanField(
        label=_("On working days only"), required=False,
        help_text=_("Days off are those of the Russian production calendar."),
    )  # fmt: skip
    daily_at = forms.TimeField(
        label=_("When the letter of the day comes"), widget=_CLOCK,
        help_text=_("For what you have set to “once a day”."),
    )  # fmt: skip

    def __init__(self, said: Any, *, person: User, wishes: Wishes, zone: str) -> None:
        rhythm = wishes.rhythm
        initial = {name: getattr(rhythm, name) for name in self.base_fields} | {
            f"kind-{code}": mode for code, mode in wishes.modes.items()
        }
        if rhythm == Rhythm() and zone in ZONES:
            # Nothing is chosen yet: the zone is that of the machine the person sits at.
            initial["zone"] = zone
        super().__init__(said, initial=initial)
        self.kinds = offered_to(person)
        for kind in self.kinds:
            self.fields[f"kind-{kind.code}"] = forms.ChoiceField(
                label=kind.label, choices=Mode.choices, help_text=kind.hint
            )

    def choices(self) -> list[forms.BoundField]:
        """The lines of the kinds, in their order."""
        return [self[f"kind-{kind.code}"] for kind in self.kinds]

    def wishes(self) -> Wishes:
        said = self.cleaned_data
        modes = {kind.code: said[f"kind-{kind.code}"] for kind in self.kinds}
        return Wishes(modes, Rhythm(**{name: said[name] for name in self.base_fields}))
