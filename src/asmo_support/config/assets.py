"""Static files with their hash in the name, so that the router may let browsers keep them for ever."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class Assets(ManifestStaticFilesStorage):
    """The manifest is written by `collectstatic` at start; a missing file is an error, not a dead link."""

    support_js_module_import_aggregation = True
