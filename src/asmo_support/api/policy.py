"""Who may use the API's operations."""

from asmo_support.ui.policy import Policy

POLICY: Policy = {}
