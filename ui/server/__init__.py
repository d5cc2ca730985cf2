"""The chat page and the JSON interface beside it."""
