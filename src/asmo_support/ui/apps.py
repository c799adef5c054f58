from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "asmo_support.ui"
    label = "ui"
