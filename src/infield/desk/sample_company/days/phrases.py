"""What the people of the sample company plan, and the series they follow up by."""

from infield.activities.cadence import Step

CADENCES = (
    (
        "After the first talk",
        False,
        (
            Step(2, "mail", "Send what was asked for, with one question"),
            Step(4, "call", "Ask what they made of it"),
            Step(7, "message", "A short word about a plant like theirs"),
            Step(10, "call", "Ask who else should be in the room"),
            Step(14, "mail", "Offer two dates for a visit"),
        ),
    ),
    (
        "After the proposal",
        False,
        (
            Step(2, "call", "Ask whether all questions are answered"),
            Step(5, "mail", "Send the reference that fits best"),
            Step(7, "call", "Talk through the timeline"),
            Step(14, "call", "Ask for the order"),
        ),
    ),
    (
        "After the delivery",
        True,
        (
            Step(7, "call", "Ask whether all works as promised"),
            Step(30, "visit", "See the line run, and who uses it"),
            Step(90, "call", "Ask what has changed for them"),
        ),
    ),
)
"""Name, whether it is for clients, steps."""

PLANNED = (
    ("meeting", "Line review with the plant manager", 10, 60),
    ("call", "Weekly call with the partner", 9, 30),
    ("demo", "Demo of the quality camera", 13, 60),
    ("task", "Prepare the quote for the second shift", 0, None),
    ("visit", "Drop in at the trade fair", 15, 90),
    ("call", "Call back about the spare parts", 11, 20),
)
"""Kind, what, hour of the day or 0 for none, minutes."""

REPEATED = ("task", "Go through the pipeline", "weekly")
LEADS = (
    ("Malee Wongsa", "Wongsa Ceramics", "web"),
    ("Sato Haruka", "佐藤精機", "referral"),
    ("Tom Ashdown", "Ashdown Bakeries", "fair"),
    ("Ritva Kallio", "Pohjola Plywood", "web"),
)
"""Person, company, source, in the order in which they came."""
