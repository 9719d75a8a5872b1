"""Everything that is kept, to take along: asked for on a page, given as one archive."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from infield.accounts.roles import who_may
from infield.accounts.rules import allow
from infield.desk.everything.actions import note_taken, packed
from infield.desk.views import Asked


@allow(*who_may("everything"))
@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth tells no types
def everything(request: Asked) -> HttpResponseBase:
    """Say what the archive holds; give it to who asks for it, and leave that in the audit."""
    if request.method != "POST":
        return render(request, "desk/everything.html")
    name = f"infield-{timezone.localdate().isoformat()}.zip"
    note_taken(request.user, name)
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return StreamingHttpResponse(
        packed(), content_type="application/zip", headers={"Content-Disposition": disposition}
    )
