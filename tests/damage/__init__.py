"""Files made from the archive are damaged, and the next build makes them good."""
