"""The only way for a page to get a thing: through `visible_to`, and with a verdict.

A stranger gets the same 404 as for a number that does not exist; whoever sees the thing but may not do the deed
gets the reason (403); who comes when the thing has moved on is told so (409), and a view marked with `even_late`
keeps the words. A view without `guard` has no policy and is never served (`config.policy`).
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from asmo_support.lib.verdict import YES, Verdict

View = Callable[..., HttpResponse]
READ = ("GET", "HEAD")
WRITE = ("POST",)
BOTH = ("GET", "HEAD", "POST")
CONFLICT = 409


class NotAllowed(PermissionDenied):
    """A deed that the person sees but may not do; carries the reason."""


def guard(
    model: type[Model] | None = None,
    *,
    may: Callable[..., Verdict] | None = None,
    by: str = "pk",
    methods: Iterable[str] = BOTH,
    there: Callable[..., bool] | None = None,
    back: str = "",
) -> Callable[[View], View]:
    """Load `model` by `by` through `visible_to(user)`, ask `may(user, thing)`, call the view with the thing.

    Without a model only `may(user)` is asked. Methods that are not named answer 405. What `there(thing, **rest)`
    does not know is not there, whoever asks. `back` names the page of the thing: a deed without a page of its own
    leads to it when its address is read.
    """
    allowed = tuple(methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            key = kwargs.pop(by) if model else kwargs.get(by)
            things = [_load(model, request.user, **{by: key})] if model else []
            if there and not there(*things, **kwargs):
                raise Http404
            verdict = may(request.user, *things) if may else YES
            if not (back and things and request.method in READ):
                _ask(verdict)
            if back and request.method in READ:
                return redirect(back, key)
            request.verdict = verdict  # type: ignore[attr-defined]
            if verdict.late and not (request.method in WRITE and getattr(view, "even_late", False)):
                context = {"reason": verdict.reason, "thing_page": _page_of(request.path, key)}
                return render(request, "409.html", context, status=CONFLICT)
            return view(request, *things, *args, **kwargs)

        guarded.methods = allowed  # type: ignore[attr-defined]
        return guarded

    return decorate


def _page_of(path: str, key: Any) -> str:
    """The page of the thing a deed belongs to: /desk/tickets/1042/ of /desk/tickets/1042/offer/; else nothing."""
    before, own, deed = path.partition(f"/{key}/") if key else (path, "", "")
    return before + own if deed else ""


def even_late(view: View) -> View:
    """Stands right above the view: it is called although the thing has moved on, to give the words back.

    It asks `request.verdict` before the deed, as `attempt` does.
    """
    view.even_late = True  # type: ignore[attr-defined]
    return view


def _load(model: type[Model], user: Any, **key: Any) -> Model:
    found: QuerySet[Model] = model._default_manager.visible_to(user)  # type: ignore[attr-defined]  # noqa: SLF001
    loaded = getattr(model, "for_page", lambda rows: rows)(found)
    thing = loaded.filter(**key).first()
    if thing is None:
        raise Http404
    return thing  # type: ignore[no-any-return]


def _ask(verdict: Verdict) -> None:
    if not verdict and not verdict.late:
        raise NotAllowed(verdict.reason)
