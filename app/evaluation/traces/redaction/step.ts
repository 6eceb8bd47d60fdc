/** Where a text holds something personal: letters from `start` up to `end`. */
export type Found = { start: number; end: number }

/** A step of redaction: pure, linear in the length of the text, and free to find nothing. */
export type Step = {
  /** What is written in place of what was found, in brackets, and counted under. */
  kind: string
  find: (text: string) => Found[]
}

export type Counts = Record<string, number>

/** A passage that was masked, with what it was. */
export type Masked = { kind: string; text: string }

/** The text with everything the steps find masked. Where two finds overlap the earlier step's counts. */
export function redacted(text: string, steps: readonly Step[]): { text: string; masked: Masked[] } {
  let all: Named[] = []
  for (const { kind, find } of steps) {
    const added = apart(find(text), all).map((found) => ({ ...found, kind }))
    if (added.length > 0) all = [...all, ...added].sort((a, b) => a.start - b.start)
  }
  if (all.length === 0) return { text, masked: [] }
  let made = ''
  let at = 0
  const masked: Masked[] = []
  for (const { kind, start, end } of all) {
    made += `${text.slice(at, start)}[${kind}]`
    masked.push({ kind, text: text.slice(start, end) })
    at = end
  }
  return { text: made + text.slice(at), masked }
}

type Named = Found & { kind: string }

/** Of what a step found, in the order of the text, that which overlaps neither what is taken nor what it found before. */
function apart(found: readonly Found[], taken: readonly Named[]): Found[] {
  let at = 0
  let end = 0
  return found.filter((one) => {
    while (at < taken.length && (taken[at] as Named).end <= one.start) at++
    const free = one.start >= end && (taken[at]?.start ?? Number.POSITIVE_INFINITY) >= one.end
    if (free) end = one.end
    return free
  })
}
