"""Formats that libraries parse, one a module; they run in a child process with limits."""
