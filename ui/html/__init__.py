"""HTML of the page and of kept files, made by one builder that escapes every text."""
