"""A page that has heard nothing hears at once; what follows within a moment comes together."""

import asyncio

import pytest

from asmo_support.config import live

PATIENCE = 30


class Asked:
    """Who asks may know everything; each look-up is counted by what it was asked about."""

    def __init__(self):
        self.about = []

    def __call__(self, _cookies, changes):
        self.about.append([change["call"] for change in changes])
        return changes


async def opened(asked):
    """A stream that has said hello."""
    told = live.Live(asked, connect=None, ending=asyncio.Event(), key="session")
    stream = told._stream({}, "anna")
    await anext(stream)
    return told, stream


async def heard(stream):
    return (await asyncio.wait_for(anext(stream), PATIENCE))["data"]


def test_who_rings_is_heard_of_without_waiting_for_others(monkeypatch):
    monkeypatch.setattr(live, "GATHER_SECONDS", 3600)

    async def rings():
        asked = Asked()
        told, stream = await opened(asked)
        told._tell({"call": 1})
        said = await heard(stream)
        following = asyncio.ensure_future(heard(stream))
        for number in (2, 3):
            told._tell({"call": number})
        for _ in range(20):
            await asyncio.wait({following}, timeout=0)
        waits = not following.done()
        following.cancel()
        return said, waits, asked.about

    assert asyncio.run(rings()) == ('{"call": 1}', True, [[1]])


@pytest.mark.parametrize("seconds", [0, 0.05])
def test_what_comes_in_one_moment_is_looked_up_together(monkeypatch, seconds):
    monkeypatch.setattr(live, "GATHER_SECONDS", seconds)

    async def rings():
        asked = Asked()
        told, stream = await opened(asked)
        for number in (1, 2, 2, 3):
            told._tell({"call": number})
        return [await heard(stream) for _ in range(3)], asked.about

    assert asyncio.run(rings()) == (['{"call": 1}', '{"call": 2}', '{"call": 3}'], [[1, 2, 3]])
