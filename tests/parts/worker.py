"""The worker of the product on the database of a test: `python -m tests.parts.worker DATABASE FILES`."""

import os
import sys
from pathlib import Path


def run(database: str, files: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "asmo_support.config.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.FILES_ROOT = Path(files)
    import django

    django.setup()
    from asmo_support.config.worker import main

    main()


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2])
