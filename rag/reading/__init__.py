"""From passages to the words that answer, and how likely they do."""
