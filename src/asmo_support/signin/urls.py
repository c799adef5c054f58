from django.urls import path

from asmo_support.signin import invitations, views

app_name = "signin"
urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("accounts/invitation/<str:token>/", invitations.invitation, name="invitation"),
]
