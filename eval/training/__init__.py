"""Everything that makes the reader's weights and its confidence; no part of the product."""
