"""The first administrator of a new installation comes in by a printed link."""

from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from django.test import Client

from asmo_support.config.commands.person import person
from asmo_support.people.models import User

PASSWORD = "правильная лошадь батарея"


@pytest.mark.case("AU-01")
def test_the_printed_link_sets_a_password_once(db):
    said = CliRunner().invoke(person, ["add", "boss@vendor.example", "--name", "Иван Главный"])
    path, client = urlsplit(said.output.splitlines()[-1]).path, Client()

    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    boss = User.objects.get(email="boss@vendor.example")
    assert (boss.role, boss.check_password(PASSWORD)) == ("admin", True)
    assert "password1" not in Client().get(path, follow=True).content.decode()


def test_nobody_is_added_twice(db):
    CliRunner().invoke(person, ["add", "boss@vendor.example", "--name", "Иван Главный"])
    again = CliRunner().invoke(person, ["add", "boss@vendor.example", "--name", "Иван Второй"])

    assert (again.exit_code, User.objects.get(email="boss@vendor.example").name) == (1, "Иван Главный")
