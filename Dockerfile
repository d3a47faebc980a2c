FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
COPY tools ./tools
COPY src ./src
RUN npm ci --ignore-scripts && npm run build
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM node:26-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git openssh-client ca-certificates \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY schemas ./schemas
RUN mkdir /data && chown 65532:65532 /data
USER 65532:65532
ENV NODE_ENV=production
VOLUME ["/data"]
ENTRYPOINT ["node", "--enable-source-maps", "/app/dist/main.js"]
CMD ["daemon", "--config", "/config/rosterd.config.yaml", "--data", "/data"]
