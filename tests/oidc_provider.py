"""A real OpenID Connect provider for the tests: Django OAuth Toolkit in a process of its own.

`provider` starts it as `python tests/oidc_provider.py PORT FOLDER REDIRECT_URI`: people sign in there with their name
and `PASSWORD`, and have the claims that stand beside the name. It says "ready" once it answers.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

PASSWORD, CLIENT, SECRET = "di-rumah-sendiri-7", "terang", "rahasia-klien"


@contextmanager
def provider(port: int, folder: Path, redirect_uri: str, people: dict[str, dict[str, str]]) -> Iterator[str]:
    """The issuer's address, as long as the block runs. `people`: name at the provider to claims."""
    folder.mkdir(exist_ok=True)
    (folder / "people.json").write_text(json.dumps(people))
    process = Popen([sys.executable, __file__, str(port), str(folder), redirect_uri], stdout=PIPE, text=True)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}/o"
    finally:
        process.terminate()
        process.wait(10)


def _configure(folder: Path, port: int) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="of-the-provider-alone",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        LOGIN_URL="/masuk/",
        SESSION_COOKIE_NAME="provider",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": key.decode(),
            "SCOPES": {"openid": "who", "profile": "name", "email": "mail"},
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Claims",
            "PKCE_REQUIRED": True,
        },
    )


LOGIN = """<title>Penyedia</title><form method="post"><label>Nama <input name="username"></label>
<label>Sandi <input name="password" type="password"></label><button>Lanjut</button></form>"""


def _serve(port: int, folder: Path, redirect_uri: str) -> None:
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    import django

    sys.modules["oidc_provider"] = sys.modules[__name__]
    _configure(folder, port)
    django.setup()
    from django.contrib.auth import authenticate, login
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse, HttpResponseRedirect
    from django.urls import include, path
    from oauth2_provider.models import get_application_model
    from oauth2_provider.oauth2_validators import OAuth2Validator

    people = json.loads((folder / "people.json").read_text())

    class Claims(OAuth2Validator):
        oidc_claim_scope = None

        def get_additional_claims(self, request):
            return people[request.user.username]

    def sign_in(request):
        user = authenticate(username=request.POST.get("username"), password=request.POST.get("password"))
        if user is None:
            return HttpResponse(LOGIN)
        login(request, user)
        return HttpResponseRedirect(request.GET["next"])

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_line: object) -> None:
            """Says nothing."""

    module = sys.modules[__name__]
    module.Claims = Claims
    module.urlpatterns = [
        path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
        path("masuk/", sign_in),
    ]
    call_command("migrate", verbosity=0)
    for name in people:
        User.objects.create_user(name, password=PASSWORD)
    get_application_model().objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris=redirect_uri,
        skip_authorization=True,
        algorithm="RS256",
    )
    with make_server("127.0.0.1", port, get_wsgi_application(), handler_class=Quiet) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
