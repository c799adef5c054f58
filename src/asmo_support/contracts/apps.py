from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "asmo_support.contracts"
    label = "contracts"
