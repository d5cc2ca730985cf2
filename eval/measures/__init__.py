"""What is measured: answers, rankings, confidence, and how sure the figures are."""
