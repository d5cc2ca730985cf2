"""Text formats, one a module; they are parsed in this process."""
