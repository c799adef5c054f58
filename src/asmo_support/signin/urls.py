from django.urls import path

from asmo_support.signin import views

app_name = "signin"
urlpatterns = [path("", views.preferences, name="preferences")]
