"""Two-way SMS for medical practices."""
