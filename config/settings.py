"""Every setting of the site, read from the environment. docs/ tells what an installation has to set."""

import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.database import database_from_environment
from config.environment import contact, flag, number, secret_key, words

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"

# Which of four this is: a test run, a developer's machine (DEBUG=1), the demo (DEMO=1), or a public site.
# pytest-django imports these settings before any conftest.py could set the environment.
TESTING = "pytest" in sys.modules
DEBUG = flag("DEBUG")
DEMO = flag("DEMO")
ON_THIS_MACHINE = TESTING or DEBUG or DEMO

SECRET_KEY = secret_key(LOCAL_DIR / "secret_key", may_generate=ON_THIS_MACHINE)
# Keys from before: what was signed or encrypted with them is still read (docs/running.md tells how to change the key).
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]") if ON_THIS_MACHINE else ())
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
CONTACT = contact("CONTACT")
# A table that editors bring in (desk/tables): it is written in one sitting, and everybody else waits for that.
TABLE_ROWS = number("TABLE_ROWS", default=500)
TABLE_BYTES = number("TABLE_BYTES", default=5_000_000)
# The same of files that become proposals: dockets, tables, trials (imports).
IMPORT_ROWS = number("IMPORT_ROWS", default=50_000)
IMPORT_JSON_BYTES = number("IMPORT_JSON_BYTES", default=5_000_000)
IMPORT_SECONDS = number("IMPORT_SECONDS", default=30)
IMPORT_MEGABYTES = number("IMPORT_MEGABYTES", default=1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an indictment with two hundred counts is one page of the desk

INSTALLED_APPS = [
    "desk.siteconfig.SiteConfig",  # django.contrib.admin, with the desk as its site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "people",
    "cases",
    "public",
    "desk",
    "desk.signin",
    "imports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pghistory.middleware.HistoryMiddleware",  # who writes, and from which page
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "desk.signin.door.DeskDoor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.unavailable.DatabaseUnavailableMiddleware",
    "config.new_day.NewDayMiddleware",
]

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.signin.factor.in_pages",
            ],
        },
    },
]

# --- the database -----------------------------------------------------------------------------------------------

DATABASES = {
    "default": database_from_environment(
        may_embed=ON_THIS_MACHINE,
        # psycopg2 has no pool of Django's: a thread keeps its connection, and looks whether it still lives.
        conn_max_age=number("CONN_MAX_AGE", default=600),
        statement_timeout=number("STATEMENT_TIMEOUT_SECONDS", default=15),
    )
}

# --- who may sign in --------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_ENGINE = "desk.signin.sessions"
SESSION_COOKIE_AGE = number("SESSION_HOURS", default=12) * 3600
BEHIND_PROXY = flag("BEHIND_PROXY")

# Who may publish needs a second factor. Off only where nobody else comes: in tests, for developers, in the demo.
SECOND_FACTOR_REQUIRED = flag("SECOND_FACTOR_REQUIRED", default=not ON_THIS_MACHINE)
if not (SECOND_FACTOR_REQUIRED or ON_THIS_MACHINE):
    raise ImproperlyConfigured("SECOND_FACTOR_REQUIRED=0 is for DEMO=1 or DEBUG=1: a public site always asks for it.")

# Attempts are counted in the database, so that all processes count together, and a restart forgets nothing. Large
# enough that nobody can push a count out by filling it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "signin_count",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # whose X-Forwarded-For is believed
ACCOUNT_ADAPTER = "desk.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "admin:login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {
    "login": None,  # only failures count; the four below, see desk/signin/limits.py
    "login_failed": "10/m/ip",
    "login_failed_here": "5/5m/key",  # of a name in a browser, or from an address
    "login_failed_everywhere": "20/15m/key",  # of a name, by strangers: more than one address can use up
    "code_failed": "5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_FORMS = {
    "login": "desk.signin.forms.LoginForm",
    "reauthenticate": "desk.signin.forms.PasswordForm",
    "change_password": "desk.signin.forms.ChangePasswordForm",
}
MFA_ADAPTER = "desk.signin.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Docketline"
MFA_TOTP_TOLERANCE = 1  # the half minute before and after, for clocks that differ
MFA_FORMS = {
    "authenticate": "desk.signin.forms.AuthenticateForm",
    "reauthenticate": "desk.signin.forms.ReauthenticateForm",
    "activate_totp": "desk.signin.forms.ActivateTOTPForm",
    "add_webauthn": "desk.signin.forms.AddWebAuthnForm",
    "authenticate_webauthn": "desk.signin.forms.AuthenticateWebAuthnForm",
    "reauthenticate_webauthn": "desk.signin.forms.ReauthenticateWebAuthnForm",
    "login_webauthn": "desk.signin.forms.LoginWebAuthnForm",
}

# --- language and time ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# --- static files -----------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# A public site serves what `collectstatic` prepared: hashed names, compressed, cached for ever. Elsewhere the
# files are served as they lie there, so that nothing has to be collected first.
STATIC_ROOT = None if ON_THIS_MACHINE else BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = ON_THIS_MACHINE
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if ON_THIS_MACHINE else 60
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ON_THIS_MACHINE
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- what a browser is told to refuse ---------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "config.stale_form.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# HTTPS=0 is for trying the production set-up on a machine without a certificate. A proxy that ends TLS has to
# set X-Forwarded-Proto itself, on every request: only then may BEHIND_PROXY=1 be said.
HTTPS = flag("HTTPS", default=not ON_THIS_MACHINE)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = number("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
# `check --deploy` would have both: but other sites may live below this one's name, and a list that browsers carry with
# them is not left in a hurry. A proxy can send the longer header in our place.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# --- what is written down ---------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "django.server": {"handlers": ["stderr"], "propagate": False, "level": "INFO"},
    },
}
