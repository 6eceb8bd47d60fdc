/**
 * `npm run bench` runs every benchmark; `npm run bench -- NAME ...` some. `--write` puts what was found into
 * docs/benchmarks.md. Ends with status 1 when a goal is missed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { agreement } from './agreement.ts'
import { agreementPage } from './agreement-page.ts'
import { calibration } from './calibration.ts'
import { claims } from './claims.ts'
import { coverage } from './coverage.ts'
import { crowd } from './crowd.ts'
import { cycles } from './cycles.ts'
import { drift } from './drift.ts'
import { fitBesideRating } from './fit-beside-rating.ts'
import { imports } from './imports.ts'
import { painted } from './painted.ts'
import { rotation } from './rotation.ts'
import { scan } from './scan.ts'
import { sealed } from './sealed.ts'
import { asText, type Benchmark, intoPage } from './section.ts'
import { suspicionPower } from './suspicion.ts'
import { traces } from './traces.ts'

const BENCHMARKS: readonly Benchmark[] = [
  claims,
  cycles,
  crowd,
  painted,
  imports,
  traces,
  calibration,
  suspicionPower,
  drift,
  agreement,
  agreementPage,
  coverage,
  fitBesideRating,
  scan,
  rotation,
  sealed,
]

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
  const chosen = BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name))
  const [only, ...others] = chosen
  // Each in a process of its own: what one leaves in memory would slow the load generator of the next.
  if (others.length > 0) return Math.max(...chosen.map(({ name }) => alone(name, write)))
  if (!only) return 0
  const section = await only.run()
  console.log(asText(section))
  if (write) {
    const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : INTRODUCTION
    writeFileSync(PAGE, intoPage(page, only.name, { ...section, how: `${section.how} ${machine()}` }))
  }
  return section.rows.some((row) => row.met === false) ? 1 : 0
}

function alone(name: string, write: boolean): number {
  const args = [...process.execArgv, ...process.argv.slice(1, 2), name, ...(write ? ['--write'] : [])]
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
}

const machine = (): string =>
  `(Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${new Date().toISOString().slice(0, 10)}.)`

process.exitCode = await main(process.argv.slice(2))
