# syntax=docker/dockerfile:1
FROM node:22-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No install script but our own is needed: what is compiled comes ready for each platform.
COPY src/db/mend-driver.mjs src/db/
RUN npm ci --omit=dev --ignore-scripts && node src/db/mend-driver.mjs && npm cache clean --force

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json tsconfig.json ./
COPY src src
COPY jobs jobs
# What runs here is made ready now: `node_modules` can't be written to later.
RUN mkdir data && chown node:node data && \
  for job in crawl dashboard db-migrate doctor schedule worker; do node jobs/start.mjs $job --help > /dev/null; done
USER node
VOLUME /app/data
# Jobs that stay (schedule, worker) touch this file every 15 seconds, unless they stand still.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "process.exit(Date.now() - require('node:fs').statSync('data/alive').mtimeMs > 60000 ? 1 : 0)"]
# Node itself is process 1, so that the signals that stop a container reach the job.
ENTRYPOINT ["node", "jobs/start.mjs"]
CMD ["schedule"]
