"""What a web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from infield.web.place import make_home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infield.settings")
make_home()
application = get_wsgi_application()
