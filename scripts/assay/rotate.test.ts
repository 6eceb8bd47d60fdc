import { expect, it } from 'vitest'
import { runRotate } from './rotate.ts'

async function run(...argv: string[]) {
  const [out, err]: string[][] = [[], []]
  const io = { stdout: (text: string) => void out?.push(text), stderr: (text: string) => void err?.push(text) }
  return { status: await runRotate(argv, io), out: out?.join(''), err: err?.join('') }
}

it('explains itself', async () => {
  expect(await run('--help')).toMatchObject({ status: 0, out: expect.stringContaining('usage:'), err: '' })
})

it.each([
  [[], 'Say which project'],
  [['--project', 'x', '--do', '--undo', 'y'], 'Use --do or --undo, not both.'],
  [['--project', 'x', '--seed', '-1.5'], 'argument is ambiguous'],
  [['--project', 'x', '--seed', '1.5'], 'a whole number from 0'],
  [['--projekt', 'x'], "Unknown option '--projekt'"],
])('says what is wrong with %j', async (argv, message) => {
  expect(await run(...argv)).toMatchObject({ status: 2, out: '', err: expect.stringContaining(message) })
})
