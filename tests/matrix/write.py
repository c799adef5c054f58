"""`python -m tests.matrix.write` puts the access matrix of the code into `docs/access-matrix.csv`."""

import os

import tests.plugin  # noqa: F401 - a home of its own, before the settings are read


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asmo_support.config.settings")
    import django

    django.setup()
    from tests.matrix.table import FILE, table

    FILE.write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
