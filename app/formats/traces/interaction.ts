/** What went in and what came out, in whatever shape an application logged it, as question, answer and context. */

import { type Fields, isFields, listIn, opened, wordIn } from './loose-json.ts'
import { messagesIn, partsText, type Said } from './messages.ts'

export type Document = { title: string; text: string }

export type Interaction = {
  input: string
  response: string
  documents: Document[]
  /** What the product was told to do, before the user said anything. */
  instructions: string
}

const ASKED = [
  'messages',
  'input',
  'question',
  'query',
  'prompt',
  'user_input',
  'user_query',
  'message',
  'text',
  'content',
]
const ANSWERED = [
  'choices',
  'generations',
  'messages',
  'output',
  'answer',
  'response',
  'completion',
  'result',
  'text',
  'message',
  'content',
]
const GIVEN = [
  'context',
  'contexts',
  'documents',
  'docs',
  'retrieved_documents',
  'retrieved_contexts',
  'source_documents',
]

/** `asked` and `answered` as they were logged; `names` is what their fields are called, for messages. */
export function interactionOf(asked: unknown, answered: unknown, names: readonly [string, string]): Interaction {
  const into = told(opened(asked), ASKED, names[0])
  const out = told(opened(answered), ANSWERED, names[1])
  const said = typeof into.told === 'string' ? null : into.told
  const talk = said?.filter(({ role }) => role === 'user' || role === 'assistant') ?? []
  const answer = typeof out.told === 'string' ? out.told : lastWord(out.told)
  // A log of a whole conversation ends with its answer.
  const closing = answer.trim() === '' && talk.length > 1 && talk.at(-1)?.role === 'assistant' ? talk.pop() : undefined
  return {
    input: typeof into.told === 'string' ? into.told : transcript(talk),
    response: closing?.text ?? answer,
    documents: [...into.documents, ...toolDocuments(said ?? []), ...out.documents],
    instructions: (said ?? []).flatMap(({ role, text }) => (role === 'system' ? [text] : [])).join('\n\n'),
  }
}

type Told = { told: string | Said[]; documents: Document[] }

/** Follows the names that applications give to what matters, down to a text or messages. */
function told(value: unknown, names: readonly string[], field: string, depth = 0): Told {
  if (value === undefined || value === null) return { told: '', documents: [] }
  if (typeof value === 'string') return { told: value, documents: [] }
  const messages = messagesIn(value, field)
  if (messages) return { told: messages, documents: [] }
  if (Array.isArray(value) && value.length > 0 && depth < 4 && names === ANSWERED)
    return told(value[0], names, field, depth + 1)
  if (isFields(value) && depth < 4) {
    const name = names.find((one) => filled(value[one])) ?? onlyName(value)
    const documents = GIVEN.flatMap((one) => (one === name ? [] : documentsIn(value[one])))
    if (name !== undefined) {
      const within = told(opened(value[name]), names, `${field}.${name}`, depth + 1)
      return { told: within.told, documents: [...documents, ...within.documents] }
    }
  }
  return { told: Object.keys(value as object).length === 0 ? '' : JSON.stringify(value, null, 2), documents: [] }
}

const filled = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

const onlyName = (value: Fields): string | undefined => {
  const names = Object.keys(value)
  return names.length === 1 ? names[0] : undefined
}

const lastWord = (said: readonly Said[]): string => said.filter(({ role }) => role === 'assistant').at(-1)?.text ?? ''

/** One question as it was asked; a conversation with whose turn each was. */
function transcript(talk: readonly Said[]): string {
  const [only] = talk
  if (only === undefined) return ''
  if (talk.length === 1) return only.text
  return talk.map(({ role, text }) => `**${role === 'user' ? 'User' : 'Assistant'}:** ${text}`).join('\n\n')
}

const toolDocuments = (said: readonly Said[]): Document[] =>
  said.flatMap(({ role, text, name }) =>
    role === 'tool' ? [{ title: name === undefined ? 'Result of a tool' : `Result of ${name}`, text }] : [],
  )

/** The documents in what a retriever, a tool or an application's own field gave. */
export function documentsIn(value: unknown): Document[] {
  const read = opened(value)
  if (typeof read === 'string') return read.trim() === '' ? [] : [{ title: 'Context', text: read }]
  if (isFields(read)) {
    const list = GIVEN.concat('output', 'results').find((name) => Array.isArray(read[name]))
    return list === undefined ? one(read, 0) : documentsIn(read[list])
  }
  return listIn(read).flatMap((entry, i) =>
    typeof entry === 'string' ? one({ text: entry }, i) : isFields(entry) ? one(entry, i) : [],
  )
}

const LONGEST_TITLE = 200

function one(entry: Fields, i: number): Document[] {
  const text = partsText(entry.page_content ?? entry.text ?? entry.content ?? entry.document ?? '')
  const about = isFields(entry.metadata) ? entry.metadata : {}
  const title = wordIn(entry.title) ?? wordIn(about.title) ?? wordIn(about.source) ?? wordIn(entry.id)
  return text.trim() === ''
    ? []
    : [{ title: title?.replace(/\s+/g, ' ').slice(0, LONGEST_TITLE) ?? `Document ${i + 1}`, text }]
}
