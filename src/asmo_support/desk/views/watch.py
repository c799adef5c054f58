"""What a lead looks at: deadlines at risk, and how much lies on whom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from asmo_support.desk import listing
from asmo_support.insight import risk
from asmo_support.ui.guard import READ, guard
from asmo_support.ui.request import SignedIn


@guard(methods=READ)
def risks(request: SignedIn) -> HttpResponse:
    """Late, late soon, due today, and what has no planned date: the worst first, fresh with every event."""
    now = timezone.now()
    titles = {
        "late": _("Overdue"),
        "soon": _("Within two working hours"),
        "today": _("By the end of the working day"),
        "undated": _("Owed a planned date for more than a working day"),
    }
    groups = [
        listing.Group(
            one.key,
            titles[one.key],
            [listing.row_of(row, request.user, now) for row in one.rows],
            None if one.more else len(one.rows),
        )
        for one in risk.risks(request.user, now)
    ]
    return render(request, "desk/watch/risks.html", {"groups": groups, "now": now})


@guard(methods=READ)
def load(request: SignedIn) -> HttpResponse:
    now = timezone.now()
    rows = risk.load(now)
    most = max((one.open for one in rows), default=0) or 1
    return render(request, "desk/watch/load.html", {"rows": rows, "most": most, "now": now})
