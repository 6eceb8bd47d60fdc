import { calibrate } from '#app/stats/calibration/calibrate.ts'
import { BadUsage } from './agreement-options.ts'
import { calibrationJson } from './calibrate-json.ts'
import { type CalibrateRequest, calibrateRequest, USAGE } from './calibrate-options.ts'
import { scoresOf } from './calibrate-scores.ts'
import { calibrationTable } from './calibrate-table.ts'
import { BadFile, cannotBeRead } from './ratings-file/bad-file.ts'
import { readRatings } from './ratings-file/ratings-file.ts'

/**
 * `assay calibrate FILE`: severities, fair scores and fit of a plain file of ratings, without a database.
 *
 * @returns the exit status: 0, or 2 when the command line or a line of the file is wrong (the reason goes to `stderr`)
 */
export async function runCalibrate(
  argv: string[],
  io: { stdout: (text: string) => void; stderr: (text: string) => void },
): Promise<number> {
  let request: CalibrateRequest | null = null
  try {
    request = calibrateRequest(argv)
    if (request === null) {
      io.stdout(USAGE)
      return 0
    }
    const scores = scoresOf(readRatings(request.file, { levels: null, by: null }), request.version)
    const calibration = calibrate(scores, request)
    io.stdout(request.json ? calibrationJson(request, scores, calibration) : calibrationTable(scores, calibration))
    return 0
  } catch (error) {
    const message = whatWentWrong(error, request?.file ?? '')
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
