"""Settings of Terang. What differs between machines comes from the environment (`docs/operations.md`); how rooms are
wired to each other is in `wiring`."""

from pathlib import Path

from csp.constants import NONCE, SELF

from terang.config import env
from terang.config.wiring import *  # noqa: F403 (settings are names)

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(env.text("TERANG_DATA", str(ROOT / "var")))

DEBUG = env.flag("TERANG_DEBUG")
DEMO = env.flag("TERANG_DEMO")
"""Demo mode: fictional governments and the page "Masuk sebagai …". Answers on loopback only."""

SECRET_KEY = env.text("TERANG_SECRET_KEY", "demo-only-key" * 4 if DEMO or DEBUG else None)
ALLOWED_HOSTS = env.names("TERANG_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("TERANG_ORIGINS", "")
LIVE_URL = env.text("TERANG_LIVE_URL", "/live")
"""Where pages listen for live updates: a path behind the proxy, or another loopback port in the demo."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "terang.web",
    "terang.audit",
    "terang.accounts",
    "terang.custody",
    "terang.registry.organization",
    "terang.registry.people",
    "terang.privacy",
    "terang.planning.goals",
    "terang.planning.dictionary",
    "terang.planning.plans",
    "terang.planning.matrix",
    "terang.evidence.work",
    "terang.evidence.attendance",
    "terang.evidence.reports",
    "terang.evidence.citizens",
    "terang.evidence.complaints",
    "terang.evidence.colleagues",
    "terang.evidence.dialogue",
    "terang.evidence.observation",
    "terang.evidence.oversight",
    "terang.evidence.signals",
    "terang.evaluation",
    "terang.evaluation.appraisals",
    "terang.evaluation.precedents",
    "terang.evaluation.credit",
    "terang.evaluation.closing",
    "terang.evaluation.calibration",
    "terang.evaluation.replay",
    "terang.evaluation.drafts",
    "terang.evaluation.fairness",
    "terang.follow_up.growth",
    "terang.follow_up.allowance",
    "terang.follow_up.explainers",
    "terang.follow_up.training",
    "terang.follow_up.career",
    "terang.follow_up.coaching",
    "terang.follow_up.awards",
    "terang.follow_up.pulse",
    "terang.follow_up.burden",
    "terang.reporting.boards",
    "terang.reporting.analysis",
    "terang.reporting.journal",
    "terang.reporting.documents",
    "terang.reporting.handbook",
    "terang.reporting.running",
    "terang.reporting.notices",
    "terang.interchange",
    "terang.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "terang.reporting.running.counters.counting_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "terang.web.everybody.everybody_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "terang.web.middleware.language_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "terang.registry.people.middleware.viewer_middleware",
    "terang.evidence.signals.watching.opening_middleware",
    "terang.accounts.middleware.AccountPolicyMiddleware",
    "terang.web.middleware.shell_middleware",
    "terang.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "terang.config.urls"
WSGI_APPLICATION = "terang.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "terang.web.context.shell",
                "terang.reporting.boards.context.navigation",
                "terang.reporting.handbook.context.help_here",
                *(["terang.demo.context.tour"] if DEMO else []),
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "terang.web.templatetags.terang"],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite:///{DATA / 'terang.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "terang_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "terang_pages",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "near": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "near",
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
    "counts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
"""The first two are shared by all processes: `default` counts limits, `pages` keeps public pages. They are apart, since
a full cache drops its lowest keys, and pages must never push limits out. The others are each process's own: `near` for
pages that may be two seconds old, `counts` for limits on what only reads."""

TERANG_FOR_EVERYBODY = ("/publik/", "/open311/", "/health", "/metrics", "/api/v1/")
TERANG_WITH_SESSION = ("/api/v1/penjelasan/",)
"""Addresses that need no session and set no cookie (`terang.web.everybody`), and which of those do after all."""

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("TERANG_HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.number("TERANG_PROXIES", 0) else None
"""A proxy takes HTTPS off: without its word links in letters and QR codes begin with http, and HSTS is never sent."""
SECURE_HSTS_SECONDS = 31_536_000 if env.flag("TERANG_HTTPS") else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("nip", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "terang.web.states.expired_form"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 60 * 60

ACCOUNT_ADAPTER = "terang.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "nip"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Terang] "
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "reset_password": "300/h/ip,3/h/key",
    "reset_password_from_key": "300/m/ip",
}
"""What an office of hundreds behind one address can live with. Sign-in itself is limited by `accounts.throttle`."""
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TERANG_PROXIES", 0)

MFA_ADAPTER = "terang.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Terang"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
MFA_POLICY_ROLES = "terang.evaluation.selectors.second_factor_roles"
"""Where a government's own policy says which further roles need a second factor."""
MFA_REQUIRED_ROLES = env.names(
    "TERANG_MFA_ROLES", "kepegawaian,pengawasan,kepala_daerah,auditor,operator,pengaduan,pengelola_layanan"
)
"""Appointed roles that see or change what belongs to others: whoever holds one needs a second factor."""

SSO_NAME = env.text("TERANG_SSO_NAME", "SSO")
SSO_NIP_CLAIM = env.text("TERANG_SSO_NIP_CLAIM", "nip")
SSO_ISSUER = env.text("TERANG_SSO_ISSUER", "").rstrip("/")
"""Where an OpenID Connect provider of the government proves who somebody is; empty: there is none."""
SOCIALACCOUNT_ADAPTER = "terang.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
"""A page in between would protect nothing: whoever is sent to the provider comes back as themselves."""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": SSO_NAME,
                "client_id": env.text("TERANG_SSO_CLIENT"),
                "secret": env.text("TERANG_SSO_SECRET"),
                "settings": {"server_url": SSO_ISSUER},
            }
        ]
        if SSO_ISSUER
        else [],
    }
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, f"{LIVE_URL.rstrip('/')}/"] if "://" in LIVE_URL else [SELF],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Makassar"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "terang.web.storage.StaticStorage"},
}

TERANG_REVIEW_KEYS = env.text("TERANG_REVIEW_KEYS", str(DATA / "review-keys"))
"""The folder with the keys of open rounds of review: never in a backup (ADR 0015)."""
TERANG_REPLAYS = env.text("TERANG_REPLAYS", str(DATA / "replays"))
"""The folder with copies of evidence that policies are tried on: made anew at any time, in no backup (ADR 0025)."""
JOURNAL_SALT = env.text("TERANG_JOURNAL_SALT", "")
"""Salt of the digests of personal data in the journal. Where it is empty, a file of the data folder keeps one."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

SITE_URL = env.text("TERANG_SITE", next(iter(CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000")).rstrip("/")
"""Where this site is reached, for codes on paper."""
TERANG_FONTS = env.text("TERANG_FONTS", "")
"""A folder with the government's own font for official forms; without it the one that Typst carries."""
SIGNING_P12 = env.text("TERANG_SIGNING_P12", "")
SIGNING_PASSWORD = env.text("TERANG_SIGNING_PASSWORD", "")
"""The certificate (PKCS#12) that issued documents are signed with, and its password; without it they are not signed."""

TERANG_BACKUPS = env.text("TERANG_BACKUPS", "")
"""The folder that backups are written to; where it is named, their age is looked after."""
TERANG_BACKUP_HOURS = env.number("TERANG_BACKUP_HOURS", 26)
TERANG_METRICS_TOKEN = env.text("TERANG_METRICS_TOKEN", "")
"""Whoever sends it reads the figures of the installation from elsewhere; without it only this machine does."""
SILENCED_SYSTEM_CHECKS = [f"security.W{number:03}" for number in (4, 5, 8, 9, 12, 16, 18, 20, 21)]
"""Said by `terang.reporting.running.checks` in Indonesian, with what to do."""

TERANG_WEBHOOK_HOSTS = env.names("TERANG_WEBHOOK_HOSTS", "127.0.0.1" if DEMO or DEBUG else "")
"""The hosts that messages about events may be sent to; without any, nobody outside is told."""
TERANG_VIRUS_SCANNER = env.text("TERANG_VIRUS_SCANNER", "")
"""A clamd that every upload is shown to: `clamd:///run/clamav/clamd.ctl` or `clamd://127.0.0.1:3310`."""
TERANG_VIRUS_SCANNER_DOWN = env.choice("TERANG_VIRUS_SCANNER_DOWN", "tolak", ("tolak", "tunda"))
"""What becomes of uploads while it does not answer: refused, or kept unopened until it does."""
UPLOAD_LIMIT_BYTES = env.number("TERANG_UPLOAD_LIMIT_MB", 10) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
EMAIL_BACKEND = env.text("TERANG_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.text("TERANG_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("TERANG_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("TERANG_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("TERANG_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("TERANG_EMAIL_TLS")
DEFAULT_FROM_EMAIL = env.text("TERANG_EMAIL_FROM", "terang@localhost")

LOG_FORMAT = env.choice("TERANG_LOG_FORMAT", "text", ("text", "json"))
"""Lines for people, or one JSON object a line for machines: the latter without anything that could name a person."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "terang.web.logs.JsonLines"},
    },
    "filters": {"secrets": {"()": "terang.web.logs.MaskSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": env.text("TERANG_LOG_LEVEL", "INFO")},
}
