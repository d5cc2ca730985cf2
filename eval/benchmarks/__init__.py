"""Benchmarks, one command each: python -m eval.benchmarks.NAME."""
