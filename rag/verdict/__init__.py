"""From readings to a verdict: what is said, by how many sources, and what others say otherwise."""
