/** Prepares a database with the demo workspace and serves it, as `npm start` does. */
export {}

await import('#scripts/prepare.ts')
await import('#scripts/server.ts')
