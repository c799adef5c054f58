"""Settings of Django. What an administrator may change lives in the database, not here."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from asmo_support.config import environment, home
from asmo_support.config.embedded import server_settings

ENV = environment.read()
HOME = home.home()
PACKAGE = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"

DEBUG = False
DEMO = ENV.demo
SITE_URL = ENV.site_url
SECURE_SITE = SITE_URL.startswith("https://")
SECRET_KEY = home.secret("django")
ALLOWED_HOSTS = sorted({"localhost", "127.0.0.1", str(urlsplit(SITE_URL).hostname), *ENV.hosts})
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "asmo_support.wall",
    "asmo_support.ui",
    "asmo_support.journal",
    "asmo_support.sla",
    "asmo_support.people",
    "asmo_support.catalog",
    "asmo_support.contracts",
    "asmo_support.tickets",
    "asmo_support.channels",
    "asmo_support.notifications",
    "asmo_support.signin",
    "asmo_support.desk",
    "asmo_support.portal",
    "asmo_support.api",
    "asmo_support.config",
]

MIDDLEWARE = [
    "asmo_support.ui.middleware.OuterWall",
    "django.middleware.security.SecurityMiddleware",
    "asmo_support.ui.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "asmo_support.ui.middleware.CrossSite",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "asmo_support.api.middleware.BearerToken",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "asmo_support.ui.middleware.Preferences",
    "asmo_support.signin.middleware.SecondFactor",
    "asmo_support.config.policy.DenyByDefault",
    "asmo_support.ui.middleware.InnerWall",
]

ROOT_URLCONF = "asmo_support.config.urls"
WSGI_APPLICATION = "asmo_support.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "asmo_support.ui.loader.Loader"],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "asmo_support.config.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "asmo_support.ui.templatetags.asmo",
                "asmo_support.ui.templatetags.zones",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# The owner migrates; everybody else comes in as the login role, which may do nothing until it takes a role.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **server_settings(HOME, "asmo_owner" if ENV.as_owner else "asmo_login"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "asmo_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-session" if SECURE_SITE else "session"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_SECURE = SECURE_SITE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_SITE else "csrf"
CSRF_COOKIE_SECURE = SECURE_SITE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "asmo_support.config.errors.csrf_failed"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if SECURE_SITE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SITE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# The form itself says how many files it takes at once; this is only the end of patience.
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_PERMISSIONS = 0o640

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "asmo_support.signin.adapter.AccountAdapter"
MFA_ADAPTER = "asmo_support.signin.adapter.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=24).total_seconds())
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "АСМО-поддержка"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_SITE
SECOND_FACTOR_REQUIRED = ENV.second_factor
EMAIL_BACKEND = "asmo_support.channels.email.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = "support@localhost"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = "Europe/Moscow"
FORMAT_MODULE_PATH = "asmo_support.config.formats"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "asmo_support.config.assets.Assets"},
}
FILES_ROOT = HOME / "files"
ATTACHMENT_LIMIT = 200 * 1024 * 1024

LISTENERS = "asmo_support.config.wiring.LISTENERS"
MERGING = "asmo_support.config.wiring.MERGING"

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"asmo_support": {"level": "INFO"}},
}
