"""An exchange that may speak, and a customer with a number."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from asmo_support.channels.models import Call, Exchange
from asmo_support.channels.phone.exchanges import add_exchange

FORMS = "application/x-www-form-urlencoded"
KAMA = "+7 (342) 200-10-41"


@dataclass
class Pbx:
    """Tells of calls as a real exchange does: by HTTP."""

    exchange: Exchange
    address: str
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def tell(self, event: str, key: str = "c1", **more: Any) -> Any:
        said = {"event": event, "from": "73422001041", "to": "74951234567", "direction": "in", "callId": key} | more
        return self.send(said)

    def send(self, said: dict[str, Any], address: str = "") -> Any:
        return self.client.post(address or self.address, urlencode(said), content_type=FORMS)

    def call(self, key: str = "c1") -> Call:
        return Call.objects.get(exchange=self.exchange, key=key)


@pytest.fixture
def pbx(cast) -> Pbx:
    exchange, token = add_exchange("Asterisk", by=cast.admin)
    return Pbx(exchange, f"/api/v1/cti/{token}")


@pytest.fixture
def caller(cast):
    cast.customer.phone = KAMA
    cast.customer.save(update_fields=["phone"])
    return cast.customer
