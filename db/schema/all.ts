/** Every table, for what has to see them all: migrations, backups, the test that empties a database. */
export * from './cases.ts'
export * from './people.ts'
export * from './ratings.ts'
export * from './rounds.ts'
export * from './rubrics.ts'
export * from './traces.ts'
export * from './work.ts'
