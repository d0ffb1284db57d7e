"""The actions, called as an administrator does, on real HTTP to the simulated cloud."""
