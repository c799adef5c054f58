from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "asmo_support.signin"
    label = "signin"
