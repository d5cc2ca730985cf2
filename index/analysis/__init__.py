"""Text to terms: what is known of languages, and nothing else."""
