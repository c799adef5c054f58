from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "asmo_support.config"
    label = "config"
