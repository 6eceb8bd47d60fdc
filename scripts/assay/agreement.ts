import { agreementJson } from './agreement-json.ts'
import { type AgreementRequest, agreementRequest, BadUsage, USAGE } from './agreement-options.ts'
import { agreementReport } from './agreement-report.ts'
import { agreementTable } from './agreement-table.ts'
import { BadFile, cannotBeRead } from './ratings-file/bad-file.ts'
import { readRatings } from './ratings-file/ratings-file.ts'

/**
 * `assay agreement FILE`: agreement of a plain file of ratings, without a database.
 *
 * @returns the exit status: 0, or 2 when the command line or a line of the file is wrong (the reason goes to `stderr`)
 */
export async function runAgreement(
  argv: string[],
  io: { stdout: (text: string) => void; stderr: (text: string) => void },
): Promise<number> {
  let request: AgreementRequest | null = null
  try {
    request = agreementRequest(argv)
    if (request === null) {
      io.stdout(USAGE)
      return 0
    }
    const ratings = readRatings(request.file, request)
    refuseMeaningless(request, ratings.levels)
    const report = agreementReport(request, ratings)
    io.stdout(request.json ? agreementJson(report) : agreementTable(report))
    return 0
  } catch (error) {
    const message = whatWentWrong(error, request?.file ?? '')
    if (message === null) throw error
    io.stderr(`${message}\n`)
    return 2
  }
}

function refuseMeaningless({ weights }: AgreementRequest, levels: readonly number[]): void {
  const [lowest = 0] = levels
  if (weights === 'ratio' && lowest < 0)
    throw new BadUsage(`--weights ratio has no meaning for negative levels (the lowest is ${lowest})`)
}

/** In words, or null for an error that is no fault of the file or the command line. */
function whatWentWrong(error: unknown, file: string): string | null {
  if (error instanceof BadUsage) return `${error.message}\n\n${USAGE}`
  if (error instanceof BadFile) return `${file}: ${error.message}`
  return cannotBeRead(file, error)
}
