"""What is known of an article besides its text, under whatever names and in whatever shape."""
