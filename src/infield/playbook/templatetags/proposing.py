"""{% waiting_proposals as n %}: how many proposals wait for the viewer's decision."""

from django.template import Context, Library

from infield.playbook.proposals.queries import waiting

register = Library()


@register.simple_tag(takes_context=True)
def waiting_proposals(context: Context) -> int:
    return waiting(context["request"].user)
