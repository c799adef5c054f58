from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "asmo_support.journal"
    label = "journal"
