import { alarmsOf } from '#app/stats/drift/report/alarms.ts'
import { driftReport } from '#app/stats/drift/report/drift-report.ts'
import { BadUsage } from './agreement-options.ts'
import { type DriftFile, readDriftFile } from './drift/drift-file.ts'
import { type DriftFindings, driftJson } from './drift/drift-json.ts'
import { type DriftRequest, driftRequest, USAGE } from './drift/drift-options.ts'
import { driftText } from './drift/drift-text.ts'
import { BadFile, cannotBeRead } from './ratings-file/bad-file.ts'

/**
 * `assay drift FILE`: what changed from one period to the next in a plain file of ratings, without a database.
 *
 * @returns the exit status: 0, or 2 when the command line or a line of the file is wrong (the reason goes to `stderr`)
 */
export async function runDrift(
  argv: string[],
  io: { stdout: (text: string) => void; stderr: (text: string) => void },
): Promise<number> {
  let request: DriftRequest | null = null
  try {
    request = driftRequest(argv)
    if (request === null) {
      io.stdout(USAGE)
      return 0
    }
    const findings = findingsOf(request, readDriftFile(request.file, request))
    io.stdout(request.json ? driftJson(request, findings) : driftText(findings))
    return 0
  } catch (error) {
    const message = whatWentWrong(error, request?.file ?? '')
    if (message === null) throw error
    io.stderr(`${message}\n`)
    return 2
  }
}

function findingsOf(request: DriftRequest, file: DriftFile): DriftFindings {
  const { rate, window, margin, boot, seed } = request
  const dimensions = [...file.dimensions]
  const found = driftReport(
    dimensions.map(([, { ratings }]) => ratings),
    {
      chart: { rate, window, seed },
      bridge: { margin },
      from: periodNumber(file, '--from', request.from ?? (file.periods[0] as string)),
      to: periodNumber(file, '--to', request.to ?? (file.periods.at(-1) as string)),
      draws: boot,
      seed,
    },
  )
  const drift = new Map(dimensions.map(([name], d) => [name, found[d] as (typeof found)[number]]))
  const alarms = dimensions.flatMap(([name, { versions }], d) =>
    alarmsOf(name, found[d] as (typeof found)[number], { ...file, versions }),
  )
  return { file, drift, alarms }
}

function periodNumber({ periods }: DriftFile, option: string, name: string): number {
  const number = periods.indexOf(name)
  if (number < 0)
    throw new BadUsage(`${option} ${name}: there is no such period; the periods are: ${periods.join(', ')}`)
  return number
}

/** In words, or null for an error that is no fault of the file or the command line. */
function whatWentWrong(error: unknown, file: string): string | null {
  if (error instanceof BadUsage) return `${error.message}\n\n${USAGE}`
  if (error instanceof BadFile) return `${file}: ${error.message}`
  return cannotBeRead(file, error)
}
