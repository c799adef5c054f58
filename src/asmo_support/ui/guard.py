"""The only way for a page to get a thing: through `visible_to`, and with a verdict.

A stranger gets the same 404 as for a number that does not exist; whoever sees the thing but may not do the deed
gets the reason. A view without `guard` has no policy and is never served (`config.policy`).
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from asmo_support.lib.verdict import Verdict

View = Callable[..., HttpResponse]
READ = ("GET", "HEAD")
WRITE = ("POST",)
BOTH = ("GET", "HEAD", "POST")


class NotAllowed(PermissionDenied):
    """A deed that the person sees but may not do; carries the reason."""


def guard(
    model: type[Model] | None = None,
    *,
    may: Callable[..., Verdict] | None = None,
    by: str = "pk",
    methods: Iterable[str] = BOTH,
) -> Callable[[View], View]:
    """Load `model` by `by` through `visible_to(user)`, ask `may(user, thing)`, call the view with the thing.

    Without a model only `may(user)` is asked. Methods that are not named answer 405.
    """
    allowed = tuple(methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            things = [_load(model, request.user, **{by: kwargs.pop(by)})] if model else []
            if may:
                _ask(may, request.user, *things)
            return view(request, *things, *args, **kwargs)

        guarded.methods = allowed  # type: ignore[attr-defined]
        return guarded

    return decorate


def _load(model: type[Model], user: Any, **key: Any) -> Model:
    found: QuerySet[Model] = model._default_manager.visible_to(user)  # type: ignore[attr-defined]  # noqa: SLF001
    loaded = getattr(model, "for_page", lambda rows: rows)(found)
    thing = loaded.filter(**key).first()
    if thing is None:
        raise Http404
    return thing  # type: ignore[no-any-return]


def _ask(may: Callable[..., Verdict], user: Any, *things: Any) -> None:
    verdict = may(user, *things)
    if not verdict:
        raise NotAllowed(verdict.reason)
