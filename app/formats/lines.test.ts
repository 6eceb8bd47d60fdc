import { describe, expect, it } from 'vitest'
import { linesIn } from './lines.ts'
import { Unreadable } from './unreadable.ts'

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(content: string | Uint8Array, { size = 7, maxLineBytes = 1_000 } = {}) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const blocks = []
  for await (const block of linesIn(pieces(bytes, size), maxLineBytes)) blocks.push(block)
  return blocks
}

async function refusal(content: string | Uint8Array, options?: Parameters<typeof read>[1]): Promise<Unreadable> {
  const error = await read(content, options).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Unreadable)
  return error as Unreadable
}

describe('linesIn', () => {
  it('gives the same text whatever the size of the chunks, each block at the right line', async () => {
    const content = 'first\nzweite Zeile äöü\r\n\n四\nlast without an end'
    for (const size of [1, 2, 3, 5, 16, 400]) {
      const blocks = await read(content, { size })
      expect(blocks.map((block) => block.text).join('')).toBe(content)
      let line = 1
      for (const block of blocks) {
        expect(block.line).toBe(line)
        line += block.text.split('\n').length - 1
      }
      expect(blocks.reduce((sum, block) => sum + block.bytes, 0)).toBe(Buffer.byteLength(content))
    }
  })

  it('takes a byte order mark off', async () => {
    const [block] = await read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('a,b\n')]))
    expect(block?.text).toBe('a,b\n')
  })

  it('names line and byte of what is not UTF-8', async () => {
    const content = Buffer.concat([Buffer.from('eins\nzw€i\nM'), Buffer.from([0xfc]), Buffer.from('ller\n')])
    for (const size of [3, 16, 100]) {
      const error = await refusal(content, { size })
      expect(error.line).toBe(3)
      expect(error.message).toContain(`Byte ${content.indexOf(0xfc) + 1} `)
      expect(error.message).toContain('save it as UTF-8')
    }
  })

  it('names the byte of a character that is cut off at the end of the file', async () => {
    const error = await refusal(Buffer.from('line one is long enough\n€').subarray(0, -1))
    expect(error.line).toBe(2)
    expect(error.message).toContain('Byte 25 ')
  })

  it('refuses NUL with its line', async () => {
    const error = await refusal('a long enough first line\nsec\0nd\n')
    expect(error.line).toBe(2)
    expect(error.message).toContain('NUL')
  })

  it('refuses a line over the limit without holding it', async () => {
    let given = 0
    async function* endless() {
      yield Buffer.from('{"key": "a"}\n{"key": "')
      for (;;) {
        given += 65_536
        yield Buffer.alloc(65_536, 'x')
      }
    }
    const read = async () => {
      for await (const block of linesIn(endless(), 1_000_000)) expect(block.line).toBe(1)
    }
    await expect(read()).rejects.toMatchObject({ line: 2, message: expect.stringContaining('longer than 1 MB') })
    expect(given).toBeLessThan(1_200_000)
  })

  it.each([
    ['Excel', [0x50, 0x4b, 0x03, 0x04], 'CSV UTF-8'],
    ['gzip', [0x1f, 0x8b, 0x08, 0x00], 'gunzip'],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00], 'UTF-8'],
    ['PDF', [0x25, 0x50, 0x44, 0x46], 'JSONL or CSV'],
  ])('knows %s by its first bytes and says what to do', async (_name, bytes, advice) => {
    const error = await refusal(Buffer.concat([Buffer.from(bytes), Buffer.alloc(100, 1)]), { size: 1 })
    expect(error.message).toContain(advice)
  })
})
