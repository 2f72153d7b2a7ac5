"""What people and programs meet, by audience."""
