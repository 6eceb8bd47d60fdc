import { readdirSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/**
 * Lets those who rate go first. On Linux each thread has a priority of its own: a process's helpers, which collect its garbage,
 * are lowered with it. Elsewhere it is the whole process that would be lowered, so a thread leaves it.
 */
export function lowerPriority(which: 'this thread' | 'all threads'): void {
  if (process.platform === 'linux') {
    const threads = which === 'this thread' ? [0] : readdirSync('/proc/self/task').map(Number)
    for (const thread of threads) setPriority(thread, constants.priority.PRIORITY_LOW)
  } else if (which === 'all threads') setPriority(constants.priority.PRIORITY_LOW)
}
