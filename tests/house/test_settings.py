"""What the settings are when the site is served to the world over https: read in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.core import checks
found = checks.run_checks(include_deployment_checks=True)
print(json.dumps({
    "settings": {name: getattr(settings, name) for name in %r},
    "problems": sorted({one.id for one in found}),
    "checks": sorted(one.__name__ for one in checks.registry.registry.get_checks()),
}))
"""
PROMISED = {
    "DEBUG": False,
    "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "support.example.ru"],
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_REFERRER_POLICY": "same-origin",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    "X_FRAME_OPTIONS": "DENY",
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    "SESSION_COOKIE_NAME": "__Host-session",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "USE_TZ": True,
    "PASSWORD_RESET_TIMEOUT": 86_400,
    "SECOND_FACTOR_REQUIRED": True,
    "SECURE_PROXY_SSL_HEADER": None,
    "ALLAUTH_TRUSTED_PROXY_COUNT": 0,
    "FILE_UPLOAD_PERMISSIONS": 0o640,
}
# Plain http is answered by the proxy in front; a preload list is the owner's own decision.
ACCEPTED = {"security.W008", "security.W021"}


def ask(**environment):
    ours = ("ASMO_", "DJANGO_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours) or name == "ASMO_HOME"}
    env |= {"DJANGO_SETTINGS_MODULE": "asmo_support.config.settings", "PYTHONPATH": str(ROOT / "src"), **environment}
    done = subprocess.run(
        [sys.executable, "-c", ASK % list(PROMISED)], env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def served(database_server):
    return ask(ASMO_SITE_URL="https://support.example.ru")


def test_over_https_the_settings_are_what_we_promise(served):
    assert served["settings"] == PROMISED


def test_djangos_own_check_for_servers_finds_nothing(served):
    assert set(served["problems"]) - ACCEPTED == set()


def test_the_check_of_the_access_policy_runs_at_every_start(served):
    assert "every_route_has_a_policy" in served["checks"]


@pytest.mark.case("AU-03")
def test_a_proxys_word_counts_only_when_the_number_of_proxies_is_given(database_server):
    found = ask(ASMO_SITE_URL="https://support.example.ru", ASMO_TRUSTED_PROXIES="2")["settings"]

    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
