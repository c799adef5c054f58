from django.apps import AppConfig


class WallConfig(AppConfig):
    name = "asmo_support.wall"
    label = "wall"
