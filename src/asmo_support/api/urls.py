from django.urls import path

from asmo_support.api import description
from asmo_support.api.door import api

app_name = "api"
urlpatterns = [
    path("openapi.json", description.openapi, name="openapi"),
    path("docs", description.docs, name="docs"),
    *(route for route in api.urls[0] if getattr(route, "name", "") != "api-root"),
]
