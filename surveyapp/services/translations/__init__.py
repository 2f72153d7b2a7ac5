"""What a wave says, in every language it is asked in: written, checked, reviewed, carried out and back in."""
