"""Secrets in addresses: made at random, and kept as a digest only."""

import secrets
from hashlib import sha256

BYTES = 32


def new_token() -> str:
    """Give 256 random bits that can stand in an address."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """Give what is kept of a secret. No salt: nobody can guess 256 bits.

    >>> digest("a")[:8]
    'ca978112'
    """
    return sha256(token.encode()).hexdigest()
