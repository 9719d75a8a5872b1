"""The closed tables of this room: what guidance is about, the levels of the funnel, what objections are about."""

TOPICS = (
    "question",
    "preparation",
    "approach",
    "presentation",
    "objection",
    "signal",
    "closing",
    "follow_up",
)
"""In the order in which a deal's page shows them. `signal`: what tells that the order can be asked for."""

PROPOSED = {"question": "question", "approach": "approach", "hint": "preparation", "answer": ""}
"""What somebody may propose from a deal, with the topic of guidance that it becomes; an answer is to an objection."""

LEVELS = ("top", "middle", "bottom", "after_sale")

ABOUTS = ("price", "need", "trust", "timing", "decision", "competitor", "change", "other")
"""What an objection is about."""
