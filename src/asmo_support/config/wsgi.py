"""Django as a WSGI application; the router in `web.py` calls it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asmo_support.config.settings")
application = get_wsgi_application()
