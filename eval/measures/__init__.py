"""Measures as pure functions: rankings, answers, confidence, and how certain the figures are."""
