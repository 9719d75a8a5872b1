SELECT "case", created_us FROM cases WHERE list_contains($outcomes, outcome)
