"""Articles from the web, when asked: the only rooms that use the network, and only `kenes fetch` opens them."""
