"""Static files named by their content and compressed, modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library has no types
    """Also rewrites what our ES modules import, so that a module and what it needs are always of one version."""

    support_js_module_import_aggregation = True
