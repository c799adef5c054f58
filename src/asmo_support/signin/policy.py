"""Who may use the sign-in door. allauth's routes are listed one by one."""

from datetime import date

from asmo_support.lib.roles import ALL_ROLES
from asmo_support.ui.policy import Policy, public, rule

REVIEW = date(2027, 5, 1)
_OPEN = {
    "account_login": "sign-in page",
    "account_signup": "allauth's page that says nobody signs up alone",
    "account_logout": "sign-out page; without a session it only redirects",
    "account_inactive": "what a deactivated person is told",
    "account_reset_password": "asking for a reset letter",
    "account_reset_password_done": "what to do after asking",
    "account_reset_password_from_key": "the link of the reset letter",
    "account_reset_password_from_key_done": "the password is new",
    "account_confirm_email": "the link of an address confirmation",
    "account_email_verification_sent": "what to do after a confirmation letter",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
}
_OWN = [
    "account_email", "account_change_password", "account_set_password", "account_reauthenticate", "mfa_index",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn",
    "mfa_remove_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
]  # fmt: skip

POLICY: Policy = {
    **{(name, method): public(why, review=REVIEW) for name, why in _OPEN.items() for method in ("GET", "POST")},
    **{(name, method): rule(ALL_ROLES) for name in _OWN for method in ("GET", "POST")},
    ("signin:preferences", "POST"): public("language and theme before signing in", review=REVIEW),
}
