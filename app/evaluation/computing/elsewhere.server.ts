import { processAt } from './process.server.ts'
import type { Task } from './task.ts'
import { type Place, threadAt } from './thread.server.ts'
import type { Answer, Question } from './worker.ts'

const IDLE_MS = 10 * 60_000

type Kind = Task<unknown, unknown>['takes']
type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void }
type Busy = { place: Place; waiting: Map<number, Waiting>; idle: NodeJS.Timeout }

/** By kind and database. */
const places = new Map<string, Busy>()
let asked = 0

/**
 * Has the thread or process of a kind do a task on the database at `url`; starts it when it is not running, and lets it go after
 * ten idle minutes. Rejects when the task fails, or the place it is done in.
 */
export function elsewhere(kind: Kind, url: string, question: Question): Promise<unknown> {
  const key = keyOf(kind, url)
  const busy = places.get(key) ?? start(key, kind, url)
  const id = ++asked
  busy.idle.refresh()
  return new Promise((resolve, reject) => {
    busy.waiting.set(id, { resolve, reject })
    busy.place.hold(true)
    busy.place.ask({ id, ...question })
  })
}

/** Whether the thread or process of a kind is running; if so, it stays for another ten minutes. */
export function isThere(kind: Kind, url: string): boolean {
  const busy = places.get(keyOf(kind, url))
  busy?.idle.refresh()
  return busy !== undefined
}

const keyOf = (kind: Kind, url: string): string => `${kind} ${url}`

/**
 * A process, wherever it will do: in a thread the garbage is collected by helpers shared with the thread that answers raters, at
 * its priority, and the memory is the server's.
 */
const placeFor = (kind: Kind, url: string): Place => (kind === 'files' ? threadAt(url) : processAt(url))

function start(key: string, kind: Kind, url: string): Busy {
  const place = placeFor(kind, url)
  const waiting = new Map<number, Waiting>()
  const idle = setInterval(() => letGo(key, busy), IDLE_MS).unref()
  const busy: Busy = { place, waiting, idle }
  places.set(key, busy)
  place.onAnswer((answer: Answer) => {
    const one = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (waiting.size === 0) place.hold(false)
    if ('error' in answer) one?.reject(new Error(answer.error))
    else one?.resolve(answer.value)
  })
  place.onEnd((error) => giveUp(key, busy, error))
  return busy
}

function giveUp(key: string, busy: Busy, error: Error): void {
  if (places.get(key) === busy) places.delete(key)
  clearInterval(busy.idle)
  for (const { reject } of busy.waiting.values()) reject(error)
  busy.waiting.clear()
}

function letGo(key: string, busy: Busy): void {
  if (busy.waiting.size > 0) return
  places.delete(key)
  clearInterval(busy.idle)
  busy.place.end()
}
