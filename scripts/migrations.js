/**
 * Makes the next migration for both engines from db/schema: `npm run migrations -- what_it_does`, or
 * `npm run migrations -- --custom what_it_does` for an empty pair to be written by hand.
 */
import { spawnSync } from 'node:child_process'

const args = process.argv.slice(2)
const custom = args.includes('--custom')
const name = args.find((argument) => !argument.startsWith('--'))
if (!name) {
  console.error('Say what the migration does, in snake_case: npm run migrations -- add_holdout_seal')
  process.exit(2)
}
for (const [engine, url] of [
  ['sqlite', 'file:migrations.sqlite'],
  ['postgres', 'postgres://migrations'],
]) {
  const done = spawnSync(
    'npx',
    [
      'drizzle-kit',
      'generate',
      '--config',
      `db/drizzle.${engine}.config.ts`,
      '--name',
      name,
      ...(custom ? ['--custom'] : []),
    ],
    { stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } },
  )
  if (done.status !== 0) process.exit(done.status ?? 1)
}
