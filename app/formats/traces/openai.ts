/** Logs of OpenAI's chat and responses interfaces, batches of them, conversations for training, and files of evals. */
import { createHash } from 'node:crypto'
import { recordWithout } from './gather.ts'
import { interactionOf } from './interaction.ts'
import { type Fields, fieldsIn, listIn, opened, Unclear, wordIn } from './loose-json.ts'
import { momentOf } from './moment.ts'
import { kept } from './span.ts'

/** Logs without ids get one from what they hold; the n-th that holds the same is another. */
export class Names {
  readonly #seen = new Map<string, number>()

  of(content: unknown): string {
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
    const before = this.#seen.get(hash) ?? 0
    this.#seen.set(hash, before + 1)
    return before === 0 ? hash : `${hash}.${before + 1}`
  }
}

/** One call: as request and response side by side, as one object that holds both, or as a whole conversation. */
export function chatRecord(record: Fields, names: Names): Record<string, unknown> {
  const request = fieldsIn(opened(record.request ?? record.body ?? record.kwargs))
  const outer = fieldsIn(opened(record.response))
  const response = { ...outer, ...fieldsIn(outer.body) }
  const asked = request.messages ?? request.input ?? request.prompt ?? record.messages ?? record.input ?? record.prompt
  const answered =
    response.choices ?? response.output ?? record.choices ?? record.output ?? record.completion ?? record.response
  const { input, response: answer, documents, instructions } = interactionOf(asked, answered, ['messages', 'choices'])
  const told = [wordIn(request.instructions), wordIn(record.instructions), instructions].filter(Boolean).join('\n\n')
  const id = wordIn(record.id) ?? wordIn(record.custom_id) ?? wordIn(record.request_id) ?? wordIn(response.id)
  return recordWithout({
    key: id ?? names.of([input, answer]),
    input,
    documents: documents.length > 0 ? documents : undefined,
    response: answer,
    model: wordIn(response.model) ?? wordIn(record.model) ?? wordIn(request.model),
    occurred_at: momentOf(
      record.created ?? record.created_at ?? record.timestamp ?? response.created ?? response.created_at,
      'created',
    ),
    metadata: kept({
      ...fieldsIn(request.metadata),
      ...fieldsIn(opened(record.metadata)),
      user: record.user ?? request.user,
      instructions: told,
    }),
  })
}

/** A sample of an eval: what is asked, and the answers that are ideal, which are kept for writing references. */
export function evalRecord(record: Fields, names: Names): Record<string, unknown> {
  const { input, documents, instructions } = interactionOf(record.input, null, ['input', 'ideal'])
  const ideal = typeof record.ideal === 'string' ? [record.ideal] : listIn(record.ideal)
  if (!ideal.every((one) => typeof one === 'string')) throw new Unclear('ideal', 'must be a text or a list of texts')
  return recordWithout({
    key: wordIn(record.id) ?? names.of([input, ideal]),
    input,
    documents: documents.length > 0 ? documents : undefined,
    metadata: kept({ ...fieldsIn(record.metadata), ideal, instructions }),
  })
}
