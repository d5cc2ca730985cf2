"""Gold questions, measures, and the runner behind `kenes eval`."""
