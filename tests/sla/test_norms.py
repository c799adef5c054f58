"""The norms of the regulation."""

import pytest

from asmo_support.sla.norms import Norms, norms_for


@pytest.mark.parametrize(
    ("kind", "critical", "standard", "resolution"),
    [
        ("bug", True, True, 480),
        ("bug", True, False, 480),
        ("bug", False, True, 480),
        ("bug", False, False, None),
        ("consultation", False, True, 480),
        ("consultation", False, False, None),
        ("consultation", True, False, None),
        ("change", False, True, None),
        ("change", True, True, None),
        ("change", False, False, None),
    ],
)
def test_reaction_is_promised_always_and_resolution_only_for_the_fixed_kinds(kind, critical, standard, resolution):
    assert norms_for(kind, critical=critical, standard=standard) == Norms(120, resolution, planned=resolution is None)


def test_what_has_no_fixed_norm_needs_a_planned_date_within_a_working_day():
    free, fixed = Norms(120, None, planned=True), Norms(120, 480)

    assert (free.planned_date_risk_minutes, fixed.planned_date_risk_minutes) == (480, None)


def test_an_unknown_kind_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="not a kind"):
        norms_for("wish", critical=False, standard=True)
