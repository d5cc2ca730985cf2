"""Lets other machines read and embed: files in units, one immutable part out of each."""
