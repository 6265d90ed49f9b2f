"""Sources for the whole real sites that stand mirrored beside the checkout, served on loopback."""
