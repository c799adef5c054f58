"""The proofs in small, the very code of `make prove-mail`: everything is killed, and every letter is where it belongs."""

import pytest

from tests.proof import mail, out
from tests.proof.command import SEED


@pytest.mark.mail
@pytest.mark.case("EI-01")
@pytest.mark.case("EI-07")
@pytest.mark.case("DB-05")
@pytest.mark.case("PK-03")
def test_five_hundred_letters_outlive_kills_of_everything_of_the_service():
    table = []

    faults = mail.prove(500, 12, SEED, table.append)

    assert faults == {}, "\n".join(table)


@pytest.mark.mail
@pytest.mark.case("EO-01")
@pytest.mark.case("EO-06")
def test_three_hundred_notices_reach_a_server_that_breaks_at_every_moment():
    table = []

    faults = out.prove(300, 4, SEED, table.append)

    assert faults == {}, "\n".join(table)
