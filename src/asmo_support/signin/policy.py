"""Who may use the sign-in door. allauth's routes are listed one by one."""

from datetime import date

from asmo_support.lib.roles import ALL_ROLES
from asmo_support.ui.policy import Policy, public, rule

REVIEW = date(2027, 5, 1)
_OPEN = {
    "account_login": "sign-in page",
    "account_signup": "allauth's page that says nobody signs up alone",
    "account_logout": "sign-out page; without a session it only redirects",
    "account_reset_password": "asking for a reset letter",
    "account_reset_password_from_key": "the link of the reset letter",
    "account_confirm_login_code": "a page of allauth that only redirects: codes by letter are switched off",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
}
_OPEN_TO_READ = {
    "account_inactive": "what a deactivated person is told",
    "account_reset_password_done": "what to do after asking",
    "account_reset_password_from_key_done": "the password is new",
}
_OWN = [
    "account_change_password", "account_set_password", "account_reauthenticate", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_generate_recovery_codes",
]  # fmt: skip
_OWN_TO_READ = ["mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes"]
# Letters from an address act as its person: it is changed by the desk alone, never by the person (AU-08).
_CLOSED = ["account_email", "account_confirm_email", "account_email_verification_sent"]

POLICY: Policy = {
    **{(name, method): public(why, review=REVIEW) for name, why in _OPEN.items() for method in ("GET", "POST")},
    **{(name, "GET"): public(why, review=REVIEW) for name, why in _OPEN_TO_READ.items()},
    **{(name, method): rule(ALL_ROLES) for name in _OWN for method in ("GET", "POST")},
    **{(name, "GET"): rule(ALL_ROLES) for name in _OWN_TO_READ},
    **{(name, method): rule(frozenset()) for name in _CLOSED for method in ("GET", "POST")},
    **{("signin:invitation", method): public("the link of an invitation", review=REVIEW) for method in ("GET", "POST")},
    **{("signin:notices", method): rule(ALL_ROLES) for method in ("GET", "POST")},
    **{("signin:unsubscribe", method): public("the link that ends a kind of letters", review=REVIEW)
       for method in ("GET", "POST")},
    ("signin:preferences", "POST"): public("language and theme before signing in", review=REVIEW),
}  # fmt: skip
