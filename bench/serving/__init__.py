"""What the resident's measurement needs: servers to compare, and a load on them."""
