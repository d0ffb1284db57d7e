"""Set-up of the virtual environments; runs on Python 3.11 without any package.

Debian's Python is unpacked for machines that cannot reach uv's download host.
"""
