/** Entries of the audit log as sentences. */
import { REFERENCE_TELLERS } from './reference-tellers.ts'
import { list, many, type NameOf, named, quoted, type Teller, type Told, text } from './telling.ts'

export type { NameOf, Told }

const roundOf = ({ detail }: Told, nameOf: NameOf): string => {
  const id = text(detail.round)
  const name = id === undefined ? undefined : nameOf(id)
  return name === undefined ? '' : ` in the round ${quoted(name)}`
}

/** "version 2 of the rubric “Tone”"; entries from before the name was recorded go without it. */
const versionOf = ({ detail }: Told): string => {
  const name = text(detail.name)
  return `version ${text(detail.version)} of ${name === undefined ? 'a rubric' : `the rubric ${quoted(name)}`}`
}
const answerOf = (entry: Told, nameOf: NameOf): string =>
  `the answer of ${text(entry.detail.system)} to the case ${quoted(named(entry, nameOf))}`

const imported: Teller = ({ action, detail }) =>
  `imported ${action.split('.')[0]} from ${quoted(text(detail.fileName) ?? 'a file')}: ${text(detail.added)} new, ${text(detail.unchanged)} there already`

/** Every action there is, and how it is told of its actor: "Ada Moreau ..." */
const TELLERS: Record<string, Teller> = {
  ...REFERENCE_TELLERS,
  'session.opened': () => 'signed in',
  'sessions.ended': () => 'signed out everywhere',
  'person.made': (entry, nameOf) => `made the account of ${named(entry, nameOf)}`,
  'person.renamed': ({ detail }) => `changed their name from ${text(detail.from)} to ${text(detail.to)}`,
  'password.changed': () => 'changed their password',
  'password.set': () => 'set a new password by a link',
  'password-link.made': (entry, nameOf) => `made a link that sets a new password for ${named(entry, nameOf)}`,
  'roles.changed': (entry, nameOf) => {
    const { added, removed } = entry.detail
    const changes = [many(added) ? `gave ${list(added)}` : '', many(removed) ? `took ${list(removed)}` : '']
    return `changed the roles of ${named(entry, nameOf)}: ${changes.filter(Boolean).join(', ')}`
  },
  'account.disabled': (entry, nameOf) => `disabled the account of ${named(entry, nameOf)}`,
  'account.enabled': (entry, nameOf) => `enabled the account of ${named(entry, nameOf)} again`,
  'invitation.made': (entry, nameOf) => `invited ${named(entry, nameOf)} as ${list(entry.detail.roles)}`,
  'invitation.renewed': (entry, nameOf) => `made a new link for the invitation of ${named(entry, nameOf)}`,
  'invitation.revoked': (entry, nameOf) => `took the invitation of ${named(entry, nameOf)} back`,
  'invitation.accepted': ({ detail }) => `accepted an invitation and is now ${list(detail.roles)}`,
  'project.made': (entry, nameOf) => `made the project ${quoted(named(entry, nameOf))}`,
  'project.changed': ({ detail }) => `changed the project’s settings: ${Object.keys(detail).join(', ')}`,
  'pool-settings.changed': ({ detail }) =>
    `changed how the pools are filled and turned: ${Object.keys(detail).join(', ')}`,
  'pools.rotated': ({ detail }) =>
    `rotated the pools: ${text(detail.graduated)} cases graduated, ${text(detail.retired)} retired, ${text(detail.entered)} entered the holdout`,
  'rotation.undone': ({ detail }) =>
    `undid a rotation: ${text(detail.cases)} cases are back in their pools, ${text(detail.traces)} traces wait again`,
  'rotation.opened': ({ detail }) => `opened ${text(detail.cases)} cases that a rotation let out of the holdout`,
  'rotation-feed.made': () => 'made a calendar feed of the rotations',
  'rotation-feed.removed': () => 'ended the calendar feed of the rotations',
  'files.scanned': ({ detail }) => `searched ${text(detail.files)} files for cases and found ${text(detail.cases)}`,
  'demo.seeded': () => 'made the demo workspace',
  'item.skipped': (entry, nameOf) => `skipped an item${roundOf(entry, nameOf)}`,
  'item.flagged': (entry, nameOf) => `flagged an item${roundOf(entry, nameOf)} (${text(entry.detail.kind) ?? 'flag'})`,
  'references.seen': (entry, nameOf) => `opened the references of an item${roundOf(entry, nameOf)}`,
  'rating.submitted': (entry, nameOf) => `submitted a rating${roundOf(entry, nameOf)}`,
  'rating.corrected': (entry, nameOf) => `corrected a rating${roundOf(entry, nameOf)}`,
  'rating.undone': (entry, nameOf) => `took a rating back${roundOf(entry, nameOf)}`,
  'case.archived': (entry, nameOf) => `archived the case ${quoted(named(entry, nameOf))}`,
  'case.restored': (entry, nameOf) => `brought the case ${quoted(named(entry, nameOf))} back from the archive`,
  'anchor.picked': (entry, nameOf) => `made ${answerOf(entry, nameOf)} an anchor`,
  'anchor.retired': (entry, nameOf) => `retired the anchor, ${answerOf(entry, nameOf)}`,
  'anchor.restored': (entry, nameOf) => `brought the anchor back, ${answerOf(entry, nameOf)}`,
  'anchors.drawn': ({ detail }) =>
    `drew ${text(detail.drawn)} anchors of ${text(detail.of)} responses, ${detail.how === 'screened' ? 'near mid-scale' : 'at random'}`,
  'flag.resolved': () => 'marked a flagged item as seen to',
  'round.created': (entry, nameOf) => {
    const { items, overlap, raters } = entry.detail
    return `made the round ${quoted(named(entry, nameOf))}: ${items} items, ${overlap} raters each, of ${raters}`
  },
  'bridge.created': (entry, nameOf) => {
    const { items, overlap, raters, from, to } = entry.detail
    return `made the round ${quoted(named(entry, nameOf))} as a bridge from version ${from} to ${to}: ${items} items, ${overlap} raters each, of ${raters}`
  },
  'round.opened': (entry, nameOf) => `opened the round ${quoted(named(entry, nameOf))}`,
  'round.reopened': (entry, nameOf) => `opened the round ${quoted(named(entry, nameOf))} again`,
  'round.closed': (entry, nameOf) => `closed the round ${quoted(named(entry, nameOf))}`,
  'round.changed': (entry, nameOf) =>
    `changed the round ${quoted(named(entry, nameOf))}: ${list(entry.detail.changed)}`,
  'round.raters-added': (entry, nameOf) => {
    const raters = Array.isArray(entry.detail.raters) ? entry.detail.raters.map(String) : []
    return `added ${list(raters.map((id) => nameOf(id) ?? id.slice(-8)))} to the round ${quoted(named(entry, nameOf))}`
  },
  'bridge.places-handed-over': (entry, nameOf) => {
    const { rater, responses } = entry.detail
    const name = nameOf(String(rater)) ?? String(rater).slice(-8)
    return `gave ${responses} ${responses === 1 ? 'response' : 'responses'} kept for ${name} in the bridge ${quoted(named(entry, nameOf))} to others`
  },
  'rubric.created': ({ detail }) => `wrote the rubric ${quoted(text(detail.key) ?? '')}`,
  'rubric.version-created': (entry) => {
    const from = text(entry.detail.basedOn)
    return `drafted ${versionOf(entry)}${from === undefined ? '' : ` from version ${from}`}`
  },
  'rubric.draft-saved': (entry) => `changed the draft of ${versionOf(entry)}`,
  'rubric.draft-discarded': (entry) => `discarded the draft of ${versionOf(entry)}`,
  'rubric.version-published': (entry) => `published ${versionOf(entry)}`,
  'rubric.version-retired': (entry) => `retired ${versionOf(entry)}`,
  'rubric.version-restored': (entry) => `took ${versionOf(entry)} back into use`,
  'seal-key.changed': ({ detail }) =>
    `changed the seal key to ${text(detail.name)}: ${text(detail.texts)} texts sealed anew`,
  'seal.break-asked': (entry, nameOf) => `asked to break the seal of the case ${quoted(named(entry, nameOf))}`,
  'seal.broken': (entry, nameOf) =>
    `agreed to break the seal of the case ${quoted(named(entry, nameOf))}, which retires with the next rotation`,
  'seal.break-refused': (entry, nameOf) => `refused to break the seal of the case ${quoted(named(entry, nameOf))}`,
  'seal.break-withdrawn': (entry, nameOf) =>
    `took back the request to break the seal of the case ${quoted(named(entry, nameOf))}`,
  'cases.imported': imported,
  'responses.imported': imported,
  'references.imported': imported,
  'ratings.imported': imported,
  'traces.imported': imported,
  'cases.sampled': ({ detail }) =>
    `sampled ${text(detail.cases)} cases from traces${detail.rotation === undefined ? '' : ' for a rotation'}: ${text(detail.active)} active, ${text(detail.holdout)} in the holdout`,
  'traces.assigned': ({ detail }) => {
    const parts = [text(detail.category), text(detail.userSegment)].filter((part) => part !== undefined)
    return `assigned ${text(detail.traces)} traces${detail.by === 'rules' ? ' by rules' : ` to ${parts.map(quoted).join(' and ') || 'nothing'}`}`
  },
  'traces.assignment-undone': ({ detail }) => `took back the assignment of ${text(detail.traces)} traces`,
  'traces.merged': ({ detail }) => `merged ${text(detail.traces)} traces into those they repeat`,
  'traces.unmerged': ({ detail }) => `took ${text(detail.traces)} traces apart again`,
  'traces.kept-apart': ({ detail }) => `found that ${text(detail.traces)} traces near each other are no duplicates`,
  'traces.excluded': ({ detail }) => `left ${text(detail.traces)} traces out of sampling`,
  'traces.included': ({ detail }) => `took ${text(detail.traces)} traces back into sampling`,
  'trace-rules.changed': ({ detail }) => `changed the rules that assign traces: ${text(detail.rules)} now`,
}

/** The actions that are told of, for a filter. */
export const ACTIONS = Object.keys(TELLERS)

const spaced = (noun: string): string => noun.replaceAll('-', ' ')

/** The kinds of things that entries are about, for a filter. */
export const SUBJECTS = [
  'person',
  'invitation',
  'project',
  'case',
  'import',
  'sampling',
  'rotation',
  'scan',
  'rubric version',
  'round',
  'item',
  'rating',
  'seal key',
] as const

/** What an action is called by itself: `round.opened` is "round opened". */
export const actionLabel = (action: string): string => spaced(action.replace('.', ' '))

/** What the entry's actor did. An action that is not told of above is told from its own words. */
export function sentenceOf(entry: Told, nameOf: NameOf): string {
  const tell = TELLERS[entry.action]
  if (tell) return tell(entry, nameOf)
  const [noun = entry.action, verb = 'changed'] = entry.action.split('.')
  return `${spaced(verb)} the ${spaced(noun)} ${quoted(named(entry, nameOf))}`
}
