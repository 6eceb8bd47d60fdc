import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { withPulled } from './pulled-line.ts'
import { writeYaml } from './write-yaml.ts'

it('writes a hash as a whole file has it, and so that it is read as text', () => {
  for (const hash of [
    '3f9a00c1d2e4b5a6',
    'e2753796264e5133',
    '2753796264e51338',
    '1234567890123456',
    '0000000000000e10',
  ]) {
    const whole = writeYaml({ pulled: hash }, 'about').replace(/^#about\n+/, '')
    expect(withPulled('pulled: x\n', hash)).toBe(whole)
    expect(withPulled('# mine\nname: a\n', hash)).toBe(`# mine\n${whole}name: a\n`)
    expect(parse(whole)).toEqual({ pulled: hash })
  }
})
