"""Who works at the sample company: two teams under two managers, one who reads, one who looks after Infield."""

from dataclasses import dataclass

COMPANY = "Fieldgate Controls"
ZONE, CURRENCY = "Europe/Helsinki", "EUR"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who signs in. `reports_to` is a name; `win_rate` a share of 1 of the deals they close, 0: sells not."""

    name: str
    mailbox: str
    role: str
    country: str
    reports_to: str = ""
    win_rate: float = 0.0

    @property
    def email(self) -> str:
        return f"{self.mailbox}@fieldgate.example"

    @property
    def skill(self) -> float:
        """How well they work, 0 to 1: the best fill in what a gate asks for and plan what comes next."""
        return min(1.0, max(0.0, (self.win_rate - WEAKEST) / (STRONGEST - WEAKEST)))


WEAKEST, STRONGEST = 0.14, 0.42

# Japanese names are written as they are said there: the family's first.
STAFF = (
    Colleague("Aino Laine", "aino", "manager", "fi"),
    Colleague("Tanabe Emi", "emi", "manager", "ja", "Aino Laine"),
    Colleague("Sanni Rautio", "sanni", "rep", "fi", "Aino Laine", 0.38),
    Colleague("Eero Salmela", "eero", "rep", "fi", "Aino Laine", 0.30),
    Colleague("Kaisa Hietala", "kaisa", "rep", "fi", "Aino Laine", 0.25),
    Colleague("Mikko Rantala", "mikko", "rep", "fi", "Aino Laine", 0.14),
    Colleague("Hannah Whitcombe", "hannah", "rep", "en", "Aino Laine", 0.42),
    Colleague("Oliver Brand", "oliver", "rep", "en", "Aino Laine", 0.18),
    Colleague("Priya Nair", "priya", "rep", "en", "Aino Laine", 0.31),
    Colleague("Mori Kenta", "kenta", "rep", "ja", "Tanabe Emi", 0.34),
    Colleague("Hayashi Yui", "yui", "rep", "ja", "Tanabe Emi", 0.28),
    Colleague("Ogawa Daiki", "daiki", "rep", "ja", "Tanabe Emi", 0.16),
    Colleague("Anong Srisuk", "anong", "rep", "th", "Tanabe Emi", 0.36),
    Colleague("Niran Chaiyo", "niran", "rep", "th", "Tanabe Emi", 0.22),
    Colleague("Ruth Calder", "ruth", "reader", "en"),
    Colleague("Ilmari Koski", "ilmari", "admin", "fi"),
    Colleague("Mira Sundqvist", "mira", "marketing", "fi"),
    Colleague("Otso Virta", "otso", "operations", "fi"),
)
REPS = tuple(colleague for colleague in STAFF if colleague.role == "rep")
BY_NAME = {colleague.name: colleague for colleague in STAFF}
ZONES = {"fi": "Europe/Helsinki", "en": "Europe/London", "ja": "Asia/Tokyo", "th": "Asia/Bangkok"}
SIGN_INS = ("Aino Laine", "Sanni Rautio", "Ruth Calder", "Mira Sundqvist", "Otso Virta", "Ilmari Koski")
"""One of each role, to look around with."""
