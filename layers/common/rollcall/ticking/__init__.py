"""What the clock looks after every minute."""
