/** Settings that cannot be used, as whoever set them reads of it. */
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('end a command with every fault and no trace of the program', () => {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/assay.ts', 'audit', 'verify'],
    { encoding: 'utf8', env: { ...process.env, PORT: 'abc', LOG_LEVEL: 'loud' } },
  )
  expect({ status, stdout, stderr }).toEqual({
    status: 78,
    stdout: '',
    stderr: [
      'The settings (environment or .env) cannot be used:',
      '  PORT is "abc". Set it to a whole number from 0 to 65535.',
      '  LOG_LEVEL is silent, error, warn, info or debug.',
      '',
    ].join('\n'),
  })
})
