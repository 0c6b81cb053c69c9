"""What every worker does alike: takes its messages, and says in logs and metrics how that went."""
