"""`python -m bench.desk_server`: the demonstration, with Django's stock admin at /stock/ beside the desk."""

import os
import sys

if __name__ == "__main__":
    os.environ["DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.desk_stock"
    from config import demo

    sys.exit(demo.main())
