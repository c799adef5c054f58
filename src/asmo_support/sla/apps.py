from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "asmo_support.sla"
    label = "sla"
