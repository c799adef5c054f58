"""What people want to be told, and what waits to be told: facts and constraints."""

from asmo_support.notifications.models.notice import Notice
from asmo_support.notifications.models.preference import Choice, Mode, Preference
from asmo_support.notifications.models.wording import Wording

__all__ = ["Choice", "Mode", "Notice", "Preference", "Wording"]
