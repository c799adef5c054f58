from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "asmo_support.catalog"
    label = "catalog"
