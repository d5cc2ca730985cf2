"""Text to vectors and token embeddings."""
