"""What happens by itself when an upload has arrived: orders are counted, rules accept what they may."""
