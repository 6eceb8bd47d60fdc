import { expect, it } from 'vitest'
import { runExport } from './export.ts'

async function run(...argv: string[]) {
  const [out, err]: string[][] = [[], []]
  const io = { stdout: (text: string) => void out?.push(text), stderr: (text: string) => void err?.push(text) }
  return { status: await runExport(argv, io), out: out?.join(''), err: err?.join('') }
}

it('explains itself', async () => {
  expect(await run('--help')).toMatchObject({ status: 0, out: expect.stringContaining('usage:'), err: '' })
})

it.each([
  [['cases', '--project', 'x'], 'export writes ratings, not "cases".'],
  [['ratings'], 'Say which project'],
  [['ratings', '--project', 'x', '--format', 'xlsx'], 'csv or jsonl, not "xlsx"'],
  [['ratings', '--projekt', 'x'], "Unknown option '--projekt'"],
])('says what is wrong with %j', async (argv, message) => {
  expect(await run(...argv)).toMatchObject({ status: 2, out: '', err: expect.stringContaining(message) })
})
