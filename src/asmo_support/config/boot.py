"""Before a process of ours may touch data: the database answers and Django is set up."""

import os
from pathlib import Path


def boot(*, as_owner: bool = False) -> Path:
    """Make this process ready to work with data; returns ASMO_HOME. The owner is for migrations alone."""
    from asmo_support.config import embedded
    from asmo_support.config.home import home

    place = home()
    embedded.ensure(place)
    os.environ["ASMO_AS_OWNER"] = "1" if as_owner else "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "asmo_support.config.settings"
    import django

    django.setup()
    return place
