from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "asmo_support.config"
    label = "config"

    def ready(self) -> None:
        # The start-up check of the access policy is registered by its module.
        import_module("asmo_support.config.policy")
