"""What can be wrong with a mail server: codes in the database, sentences that say what to do here."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "name": _("The name of the server is not known: check how it is written, and the name service of this machine."),
    "refused": _("Nothing answers at this port: check the port and the protection, and whether the server runs."),
    "unreachable": _("There is no way to the server: check the network and the firewall between it and this machine."),
    "timeout": _("The server does not answer in time: check the port, the protection and the firewall."),
    "closed": _("The server ended the connection: check the port and the protection; it may also be restarting."),
    "certificate": _(
        "The certificate of the server is not good for this name: name the server as in its certificate, or give it one"
        " that this machine trusts."
    ),
    "tls": _("No protected connection comes about: the chosen protection does not fit this port, try the other one."),
    "sign-in": _(
        "The server does not take the name or the password: enter them again. Many services want a password made for"
        " programs, and the access by IMAP switched on."
    ),
    "token-refused": _(
        "The server does not take the access token: check the name to sign in with and the scope, and that the access"
        " by IMAP and SMTP is switched on for this mailbox."
    ),
    "token-expired": _(
        "The right to the mailbox has run out or was taken back: allow it again at the mail service and enter the new"
        " refresh token."
    ),
    "token-missing": _("There is no refresh token: enter the one that the mail service has given."),
    "token-client": _("The mail service does not know this program: check the client id and the client secret."),
    "token-server": _("No access token is given: check the token address and the scope."),
    "folder": _("There is no such folder: check its name as the mail server writes it."),
    "marks": _("Letters of this folder cannot be marked: give this name the right to change it."),
    "secrets": _("A password cannot be read with the secrets of this installation: enter it again."),
    "disk": _("Letters cannot be stored on our side: make room on the disk and check the folder of files."),
    "other": _("The server refuses, in words of its own."),
}


def words_for(code: str) -> str:
    """The sentence for a code; one for all others."""
    return str(WORDS.get(code) or WORDS["other"])
