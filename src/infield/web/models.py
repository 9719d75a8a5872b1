from infield.web.company import Company

__all__ = ["Company"]
