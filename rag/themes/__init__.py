"""What a pile of articles is about: groups them by meaning across languages, names the groups, counts and quotes them."""
