from django.urls import path, re_path

from asmo_support.api import description, exchanges
from asmo_support.api.door import api

app_name = "api"
urlpatterns = [
    path("openapi.json", description.openapi, name="openapi"),
    path("docs", description.docs, name="docs"),
    # The address under which exchanges that talk to Zammad look for it, with the slash at the end or without.
    re_path(r"^cti/(?P<token>[\w-]{1,200})/?$", exchanges.events, name="cti"),
    *(route for route in api.urls[0] if getattr(route, "name", "") != "api-root"),
]
