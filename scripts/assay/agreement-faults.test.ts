import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runOn as run, runWith } from '#tests/support/agreement-command.ts'

const csv = 'item,rater,score\na,x,1\na,y,2\n'

describe('a bad command line', () => {
  it.each([
    [['--level', 'ordnal'], '--level is one of nominal, ordinal, interval, ratio, not "ordnal"'],
    [['--weights', 'square'], '--weights is one of identity, linear'],
    [['--levels', '1,2,4'], '--levels 1,2,4: levels must be consecutive integers'],
    [['--levels', '1,b'], '--levels 1,b: levels must be consecutive integers'],
    [['--boot', '10'], '--boot is a whole number from 39 to 1000000, not "10"'],
    [['--seed', 'x'], '--seed is a whole number'],
    [['--frob'], "Unknown option '--frob'"],
    [['more.csv'], 'one FILE at a time, not also more.csv'],
    [
      ['--by', 'segment'],
      'FILE: line 1: there is no column segment; the columns, separated by commas, are: item, rater, score',
    ],
  ])('%j', async (args, message) => {
    const { status, stderr, stdout } = await run(csv, args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('says which file cannot be read, and which kinds can', async () => {
    const missing = await runWith(['--json', 'no/such.csv', '--level', 'ordinal'])
    expect([missing.status, missing.stdout]).toEqual([2, ''])
    expect(missing.stderr).toContain('no/such.csv cannot be read: there is no such file')
    const around = mkdtempSync(join(tmpdir(), 'assay-folder-'))
    onTestFinished(() => rmSync(around, { recursive: true }))
    const folder = join(around, 'ratings.csv')
    mkdirSync(folder)
    expect((await runWith([folder])).stderr).toBe(`${folder} cannot be read: it is a folder; name a file in it\n`)
    expect(await runWith([])).toMatchObject({ status: 2, stderr: expect.stringContaining('which FILE?') })
    expect((await run('x', [], 'ratings.xlsx')).stderr).toContain('the name must end in .csv or .jsonl')
    const negative = await run('item,rater,score\na,x,-1\na,y,1\n', ['--weights', 'ratio'])
    expect(negative.stderr).toContain('no meaning for negative levels')
  })
})

describe('a bad line stops it', () => {
  const bad: [string, string | Uint8Array, string][] = [
    ['empty file', '', 'line 1: the file is empty; it needs a header line with item, rater, score'],
    ['no line but the header', 'item,rater,score\n', 'the file holds no ratings; it needs one a line'],
    [
      'no score column',
      'item;rater;score\na;x;1',
      'line 1: there is no column item; the columns, separated by commas, are: item;rater;score',
    ],
    ['column twice', 'item,rater,score,item\n', 'line 1: the column item is there twice'],
    ['too few fields', 'item,rater,score\na,x,1\nb,x\n', 'line 3: 2 fields where the header has 3'],
    ['no item', 'item,rater,score\n,x,1\n', 'line 2: the item is empty'],
    ['no rater', 'item,rater,score\na,"",1\n', 'line 2: the rater is empty'],
    ['no dimension', 'item,rater,dimension,score\na,x,,1\n', 'line 2: the dimension is empty'],
    [
      'word for a score',
      'item,rater,score\na,x,1\na,y,good\n',
      'line 3: column score: "good" is not a whole number; leave it empty where the rater could not judge',
    ],
    ['half a score', 'item,rater,score\na,x,2.5\n', 'line 2: column score: "2.5" is not a whole number'],
    [
      'the same rating twice',
      'item,rater,dimension,score\na,x,tone,1\nb,x,tone,2\n\na,x,tone,1\n',
      'line 5: x already rated a (tone) on line 2',
    ],
    ['open quote', 'item,rater,score\na,x,1\n"b,x,1\nc,x,1\n', 'line 3: a quoted field is never closed'],
    ['text after a quote', 'item,rater,score\n"a"b,x,1\n', 'line 2: text follows the closing quote of a field'],
    [
      'wrong UTF-8',
      Buffer.concat([Buffer.from('item,rater,score\na,x,1\nb,'), Buffer.of(0xe9), Buffer.from(',1\n')]),
      'line 3: not UTF-8; save the file as UTF-8',
    ],
    [
      'one level a million away',
      'item,rater,score\na,x,1\na,y,1000000\n',
      'scores run from 1 to 1000000, more than 250 levels',
    ],
  ]
  it.each(bad)('CSV: %s', async (_name, content, message) => {
    const { status, stdout, stderr } = await run(content)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`FILE: ${message}`)
  })

  it('CSV: of several second ratings the first is named, however many ratings an item has', async () => {
    const crowd = Array.from({ length: 40 }, (_, rater) => `a,r${rater},1`)
    const lines = ['item,rater,score', 'b,x,1', ...crowd, 'a,r7,2', 'b,x,1', 'a,r3,1']
    const { stderr } = await run(lines.join('\n'))
    expect(stderr).toContain('FILE: line 43: r7 already rated a (score) on line 10')
  })

  it('CSV: a score off the levels names the line, the column and the levels', async () => {
    for (const score of ['5', '0', '12']) {
      const { status, stderr } = await run(`item,rater,score\na,x,1\na,y,${score}\n`, ['--levels', '1,2,3,4'])
      expect(status).toBe(2)
      expect(stderr).toContain(`FILE: line 3: column score: "${score}" is not one of the levels 1, 2, 3, 4`)
    }
  })

  it.each([
    ['empty', '', 'the file holds no ratings; it needs one a line'],
    ['not JSON', '{"item":"a","rater":"x","score":1}\n{"item":', 'line 2: not JSON'],
    ['not an object', '[1]\n', 'line 1: not a JSON object'],
    ['no rater', '{"item":"a","score":1}\n', 'line 1: there is no rater; the keys are: item, score'],
    ['no score', '\n{"item":"a","rater":"x"}\n', 'line 2: there is no score'],
    ['empty item', '{"item":null,"rater":"x","score":1}\n', 'line 1: the item is empty'],
    ['a list for a rater', '{"item":"a","rater":["x"],"score":1}\n', 'line 1: the rater is neither text nor a number'],
    ['half a score', '{"item":"a","rater":"x","score":1.5}\n', 'line 1: column score: "1.5" is not a whole number'],
    ['truth for a score', '{"item":"a","rater":"x","score":true}\n', 'line 1: column score: neither a number nor null'],
    [
      'twice',
      '{"item":1,"rater":"x","score":1}\n{"item":"1","rater":"x","score":null}\n',
      'line 2: x already rated 1 (score) on line 1',
    ],
  ])('JSON Lines: %s', async (_name, content, message) => {
    const { status, stderr } = await run(content, [], 'ratings.jsonl')
    expect(status).toBe(2)
    expect(stderr).toContain(`FILE: ${message}`)
  })
})
