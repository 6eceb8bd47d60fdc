/** Messages as the chat formats spell them, read into who said what. */
import { type Fields, fieldsIn, isFields, listIn, opened, Unclear, wordIn } from './loose-json.ts'

export type Role = 'system' | 'user' | 'assistant' | 'tool'
export type Said = { role: Role; text: string; name: string | undefined }

const ROLES: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  aimessagechunk: 'assistant',
  model: 'assistant',
  tool: 'tool',
  function: 'tool',
}

/** Items beside the messages of a list that say nothing: calls of tools, and what a model thought to itself. */
const SILENT = /^(function_call|tool_call|reasoning|.*_call)$/

/**
 * What was said, in order; null for what is no list of messages.
 *
 * @throws Unclear for a role that nothing is known of
 */
export function messagesIn(value: unknown, field: string): Said[] | null {
  const read = opened(value)
  const list = flat(Array.isArray(read) ? read : [read])
  if (list.length === 0 || !list.some((one) => isFields(one) && isMessage(one))) return null
  return list.flatMap((one, i) => saidBy(fieldsIn(one), `${field}[${i}]`))
}

/** LangChain wraps the messages of a call in a list of their own. */
const flat = (list: readonly unknown[]): readonly unknown[] =>
  list.length === 1 && Array.isArray(list[0]) ? (list[0] as readonly unknown[]) : list

const CLASS = /^(Human|AI|System|Tool|Function|Chat)Message(Chunk)?$/

/** The name of the class of a message that LangChain serialised. */
const classOf = (message: Fields): string | undefined => {
  const name = listIn(message.id).at(-1)
  return typeof name === 'string' && CLASS.test(name) ? name.replace(/Message(Chunk)?$/, '') : undefined
}

function isMessage(one: Fields): boolean {
  if (classOf(one) !== undefined) return true
  const content =
    one.content !== undefined || one.parts !== undefined || isFields(one.data) || one.tool_calls !== undefined
  return (typeof one.role === 'string' && content) || (typeof one.type === 'string' && one.type in ROLES && content)
}

function saidBy(message: Fields, field: string): Said[] {
  const type = wordIn(message.type)
  if (message.role === undefined && type === 'function_call_output') {
    return [{ role: 'tool', text: partsText(message.output), name: undefined }]
  }
  if (message.role === undefined && type !== undefined && SILENT.test(type)) return []
  const inner = { ...message, ...fieldsIn(message.kwargs), ...fieldsIn(message.data) }
  const named = wordIn(message.role) ?? classOf(message) ?? type
  const role = ROLES[named?.toLowerCase() ?? '']
  if (role === undefined) {
    throw new Unclear(
      `${field}.role`,
      named === undefined
        ? 'is missing: each message says whose it is'
        : `“${named.slice(0, 40)}” is none of the roles that are known: system, developer, user, human, assistant, ai, model, tool, function`,
    )
  }
  const content = inner.content ?? inner.parts
  const text = partsText(content)
  const results = listIn(content).flatMap((part) => toolResult(fieldsIn(part)))
  const said: Said[] = text.trim() === '' ? [] : [{ role, text, name: wordIn(inner.name) }]
  return [...results, ...said]
}

/** In the conventions of OpenTelemetry a tool's answer is a part of a message. */
function toolResult(part: Fields): Said[] {
  if (part.type !== 'tool_call_response' && part.type !== 'tool_result') return []
  const text = partsText(part.response ?? part.result ?? part.content)
  return text.trim() === '' ? [] : [{ role: 'tool', text, name: wordIn(part.name) }]
}

/** The text of a message's content: a text, or the texts of its parts; what is no text is named in brackets. */
export function partsText(content: unknown): string {
  if (typeof content === 'string') return content
  if (isFields(content)) return partText(content) ?? JSON.stringify(content)
  return listIn(content)
    .map((part) => (typeof part === 'string' ? part : (partText(fieldsIn(part)) ?? '')))
    .filter((text) => text !== '')
    .join('\n\n')
}

function partText(part: Fields): string | null {
  const type = wordIn(part.type) ?? 'text'
  if (/text$|refusal/.test(type)) return partsText(part.text ?? part.content ?? part.refusal ?? '')
  if (/image|blob|uri|file|audio|video|media/.test(type))
    return `[${wordIn(part.modality) ?? type.replace(/^input_|_url$/g, '')}]`
  return null
}
