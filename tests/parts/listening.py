"""The listener of the product on the database of a test: `… tests.parts.listening DATABASE FILES LMTP_PORT SMTP_PORT`."""

import os
import sys
from pathlib import Path


def run(database: str, files: str, lmtp: str, smtp: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "asmo_support.config.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.FILES_ROOT = Path(files)
    import django

    django.setup()
    from asmo_support.channels.email.listener import Place, serve

    serve([Place("127.0.0.1", int(lmtp)), Place("127.0.0.1", int(smtp), lmtp=False)])


if __name__ == "__main__":
    run(*sys.argv[1:])
