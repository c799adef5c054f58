from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "asmo_support.tickets"
    label = "tickets"
