"""Every setting, read once from the environment. Wrong values refuse to start and say why.

There is no split into kinds of environment: servers differ by their SPEAK_ variables only.
docs/guides/running.md explains each; `speak doctor` checks them against the running machine.
"""

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from corsheaders.defaults import default_headers

from speak.kernel import env

# --- Ours -------------------------------------------------------------------------------

# The public address; every identity made here carries it for ever.
SPEAK_URL = env.url("SPEAK_URL", default="http://localhost:8000")
# What follows the @ in an address: host, and the port where it is not the usual one.
SPEAK_DOMAIN = urlsplit(SPEAK_URL).netloc.lower()
# The folder of the embedded database, the files and the secret.
SPEAK_DATA = env.folder("SPEAK_DATA", default="data")
# What this place is called, on its pages and to other servers.
SPEAK_NAME = env.text("SPEAK_NAME", default="Speak for Yourself")
# One sentence about this place for strangers.
SPEAK_SENTENCE = env.text("SPEAK_SENTENCE")
# By which clock times are said here to whoever has not chosen one, such as Europe/Berlin.
SPEAK_TIME_ZONE = env.zone("SPEAK_TIME_ZONE", default="UTC")
# Whom to write to about this server.
SPEAK_CONTACT = env.text("SPEAK_CONTACT")
# Whether anybody may join, or only those with a link.
SPEAK_OPEN = env.flag("SPEAK_OPEN", default=False)
# Whether this is the invented organisation of `speak demo`: every page says so, and nothing goes to other servers.
SPEAK_DEMO = env.flag("SPEAK_DEMO", default=False)
# Where apps listen to what happens, as wss://host or wss://host:port; without one they ask from time to time.
SPEAK_STREAMING_URL = env.url("SPEAK_STREAMING_URL", schemes=("wss", "ws"), example="wss://speak.example")
# Private address ranges the outbound door may reach; for development and tests only.
SPEAK_ALLOW_NETWORKS = env.networks("SPEAK_ALLOW_NETWORKS")
# Whether a reverse proxy in front sets X-Forwarded-Proto, -Host and -For.
SPEAK_BEHIND_PROXY = env.flag("SPEAK_BEHIND_PROXY", default=False)
# Whether rates are limited; off only for tests.
SPEAK_RATE_LIMITS = env.flag("SPEAK_RATE_LIMITS", default=True)
# How many threads answer requests.
SPEAK_WEB_THREADS = env.number("SPEAK_WEB_THREADS", default=8, least=1, most=128)
# How large a file may be that somebody brings from elsewhere, in megabytes. On its way it lies where TMPDIR says.
SPEAK_IMPORT_MB = env.number("SPEAK_IMPORT_MB", default=2_000, least=1, most=1_000_000)
# How much room pictures of other servers may take, in megabytes.
SPEAK_MEDIA_CACHE_MB = env.number("SPEAK_MEDIA_CACHE_MB", default=500, least=10, most=1_000_000)
# Who may read /metrics: nobody, "loopback" for this machine alone, or whoever shows this token.
SPEAK_METRICS = env.text("SPEAK_METRICS")
# PostgreSQL instead of the embedded database.
SPEAK_DATABASE_URL = env.service(
    "SPEAK_DATABASE_URL", schemes=("postgres", "postgresql"), example="postgres://name:password@host:5432/database"
)
# Signs sessions and links; made once and kept in SPEAK_DATA where it is not given.
SPEAK_SECRET_KEY = env.text("SPEAK_SECRET_KEY")
# Where the mirror measures: nothing for this process, or an engine elsewhere: spark://…, sc://…, clickhouse://…, trino://…
SPEAK_MIRROR_ENGINE = env.text("SPEAK_MIRROR_ENGINE")
# Hides whom the mirror's earlier figures were about; made of the secret of this server where it is not given.
SPEAK_MIRROR_KEY = env.text("SPEAK_MIRROR_KEY")
# How large an archive may be that somebody brings to the mirror, in megabytes; 0: nobody brings any.
SPEAK_MIRROR_UPLOAD_MB = env.number("SPEAK_MIRROR_UPLOAD_MB", default=500, least=0, most=1_000_000)
# The server that sends mail; without one, mail is only written to the log.
SPEAK_MAIL_URL = env.service(
    "SPEAK_MAIL_URL", schemes=("smtp", "smtps"), example="smtp://name:password@mail.example:587"
)
# The sender of mail; speak@ and the host where it is not given.
SPEAK_MAIL_FROM = env.text("SPEAK_MAIL_FROM")
# How much is logged: INFO tells more, ERROR less.
SPEAK_LOG = env.choice("SPEAK_LOG", default="WARNING", among=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))


def _kept_secret(data: Path) -> str:
    """The secret of this server: made on the first start, kept readable by its owner only."""
    file = data / "secret"
    if not file.exists():
        # Whole or not at all: web and worker may start at the same moment, and must have the same one.
        own = data / f"secret.{os.getpid()}"
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(own)
        own.unlink()
    return file.read_text(encoding="ascii")


def _database(address: SplitResult | None, data: Path) -> dict[str, object]:
    """The embedded database, or the PostgreSQL that SPEAK_DATABASE_URL names."""
    if address is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "speak.sqlite3",
            # Opening it anew for each request costs more than most requests.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
            },
        }
    query = dict(parse_qsl(address.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.strip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": query.pop("host", "") or unquote(address.hostname or ""),
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


if SPEAK_METRICS:
    # Processes count together in files; kernel.metrics reads them.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(SPEAK_DATA / "metrics")
    (SPEAK_DATA / "metrics").mkdir(exist_ok=True)

# --- Django's ---------------------------------------------------------------------------

SECRET_KEY = SPEAK_SECRET_KEY or _kept_secret(SPEAK_DATA)
DEBUG = False
ALLOWED_HOSTS = [urlsplit(SPEAK_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SPEAK_URL]
ROOT_URLCONF = "speak.operations.urls"
WSGI_APPLICATION = "speak.operations.wsgi.application"
DATABASES = {"default": _database(SPEAK_DATABASE_URL, SPEAK_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.User"
APPEND_SLASH = False

INSTALLED_APPS = [
    "speak.operations",
    "speak.web",
    "speak.clients",
    "speak.federation",
    "speak.mirror",
    "speak.safety",
    "speak.rooms",
    "speak.voice",
    "speak.identity",
    "speak.kernel",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "corsheaders",
    "oauth2_provider",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    *(["speak.operations.metrics.count_inbox_answers"] if SPEAK_METRICS else []),
    "speak.operations.own_domains.by_own_domains",
    "speak.web.middleware.content_security_policy",
    "speak.web.middleware.bounded_bodies",
    "speak.web.middleware.kept_by_nobody_else",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "speak.web.middleware.by_ones_own_clock",
    "speak.web.middleware.RefusalsBecomePages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "speak.web.context.the_place",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "speak_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SPEAK_URL.startswith("https:")
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# Whoever came once over TLS comes over TLS for a year; not to this very machine, where other things listen too.
IS_PUBLIC = urlsplit(SPEAK_URL).hostname not in {"localhost", "127.0.0.1", "::1"}
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SPEAK_URL.startswith("https:") and IS_PUBLIC else 0
if SPEAK_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
    # Without it every visitor would have the proxy's address, and share its limits of trying.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = SPEAK_TIME_ZONE

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = SPEAK_DATA / "media"
# A form may carry a few pictures from a phone (speak.web.middleware.bounded_bodies), and so many words.
# What is larger lies beside the data while it arrives, so that an archive is not copied once more.
FILE_UPLOAD_TEMP_DIR = SPEAK_DATA / "arriving"
FILE_UPLOAD_TEMP_DIR.mkdir(exist_ok=True)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- Sign-in (django-allauth) -------------------------------------------------------------

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# In mail, where no request tells it.
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SPEAK_URL).scheme
ACCOUNT_ADAPTER = "speak.web.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = None if SPEAK_RATE_LIMITS else False
if ACCOUNT_RATE_LIMITS is None:
    del ACCOUNT_RATE_LIMITS
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 15
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An address for mail is a convenience here: whoever has not confirmed one may have a passkey all the same.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = SPEAK_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SPEAK_URL.startswith("http:")
USERSESSIONS_TRACK_ACTIVITY = False

# --- Tokens for apps (django-oauth-toolkit) -------------------------------------------------

OAUTH2_PROVIDER_APPLICATION_MODEL = "clients.App"
OAUTH2_PROVIDER = {
    "SCOPES_BACKEND_CLASS": "speak.clients.scopes.AppScopes",
    "OAUTH2_SERVER_CLASS": "speak.clients.oauth.server.Server",
    "OAUTH2_BACKEND_CLASS": "speak.clients.oauth.server.FormsAndJson",
    "OAUTH2_VALIDATOR_CLASS": "speak.clients.oauth.server.Validator",
    # Apps keep their token for as long as nobody takes it away.
    "ACCESS_TOKEN_EXPIRE_SECONDS": 10 * 365 * 24 * 60 * 60,
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 10 * 60,
    # Older apps know no proof key; whoever sends one has to keep it, and “plain” is none (RFC 7636, RFC 9700).
    # An app that is known by its address has no secret, and has to send one (IndieAuth 5.2).
    "PKCE_REQUIRED": lambda client_id: client_id.startswith(("https://", "http://")),
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "OIDC_ISS_ENDPOINT": SPEAK_URL,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "ALLOW_LOCALHOST_LOOPBACK": True,
}

# Apps that are web pages ask from other places. No cookie goes along, so that whoever asks is nobody without a token.
CORS_URLS_REGEX = r"^/(?:api/|oauth/(?:token|revoke|userinfo|introspect)|micropub(?:/|$)|\.well-known/|nodeinfo/)"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_HEADERS = [*default_headers, "idempotency-key"]
CORS_EXPOSE_HEADERS = ["link", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "idempotency-key"]

# --- Mail -----------------------------------------------------------------------------------

if SPEAK_MAIL_URL:
    EMAIL_HOST = SPEAK_MAIL_URL.hostname or ""
    EMAIL_PORT = SPEAK_MAIL_URL.port or (465 if SPEAK_MAIL_URL.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(SPEAK_MAIL_URL.username or "")
    EMAIL_HOST_PASSWORD = unquote(SPEAK_MAIL_URL.password or "")
    EMAIL_USE_SSL = SPEAK_MAIL_URL.scheme == "smtps"
    EMAIL_USE_TLS = SPEAK_MAIL_URL.scheme == "smtp"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SPEAK_MAIL_FROM or f"speak@{urlsplit(SPEAK_URL).hostname}"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": SPEAK_LOG},
}
