from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "asmo_support.portal"
    label = "portal"
