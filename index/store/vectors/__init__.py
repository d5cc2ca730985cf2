"""Vectors outside any database: their files, and the nearest of them."""
