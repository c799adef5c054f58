"""Loaded before Django's settings: tests have a home and a database server of their own."""

import os

from asmo_support.config import home, messages

os.environ["ASMO_HOME"] = str(home.home() / "test")
for name in ("ASMO_SITE_URL", "ASMO_DEMO", "ASMO_AS_OWNER", "ASMO_HOSTS", "ASMO_SECOND_FACTOR"):
    os.environ.pop(name, None)
os.environ["ASMO_SECOND_FACTOR"] = "optional"

# A clean clone has no compiled catalogues yet, and Django reads them once.
messages.compile_all()
