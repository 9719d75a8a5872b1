"""The forms of accounts."""

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc]  # the library has no types
    """E-mail and password; whoever signs in stays so for two weeks."""
