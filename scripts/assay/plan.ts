import { BadUsage } from './agreement-options.ts'
import { planAgreement } from './plan/plan-agreement.ts'
import { planDrift } from './plan/plan-drift.ts'
import { planRequest, USAGE } from './plan/plan-options.ts'
import { agreementPlanJson, agreementPlanText, driftPlanJson, driftPlanText } from './plan/plan-text.ts'
import { BadFile, cannotBeRead } from './ratings-file/bad-file.ts'

/**
 * `assay plan agreement` and `assay plan drift`: how many ratings a wanted certainty takes, without a database.
 *
 * @returns the exit status: 0, or 2 when the command line or a line of the pilot is wrong (the reason goes to `stderr`)
 */
export async function runPlan(
  argv: string[],
  io: { stdout: (text: string) => void; stderr: (text: string) => void },
): Promise<number> {
  let file = ''
  try {
    const request = planRequest(argv)
    if (request === null) {
      io.stdout(USAGE)
      return 0
    }
    file = request.file ?? ''
    if (request.what === 'agreement') {
      const found = planAgreement(request)
      io.stdout(request.json ? agreementPlanJson(request, found) : agreementPlanText(request, found))
    } else {
      const found = planDrift(request)
      io.stdout(request.json ? driftPlanJson(request, found) : driftPlanText(request, found))
    }
    return 0
  } catch (error) {
    const message = whatWentWrong(error, file)
    if (message === null) throw error
    io.stderr(`${message}\n`)
    return 2
  }
}

/** In words, or null for an error that is no fault of the file or the command line. */
function whatWentWrong(error: unknown, file: string): string | null {
  if (error instanceof BadUsage) return `${error.message}\n\n${USAGE}`
  if (error instanceof BadFile) return `${file}: ${error.message}`
  return cannotBeRead(file, error)
}
