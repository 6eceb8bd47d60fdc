import type { TracePreview } from '#app/evaluation/traces/preview.ts'
import { FORMAT_NAMES } from '#app/formats/traces/told-apart.ts'

const BEGINNING = 100

const n = (count: number) => count.toLocaleString('en')

/** How a text begins, on one line. */
const beginning = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > BEGINNING ? `${line.slice(0, BEGINNING)}…` : line
}

/** What an import of traces would store, as text for a terminal. */
export function previewText(found: TracePreview): string {
  const { format, mapping, traces, withoutAnswer, passed, errors, redaction, sample } = found
  const wide = Math.max(0, ...mapping.map(([ours]) => ours.length))
  return [
    `Nothing was stored. ${format === null ? 'Of no format that is known' : `The file is ${FORMAT_NAMES[format]}`}: ${n(traces)} traces, ${n(withoutAnswer)} of them without an answer.`,
    ...Object.entries(passed).map(([why, count]) => `  No traces of their own: ${n(count)} ${why}.`),
    '',
    ...(mapping.length > 0
      ? ['What the fields become:', ...mapping.map(([ours, theirs]) => `  ${ours.padEnd(wide)}  ${theirs}`), '']
      : []),
    redaction.length === 0 ? 'Nothing would be masked.' : 'What would be masked:',
    ...redaction.map(
      (one) => `  ${one.kind}: ${n(one.count)} in ${n(one.traces)} traces, such as ${one.examples.join(', ')}`,
    ),
    '',
    ...(sample.length > 0 ? ['The first traces, as they would be stored:'] : []),
    ...sample.flatMap((trace) => [
      `  ${trace.key}  ${[trace.occurred_at, trace.model, trace.system_version].filter(Boolean).join(', ')}`,
      `    asked     ${beginning(trace.input)}`,
      `    answered  ${beginning(trace.response ?? '') || '(nothing)'}`,
    ]),
    ...(errors.length > 0
      ? ['', `What is wrong with it (${n(errors.length)}${errors.length >= 100 ? ' and maybe more' : ''}):`]
      : []),
    ...errors.map(
      ({ line, field, reason }) =>
        `  ${[line === null ? '' : `line ${line}`, field ?? ''].filter(Boolean).join(', ')}${line === null && field === null ? '' : ': '}${reason}`,
    ),
    '',
  ].join('\n')
}
