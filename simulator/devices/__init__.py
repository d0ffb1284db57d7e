"""The simulated device families, one file each."""
