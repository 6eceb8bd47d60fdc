/** Raters who work through a round over HTTP, each with a session of their own. */
import { newId, newToken, now, sha256 } from '#app/ambient.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { sessions } from '#db/schema/people.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import { type Answer, Client, jsonOf } from './client.ts'
import type { Filled } from './fill.ts'

const DAY_MS = 86_400_000

/** Opens a session for every rater, as signing in does; returns their cookies. */
export async function openSessions({ url, raters }: Filled): Promise<string[]> {
  const store = openSqlite(url)
  const opened = raters.map((rater) => ({ rater, token: newToken() }))
  await store.write(async (tx) => {
    for (const { rater, token } of opened) {
      const [createdAt, expiresAt] = [now(), now() + 30 * DAY_MS]
      await tx.insert(sessions).values({ id: sha256(token), userId: rater.user.id, createdAt, expiresAt })
    }
  })
  await store.close()
  return opened.map(({ token }) => `assay=${token}`)
}

export class HttpRater {
  readonly client: Client
  readonly #path: string
  readonly #content: Content
  #order: string[] = []

  constructor(filled: Filled, port: number, cookie: string) {
    this.client = new Client(port, cookie)
    this.#path = `/p/${filled.project.slug}/rate/${filled.round}`
    const score = { level: 3, cannotJudge: null, note: '' }
    const scores = Object.fromEntries(filled.rubric.dimensions.map((dimension) => [dimension.id, score]))
    this.#content = { scores, closest: null, betterAnswer: '', evidence: [], activeMs: 20_000 }
  }

  /** Asks for the items in hand. */
  async next(): Promise<Answer> {
    return this.#take(await this.client.post(`${this.#path}/next`, JSON.stringify({ known: [] })))
  }

  /** What the next submit sends. */
  body(): string {
    const [assignment] = this.#order
    if (!assignment) throw new Error('the queue ran dry')
    return JSON.stringify({ assignment, submissionId: newId(), content: this.#content, known: this.#order })
  }

  /** One cycle: submits the item in hand, which brings the next. */
  async cycle(): Promise<Answer> {
    return this.#take(await this.client.post(`${this.#path}/submit`, this.body()))
  }

  #take(answer: Answer): Answer {
    this.#order = (jsonOf(answer) as { order: string[] }).order
    return answer
  }
}
