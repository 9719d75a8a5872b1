from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "infield.finding"
