"""Every entrance: the command line and the set-up."""
