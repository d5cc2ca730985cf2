"""Text formats, one a module; short files are parsed in this process."""
