/** Prepares a database with the demo workspace and serves it, as `npm start` does. */
await import('#scripts/prepare.ts')
await import('#scripts/server.ts')
