"""The doors and where they stand."""

from django.urls import include, path

handler400 = "asmo_support.config.errors.bad_request"
handler403 = "asmo_support.config.errors.forbidden"
handler404 = "asmo_support.config.errors.not_found"
handler500 = "asmo_support.config.errors.failed"

urlpatterns = [
    path("", include("asmo_support.signin.urls")),
    path("accounts/", include("allauth.urls")),
    path("desk/", include("asmo_support.desk.urls")),
    path("api/v1/", include("asmo_support.api.urls")),
    path("", include("asmo_support.portal.urls")),
]
