"""What deals keep up to date by themselves."""

from django.tasks import task

from infield.deals.usual import actions


@task()
def keep_usual_stays() -> None:
    """Works out anew how long won deals usually stay in each stage; safe to repeat."""
    actions.keep_usual_stays()
