FROM node:22-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
RUN mkdir data && chown node data
USER node
VOLUME /app/data
ENTRYPOINT ["npm", "run", "--silent"]
CMD ["schedule"]
