"""What the people of the sample company write into their deals."""

STEPS = {
    "prospecting": (("call", "Call the plant manager"), ("mail", "Send the short study")),
    "preparation": (("task", "Read their annual report"), ("call", "Ask who decides")),
    "approach": (
        ("call", "First talk about the line"),
        ("meeting", "Visit the plant"),
        ("call", "Call again"),
    ),
    "presentation": (
        ("meeting", "Demo on site"),
        ("task", "Prepare the demo"),
        ("call", "Ask what they thought"),
    ),
    "handling_objections": (
        ("call", "Answer the question of price"),
        ("meeting", "Meet their engineers"),
        ("mail", "Send the reference list"),
        ("call", "Talk through the timeline"),
    ),
    "closing": (("mail", "Send the revised quote"), ("call", "Legal call"), ("meeting", "Agree the terms")),
    "follow_up": (("call", "Call after delivery"),),
}
"""By stage: kind of activity, and what is to be done."""

NOTES = (
    "Good talk, they want figures for their second shift.",
    "Asked to come back after the budget round.",
    "They compare us with one other supplier.",
    "The maintenance lead is on our side.",
    "Short, friendly, no decision yet.",
    "",
    "",
)

EVIDENCE = {
    "field": ("Noted from the call with {person}", "From their mail", "Said by {person}"),
    "activity": ("Talked with {person}", "Meeting with {person} and two more"),
    "stakeholder": ("{person}", "{person}, confirmed by their assistant"),
    "document": ("Sent to {person}", "Version 2, accepted by {person}"),
    "answer": ("{person} said so in the first talk", "In the words of {person}: yes, and soon"),
    "tick": ("{person} confirmed it by mail", "Agreed in the meeting"),
}
"""By kind of proof."""

FORCED = (
    "The buyer wants to move faster than our checklist",
    "They know us from an earlier order",
    "The tender closes this week",
    "Will be filled in after the visit",
    "Agreed with the manager",
)
BACK = (
    "Their needs are others than we thought",
    "A new person decides",
    "The budget was cut",
    "A new objection came up",
)
WITHDRAWN = ("No longer true: the person left", "Has to be asked again")
LOST = {
    "meant_no": ("They stay with what they have.",),
    "price": ("A third below us.", "No room in the budget for our price."),
    "competitor": ("They took the supplier of the new line.",),
    "no_decision": ("The project was stopped.",),
    "timing": ("Perhaps in two years.",),
    "no_answer": ("Called five times.", ""),
    "no_need": ("They built it themselves.",),
}
"""By reason: what was noted."""
LOST_WEIGHTS = {
    "meant_no": 12, "price": 22, "competitor": 18, "no_decision": 20, "timing": 10, "no_answer": 12, "no_need": 6,
}  # fmt: skip
STALE = "Closed when the pipeline was tidied: nobody answered for months."
