"""The child process that parses foreign formats, and the thread that reads ahead."""
