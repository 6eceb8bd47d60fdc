import { BadUsage } from './agreement-options.ts'
import { planAgreement } from './plan/plan-agreement.ts'
import { planDrift } from './plan/plan-drift.ts'
import { planRequest, USAGE } from './plan/plan-options.ts'
import { agreementPlanJson, agreementPlanText, driftPlanJson, driftPlanText } from './plan/plan-text.ts'
import { BadFile } from './ratings-file/bad-file.ts'

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
    if (error instanceof BadUsage) io.stderr(`${error.message}\n\n${USAGE}\n`)
    else if (error instanceof BadFile) io.stderr(`${file}: ${error.message}\n`)
    else if (error instanceof Error && 'syscall' in error) io.stderr(`${file} cannot be read: ${error.message}\n`)
    else throw error
    return 2
  }
}
