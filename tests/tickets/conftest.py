"""Tests of tickets whose deeds other connections have to see."""

from tests.api.conftest import committed

__all__ = ["committed"]
