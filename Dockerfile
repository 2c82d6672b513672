# Builds and runs the whole product. What it needs is in .env.example; state, if any, is in /data.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production TOLLGATE_ENV=production TOLLGATE_DATA_DIR=/data
COPY --from=build --chown=node:node /app ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 4100
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "Promise.all([3000, 4100].map((port) => fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.ok || process.exit(1)))).catch(() => process.exit(1))"]
CMD ["node", "lib/run/start.mjs"]
