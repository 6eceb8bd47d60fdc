import OpenAI from 'openai'
import { env } from '#app/env.server.ts'

/** Longer texts are cut: what such a model takes is bounded. */
const LETTERS = 20_000
const BATCH = 64
const TIMEOUT_MS = 60_000

export type Embed = (texts: readonly string[]) => Promise<number[][]>

/** Turns texts into vectors through the configured service; null where none is configured. */
export function embedder(settings = env().embedding): Embed | null {
  if (settings === null) return null
  const { apiKey, baseUrl, model } = settings
  const client = new OpenAI({ apiKey, baseURL: baseUrl, timeout: TIMEOUT_MS, maxRetries: 2 })
  return async (texts) => {
    const vectors: number[][] = []
    for (let at = 0; at < texts.length; at += BATCH) {
      const input = texts.slice(at, at + BATCH).map((text) => text.slice(0, LETTERS))
      const { data } = await client.embeddings.create({ model, input, encoding_format: 'float' })
      if (data.length !== input.length) {
        throw new Error(`the service answered ${data.length} vectors to ${input.length} texts`)
      }
      vectors.push(...[...data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding))
    }
    return vectors
  }
}

/** The cosine of the angle between two vectors, 0 where they point apart. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  let [product, one, other] = [0, 0, 0]
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0
    product += x * y
    one += x * x
    other += y * y
  }
  return one === 0 || other === 0 ? 0 : Math.min(1, Math.max(0, product / Math.sqrt(one * other)))
}
