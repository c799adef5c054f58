"""Templates of every package of ours and of the libraries, found by app; the sign-in door comes before allauth."""

from pathlib import Path

from django.apps import apps
from django.template.loaders.filesystem import Loader as FilesystemLoader


class Loader(FilesystemLoader):
    """Looks into `<package>/templates`, our own packages first, so that our pages replace the libraries'."""

    def get_dirs(self) -> list[Path]:  # type: ignore[override]
        found = [Path(config.path) / "templates" for config in apps.get_app_configs()]
        own = [path for path in found if "asmo_support" in path.parts]
        return [path for path in [*own, *(path for path in found if path not in own)] if path.is_dir()]
