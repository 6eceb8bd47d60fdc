import { named, quoted, type Teller, text } from './telling.ts'

/** What is told of the life of references. */
export const REFERENCE_TELLERS: Record<string, Teller> = {
  'reference.written': (entry, nameOf) =>
    `wrote a ${text(entry.detail.quality)} reference for the case ${quoted(named(entry, nameOf))}`,
  'reference.validated': (entry, nameOf) =>
    `validated the ${text(entry.detail.quality)} reference of the case ${quoted(named(entry, nameOf))}`,
  'reference.refused': (entry, nameOf) =>
    `refused the ${text(entry.detail.quality)} reference of the case ${quoted(named(entry, nameOf))}`,
  'references.asked': (entry, nameOf) =>
    entry.subject === 'case'
      ? `asked for the ${text(entry.detail.quality)} reference of the case ${quoted(named(entry, nameOf))} to be ${entry.detail.check ? 'checked' : 'written'}`
      : `asked for ${text(entry.detail.write)} references to be written and ${text(entry.detail.check)} to be checked`,
  'reference.withdrawn': (entry, nameOf) =>
    `no longer asks for the ${text(entry.detail.quality)} reference of the case ${quoted(named(entry, nameOf))} to be ${entry.detail.kind === 'check' ? 'checked' : 'written'}`,
  'candidate.taken-up': (entry, nameOf) =>
    `took up a rater’s better answer to the case ${quoted(named(entry, nameOf))} as a ${text(entry.detail.quality)} reference`,
  'candidate.declined': (entry, nameOf) => `declined a better answer to the case ${quoted(named(entry, nameOf))}`,
  'cases.pushed': ({ detail }) =>
    `pushed files of cases: ${text(detail.created)} made, the references of ${text(detail.changed)} changed`,
  'closeness.calibrated': ({ detail }) =>
    `calibrated closeness by ${text(detail.measure)} from ${text(detail.responses)} responses`,
}
