"""What a question means: the time it names, and what else it asks than for a fact."""
