from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "infield.web"

    def ready(self) -> None:
        from django.urls import register_converter

        from infield.web.ids import IdConverter

        register_converter(IdConverter, "id")
