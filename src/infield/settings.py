"""Django's settings, from INFIELD_… variables. Importing them touches neither a folder nor a database."""

import os
from pathlib import Path
from typing import Any

from infield.web import databases, mail, place

SOURCE = Path(__file__).parent
HOME = place.home()

# The rooms with tables, templates or tasks, in the order in which they may know each other.
ROOMS = (
    "web",
    "history",
    "accounts",
    "finding",
    "fields",
    "process",
    "people",
    "deals",
    "playbook",
    "activities",
    "imports",
    "funnel",
    "mining",
    "desk",
)

DEBUG = os.environ.get("INFIELD_DEBUG", "") == "1"
SECRET_KEY = place.secret_key()
ALLOWED_HOSTS = os.environ.get("INFIELD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# behind a proxy that speaks https for us: the address people type, as in https://sales.example
ORIGIN = os.environ.get("INFIELD_ORIGIN", "")
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []

INSTALLED_APPS = [
    *(f"infield.{room}" for room in ROOMS if (SOURCE / room / "apps.py").exists()),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_ox",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "infield.web.middleware.Unavailable",
    "infield.web.middleware.Unstorable",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # a page's length must not tell what is in it: this adds up to 100 random bytes, and form tokens are masked anew
    # in each answer (docs/decisions/0004)
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "infield.web.middleware.Undisguised",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "infield.accounts.middleware.InTheirTerms",
    "infield.accounts.middleware.SecondFactorFirst",
]

ROOT_URLCONF = "infield.urls"
CSRF_FAILURE_VIEW = "infield.web.errors.csrf_failure"
WSGI_APPLICATION = "infield.wsgi.application"
DATABASES = {"default": databases.database(os.environ.get("INFIELD_DATABASE_URL", ""), HOME)}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "infield.web.templatetags.formats",
                "infield.web.templatetags.frame",
                "infield.playbook.templatetags.terms",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Signing in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "infield.accounts.actions.ClosedToStrangers"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "login": "infield.accounts.forms.SignInForm",
    "reauthenticate": "infield.accounts.forms.AgainForm",
}
# Guesses are counted in the database, for all server processes together
TRIES = int(os.environ.get("INFIELD_SIGN_IN_TRIES", "") or 5)
PAUSE_SECONDS = int(os.environ.get("INFIELD_SIGN_IN_PAUSE", "") or 300)
ACCOUNT_RATE_LIMITS = {
    "login": f"{6 * TRIES}/m/ip",
    "login_failed": f"{4 * TRIES}/m/ip,{TRIES}/{PAUSE_SECONDS}s/key",
    "reset_password": "20/m/ip,3/15m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "infield_counters",
        # a guesser who makes up addresses must not push out what is known of the others
        "OPTIONS": {"MAX_ENTRIES": 200_000, "CULL_FREQUENCY": 20},
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("INFIELD_PROXIES", "") or (1 if ORIGIN else 0))
MFA_ADAPTER = "infield.accounts.security.actions.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# browsers give passkeys on this machine also without https
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ORIGIN.startswith("https://")
MFA_FORMS = {
    "authenticate": "infield.accounts.security.forms.CodeForm",
    "reauthenticate": "infield.accounts.security.forms.CodeAgainForm",
    "activate_totp": "infield.accounts.security.forms.FirstCodeForm",
    "add_webauthn": "infield.accounts.security.forms.PasskeyForm",
    "generate_recovery_codes": "infield.accounts.security.forms.NewCodesForm",
}
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True

# Single sign-on, where a provider of OpenID Connect is named
OIDC_NAME = os.environ.get("INFIELD_OIDC_NAME", "") or "OpenID Connect"
OIDC_URL = os.environ.get("INFIELD_OIDC_URL", "")
OIDC_DOMAINS = [name for name in os.environ.get("INFIELD_OIDC_DOMAINS", "").lower().split(",") if name]
SOCIALACCOUNT_ADAPTER = "infield.accounts.single_sign_on.actions.SingleSignOn"
# a form that ends at another server is forbidden by our content policy; a link may lead there
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "company",
                "name": OIDC_NAME,
                "client_id": os.environ.get("INFIELD_OIDC_CLIENT", ""),
                "secret": os.environ.get("INFIELD_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}

# Mail: invitations, new passwords, reminders
MAIL_URL = os.environ.get("INFIELD_MAIL_URL", "")
MAIL_IS_SET_UP = bool(MAIL_URL)
MAILERS = {"default": mail.mailer(MAIL_URL)}
DEFAULT_FROM_EMAIL = os.environ.get("INFIELD_MAIL_FROM", "") or "infield@localhost"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a browser may do with our pages
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
_HTTPS = ORIGIN.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None

# Languages and zones. A user has their own of both; who is not signed in, the one they chose, else their browser's
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGES = [("en", "English"), ("ja", "日本語"), ("fi", "Suomi"), ("th", "ไทย")]
# rooms that are no app of Django's speak as well
LOCALE_PATHS = sorted(SOURCE.glob("*/locale"))

# Static files: named by their content, compressed, served by the app itself
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "infield.web.static_files.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Work that a request does not wait for. A worker that was killed is noticed after 10 s, not 5 minutes.
TASKS: dict[str, Any] = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        "OPTIONS": {
            "LOCK_TIMEOUT": 10,
            "MAX_ATTEMPTS": 5,
            "SCHEDULES": {
                "remind": {"task": "infield.activities.tasks.remind", "every": 60},
                "tell_authors": {"task": "infield.playbook.tasks.tell_authors", "every": 60},
                "follow_sales": {"task": "infield.activities.tasks.follow_sales", "every": 600},
            },
        },
    }
}

# queued each time when the parts of the log were brought up to date
LOG_FOLLOWERS = ["infield.deals.tasks.keep_usual_stays"]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "infield.web.log_lines.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": os.environ.get("INFIELD_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # it adds a handler of its own where it finds none, and tells when it starts and stops
        "django_ox": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
        # a line for every job that waits, runs and ends would bury the others
        "django.tasks": {"level": "WARNING"},
        "infield": {"level": os.environ.get("INFIELD_LOG_LEVEL", "INFO")},
    },
}
