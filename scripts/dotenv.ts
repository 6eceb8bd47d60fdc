import { existsSync } from 'node:fs'

// Has to be the first import of every program: the engine of the schema is decided by DATABASE_URL when it is loaded.
if (existsSync('.env')) process.loadEnvFile('.env')
