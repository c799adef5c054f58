from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "asmo_support.api"
    label = "api"
