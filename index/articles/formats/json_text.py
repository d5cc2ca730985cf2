"""JSON: .json. An array of records, an object that holds one, or a single record; laid out in any way."""

from index.articles.formats.jsonl import read_whole

READERS = {".json": read_whole}
