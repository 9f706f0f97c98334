# An image of Copydesk. Written for others to use: it is not built in CI.
#   docker build -t copydesk .
#   docker run -v ./articles:/articles:ro -v ./warehouse:/warehouse copydesk run /articles
FROM python:3.12-slim

WORKDIR /app
COPY pyproject.toml requirements.lock README.md LICENSE prefect.yaml ./
COPY flows flows
COPY sql sql
COPY expectations expectations
RUN python -m pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock \
    && python -m pip install --no-cache-dir --no-deps --no-build-isolation . \
    && useradd --create-home --uid 1000 copydesk \
    && install -d -o copydesk /warehouse /home/copydesk/.prefect

USER copydesk
ENV COPYDESK_WAREHOUSE=/warehouse PYTHONUNBUFFERED=1
VOLUME ["/warehouse", "/home/copydesk/.prefect"]
EXPOSE 4200
ENTRYPOINT ["copydesk"]
CMD ["serve", "/articles", "--host", "0.0.0.0"]
