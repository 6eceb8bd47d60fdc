import { describe, expect, it } from 'vitest'
import { caseKind } from './case.ts'
import { ratingKind } from './rating.ts'
import { readRecords } from './read.ts'
import type { RecordKind } from './record-kind.ts'
import { referenceKind } from './reference.ts'
import { type FileError, type Numbered, Unreadable } from './unreadable.ts'

async function read<T>(kind: RecordKind<T>, content: string | Uint8Array, required: string[] = []) {
  const records: Numbered<T>[] = []
  const errors: FileError[] = []
  async function* chunks() {
    yield typeof content === 'string' ? Buffer.from(content) : content
  }
  for await (const batch of readRecords(chunks(), kind, required)) {
    records.push(...batch.records)
    errors.push(...batch.errors)
  }
  return { records, errors }
}

const refusal = async <T>(kind: RecordKind<T>, content: string | Uint8Array, required?: string[]) => {
  const error = await read(kind, content, required).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Unreadable)
  return error as Unreadable
}

describe('JSONL', () => {
  it('reads records with their lines, over blank lines and Windows line ends', async () => {
    const { records, errors } = await read(
      caseKind,
      '{"key":"a","input":"One?"}\r\n\r\n{"key":" b ","input":"Two?","documents":["Text",{"title":"T","text":"X"}]}',
    )
    expect(errors).toEqual([])
    expect(records).toEqual([
      { line: 1, record: { key: 'a', input: 'One?' } },
      { line: 3, record: { key: 'b', input: 'Two?', documents: ['Text', { title: 'T', text: 'X' }] } },
    ])
  })

  it.each([
    ['truncated', '{"key":"b","input":"Tw', null, 'is cut off'],
    ['truncated after a value', '{"key":"b","input":"Two"', null, 'is cut off'],
    ['truncated after a colon', '{"key":"b","input":', null, 'is cut off'],
    ['pretty-printed', '{', null, 'jq -c'],
    ['a comma too many', '{"key":"b",}', null, 'is not JSON'],
    ['no object', '["b"]', null, 'an array instead of an object'],
    ['a number for text', '{"key":7,"input":"x"}', 'key', 'must be a text, but is 7'],
    ['missing field', '{"key":"b"}', 'input', 'is missing'],
    ['blank text', '{"key":"b","input":"  "}', 'input', 'is empty'],
    ['unknown field', '{"key":"b","input":"x","inputt":"y"}', null, 'has “inputt”, which nothing is known of'],
    ['text in the wrong shape', '{"key":"b","input":"x","documents":[4]}', 'documents[0]', 'title and text, but is 4'],
    ['document without text', '{"key":"b","input":"x","documents":[{"title":"T"}]}', 'documents[0].text', 'is missing'],
    ['NUL', '{"key":"b","input":"x\\u0000y"}', 'input', 'NUL'],
    ['half a character', '{"key":"b","input":"x","metadata":{"m":["\\ud83d"]}}', 'metadata.m[0]', 'half a character'],
    ['long key', `{"key":"${'k'.repeat(201)}","input":"x"}`, 'key', 'at most 200 characters'],
    ['key on two lines', '{"key":"b\\nc","input":"x"}', 'key', 'must be on one line'],
    [
      'deep metadata',
      `{"key":"b","input":"x","metadata":${'{"a":'.repeat(30)}1${'}'.repeat(30)}}`,
      'metadata',
      'nested deeper',
    ],
  ])('names line, field and reason: %s', async (_name, line, field, reason) => {
    const { records, errors } = await read(
      caseKind,
      `{"key":"a","input":"One?"}\n${line}\n{"key":"c","input":"Three?"}\n`,
    )
    expect(records.map(({ record }) => record.key)).toEqual(['a', 'c'])
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ line: 2, field })
    expect(errors[0]?.reason).toContain(reason)
  })

  it('takes whole characters that are spelled as pairs of escapes', async () => {
    const { records } = await read(caseKind, '{"key":"a","input":"\\ud83d\\ude00 \\\\u0000"}\n')
    expect(records[0]?.record.input).toBe('😀 \\u0000')
  })

  it('says how to convert a JSON array', async () => {
    expect((await refusal(caseKind, ' [{"key":"a"}]')).message).toContain('jq -c')
  })
})

describe('CSV', () => {
  it('reads quoted cells, line ends in them, and the line each record begins on', async () => {
    const { records, errors } = await read(
      caseKind,
      'key,input,Category,User Segment,document_title,document,metadata.Ticket\n' +
        'a,"One,\ntwo ""three""",refusal,expert,Plan,Text,77\n' +
        'b,Four,,,,,\n',
    )
    expect(errors).toEqual([])
    expect(records).toEqual([
      {
        line: 2,
        record: {
          key: 'a',
          input: 'One,\ntwo "three"',
          category: 'refusal',
          user_segment: 'expert',
          documents: [{ title: 'Plan', text: 'Text' }],
          metadata: { Ticket: '77' },
        },
      },
      { line: 4, record: { key: 'b', input: 'Four' } },
    ])
  })

  it.each([';', '\t', ','])('knows the separator “%s” from the header', async (mark) => {
    const { records } = await read(referenceKind, `case${mark}quality${mark}text\r\na${mark}high${mark}Yes.\r\n`)
    expect(records[0]?.record).toEqual({ case: 'a', quality: 'high', text: 'Yes.' })
  })

  it('reads JSON in the cells that hold it, and says where it is not', async () => {
    const head = 'key,input,documents\n'
    const good = await read(caseKind, `${head}a,x,"[""One"",{""title"":""T"",""text"":""Two""}]"\n`)
    expect(good.records[0]?.record.documents).toEqual(['One', { title: 'T', text: 'Two' }])
    const bad = await read(caseKind, `${head}a,x,One\n`)
    expect(bad.errors).toEqual([{ line: 2, field: 'documents', reason: 'must be JSON, but is “One”' }])
  })

  it.each([
    ['a missing and an unknown column', 'case,qualty,text\na,high,x\n', 1, 'lacks the column “quality”'],
    ['an unknown column by name', 'case,qualty,text\na,high,x\n', 1, 'has the column “qualty”'],
    ['a column twice', 'case,text,text,quality\n', 1, 'occurs twice'],
    ['a cell too many', 'case,quality,text\na,high,x\nb,high,one, two\n', 3, 'has 4 cells where the header has 3'],
    ['an open quote', 'case,quality,text\na,high,"x\nb,high,y\n', 2, 'never closed'],
    ['a quote in a cell', 'case,quality,text\na,high,"x" y\n', 2, 'has a quote'],
  ])('refuses %s', async (_name, content, line, message) => {
    const error = await refusal(referenceKind, content, ['case', 'quality', 'text'])
    expect(error.line).toBe(line)
    expect(error.message).toContain(message)
  })

  it('takes no file for a file', async () => {
    expect((await refusal(caseKind, '')).message).toBe('The file is empty.')
    expect((await refusal(caseKind, 'just a note\n', ['key'])).message).toContain('lacks the column “key”')
  })
})

describe('ratings', () => {
  const line = (over: object) =>
    JSON.stringify({ case: 'a', system_version: 's', rater: 'r', dimension: 'd', score: 2, ...over })

  it.each([
    ['a fraction', { score: 2.5 }, 'score', 'must be a whole number'],
    ['a word', { score: 'two' }, 'score', 'but is “two”'],
    ['nothing', { score: undefined }, 'score', 'must be given, or cannot_judge'],
    ['both', { cannot_judge: 'no access' }, 'score', 'not both'],
    ['a time without a zone', { time: '2025-03-31T14:05:00' }, 'time', 'a time with its zone'],
    ['a day that is not', { time: '2025-02-30' }, 'time', 'must be a date'],
  ])('refuses %s as a score or time', async (_name, over, field, reason) => {
    const { errors } = await read(ratingKind, `${line(over)}\n`)
    expect(errors[0]).toMatchObject({ line: 1, field })
    expect(errors[0]?.reason).toContain(reason)
  })

  it('turns cells into scores', async () => {
    const { records, errors } = await read(
      ratingKind,
      'case,system_version,rater,dimension,score,cannot_judge\na,s,r,d,3,\na,s,r,e,,no source given\na,s,r,f,"3,5",\n',
    )
    expect(records.map(({ record }) => record.score)).toEqual([3, undefined])
    expect(errors).toEqual([{ line: 4, field: 'score', reason: 'must be a number, but is “3,5”' }])
  })
})
