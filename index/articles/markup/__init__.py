"""Markup to plain text: what several formats share."""
