from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "asmo_support.channels"
    label = "channels"
