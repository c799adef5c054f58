from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "asmo_support.desk"
    label = "desk"
