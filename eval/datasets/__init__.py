"""Gold questions and sets of questions: their files, how they are read, written and checked."""
