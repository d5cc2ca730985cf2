"""Runs of gold questions, behind `kenes eval`: run, summarise, compare."""
