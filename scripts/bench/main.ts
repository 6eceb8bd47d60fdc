/**
 * `npm run bench` runs every benchmark; `npm run bench -- NAME ...` some. `--write` puts what was found into
 * docs/benchmarks.md. Ends with status 1 when a goal is missed.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { calibration } from './calibration.ts'
import { claims } from './claims.ts'
import { crowd } from './crowd.ts'
import { cycles } from './cycles.ts'
import { drift } from './drift.ts'
import { imports } from './imports.ts'
import { asText, type Benchmark, intoPage, type Section } from './section.ts'
import { suspicionPower } from './suspicion.ts'

const BENCHMARKS: readonly Benchmark[] = [claims, cycles, crowd, imports, calibration, suspicionPower, drift]

const PAGE = 'docs/benchmarks.md'

const INTRODUCTION = `# Benchmarks

Measured by \`npm run bench -- --write\`, which replaces the sections below. Run it on an otherwise idle machine.
`

async function main(argv: readonly string[]): Promise<number> {
  const write = argv.includes('--write')
  const names = argv.filter((argument) => !argument.startsWith('--'))
  const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name))
  if (unknown.length > 0 || argv.includes('--help')) {
    for (const { name, what } of BENCHMARKS) console.log(`${name.padEnd(10)} ${what}`)
    return unknown.length > 0 ? 2 : 0
  }
  const found: [string, Section][] = []
  for (const { name, run } of BENCHMARKS) {
    if (names.length > 0 && !names.includes(name)) continue
    const section = await run()
    console.log(asText(section))
    found.push([name, section])
  }
  if (write) {
    let page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : INTRODUCTION
    for (const [name, section] of found) page = intoPage(page, name, { ...section, how: `${section.how} ${machine()}` })
    writeFileSync(PAGE, page)
  }
  return found.some(([, section]) => section.rows.some((row) => row.met === false)) ? 1 : 0
}

const machine = (): string =>
  `(Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${new Date().toISOString().slice(0, 10)}.)`

process.exitCode = await main(process.argv.slice(2))
