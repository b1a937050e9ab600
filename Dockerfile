# The bot as a container: hash-locked requirements, bytecode compiled, an unprivileged user.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation . && /venv/bin/python -m compileall -q /venv

FROM python:3.13-slim
RUN useradd --system --home /data kimbot && mkdir -p /data /key && chown kimbot /data /key && chmod 700 /data /key
COPY --from=build /venv /venv
USER kimbot
WORKDIR /data
ENV KIMBOT_DATA_DIR=/data KIMBOT_KEY_FILE=/key/kimbot.key PYTHONDONTWRITEBYTECODE=1
VOLUME /data /key
STOPSIGNAL SIGTERM
ENTRYPOINT ["/venv/bin/kimbot"]
CMD ["run"]
