"""Django's settings: as much as translations and templates need; the web app adds its own."""

from pathlib import Path

SOURCE = Path(__file__).parent

USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ja", "日本語"), ("fi", "Suomi"), ("th", "ไทย")]
LOCALE_PATHS = [SOURCE / "locale"]
INSTALLED_APPS = ["infield.desk"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
SECRET_KEY = "no-web-yet"  # noqa: S105  replaced when the web app arrives; nothing is signed before
