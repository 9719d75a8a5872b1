"""Putting a deal away, and taking it out again."""

from infield.accounts.models import User
from infield.deals.record.models import UNCHANGED, Done, Record


class Archived(Record):
    """In the archive a deal is shown to who looks for it there, and nowhere else."""

    class Meta(Record.Meta):
        abstract = True

    def archive(self, by: User) -> Done:
        """Put it away, with all its history."""
        with self.one_act() as at:
            self._take(by, even_archived=True)
            if self.archived_at:
                return UNCHANGED
            self.archived_at = at
            self._save("archived_at")
            return self._do("archived", by, {})

    def restore(self, by: User) -> Done:
        """Take it out of the archive."""
        with self.one_act():
            self._take(by, even_archived=True)
            if not self.archived_at:
                return UNCHANGED
            self.archived_at = None
            self._save("archived_at")
            return self._do("restored", by, {})
