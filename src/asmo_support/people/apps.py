from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "asmo_support.people"
    label = "people"
