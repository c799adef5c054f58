"""Before a process of ours may touch data: the database answers and Django is set up."""

import os
from pathlib import Path


def boot(*, as_owner: bool = False) -> Path:
    """Make this process ready to work with data; returns ASMO_HOME. The owner is for migrations alone."""
    from asmo_support.config import embedded, environment
    from asmo_support.config.home import home
    from asmo_support.config.running import running_address

    environment.read()  # says what is wrong before anything is started
    place = home()
    if not os.environ.get("ASMO_SITE_URL") and (address := running_address(place)):
        os.environ["ASMO_SITE_URL"] = address
    embedded.ensure(place)
    os.environ["ASMO_AS_OWNER"] = "1" if as_owner else "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "asmo_support.config.settings"
    import django

    django.setup()
    return place
