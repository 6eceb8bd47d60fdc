import { fork } from 'node:child_process'
import { resolve } from 'node:path'
import { builtProgram, MOST_MEMORY_MB, type Place, SOURCE } from './thread.server.ts'
import type { Answer } from './worker.ts'

/** A process that computes on the database at `url`. It ends when this one does. */
export function processAt(url: string): Place {
  const built = builtProgram()
  const limits = [`--max-old-space-size=${MOST_MEMORY_MB}`, '--max-semi-space-size=16']
  const child = fork(built ?? resolve(SOURCE), [], {
    // Maps, typed arrays and the like arrive as what they are.
    serialization: 'advanced',
    execArgv: built ? limits : [...limits, '--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // Busy as it may be, it does not outlive this process.
  const kill = () => void child.kill()
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return {
    ask: (question) => void child.send(question),
    onAnswer: (take) => child.on('message', (answer) => take(answer as Answer)),
    onEnd: (take) => {
      child.on('error', take)
      child.on('exit', (code, signal) => take(new Error(`the computing process ended with ${code ?? signal}`)))
    },
    hold(on) {
      if (on) child.ref()
      else child.unref()
      if (on) child.channel?.ref()
      else child.channel?.unref()
    },
    end: kill,
  }
}
