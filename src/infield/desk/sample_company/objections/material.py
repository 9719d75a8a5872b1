"""What the sample company keeps ready for its stages: name, link, and in how many days somebody looks at it again."""

MATERIALS = (
    ("approach", "One page about the line that stands still", "https://fieldgate.example/one-page", 60),
    ("presentation", "Demo script, two hours on site", "https://fieldgate.example/demo-script", -12),
    (
        "handling_objections",
        "Cost of an hour of standstill, to fill in together",
        "https://fieldgate.example/cost",
        30,
    ),
    ("handling_objections", "Reference list by industry", "https://fieldgate.example/references", -3),
    ("closing", "Terms of delivery and service", "https://fieldgate.example/terms", 120),
)
"""Days below zero: the review is overdue."""
