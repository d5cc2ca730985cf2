"""`kenes eval`: its commands, its tables, and the writing of gold."""
