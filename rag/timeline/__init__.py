"""What articles said to a question over time: each value with its dates, sources and sentences, changes and gaps."""
