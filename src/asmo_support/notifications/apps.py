from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "asmo_support.notifications"
    label = "notifications"
