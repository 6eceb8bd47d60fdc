import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export type Ran = { seconds: number; peakMb: number; stdout: string }

/** Runs the command line as a person would, and watches how much memory it comes to (Linux only; else NaN). */
export async function runAssay(args: readonly string[]): Promise<Ran> {
  const since = performance.now()
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/assay.ts', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let peakKb = Number.NaN
  const watch = setInterval(() => {
    peakKb = peakOf(child.pid ?? 0) ?? peakKb
  }, 10)
  let stdout = ''
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString('utf8')
  })
  const [status] = (await once(child, 'close')) as [number]
  clearInterval(watch)
  if (status !== 0) throw new Error(`assay ${args.join(' ')} ended with ${status}`)
  return { seconds: (performance.now() - since) / 1000, peakMb: peakKb / 1024, stdout }
}

/** The most resident memory that a living process has had, in kilobytes. */
function peakOf(pid: number): number | null {
  try {
    const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found ? Number(found[1]) : null
  } catch {
    return null
  }
}
