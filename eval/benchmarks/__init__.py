"""Benchmarks, one command each: python -m eval.benchmarks.NAME."""

from index.threads import keep_threads_from_spinning

keep_threads_from_spinning()  # as the command line does, so that the figures are those of the command line
