"""Bytes to text, where the letters leave no doubt."""
