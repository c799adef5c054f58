from django.urls import path

from asmo_support.signin import invitations, notices, views

app_name = "signin"
urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("notices/", notices.notices, name="notices"),
    path("links/notices/<str:key>/", notices.unsubscribe, name="unsubscribe"),
    path("accounts/invitation/<str:token>/", invitations.invitation, name="invitation"),
]
