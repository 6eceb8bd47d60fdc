/** Prepares a database with the demo workspace and serves it, as `npm start` does. */
const programs = new URL('../../../build/programs/', import.meta.url)

await import(new URL('prepare.js', programs).href)
await import(new URL('server.js', programs).href)
