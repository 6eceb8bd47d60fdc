/** The load generator: requests over kept-alive connections, with the headers a browser would send. */
import { Agent, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export type Answer = { status: number; body: Buffer; encoding: string | undefined; ms: number }

export class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #headers: Record<string, string>
  readonly #port: number

  constructor(port: number, cookie: string) {
    this.#port = port
    this.#headers = {
      Cookie: cookie,
      Origin: `http://127.0.0.1:${port}`,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'Accept-Encoding': 'gzip, deflate, br',
    }
  }

  post(path: string, body: string): Promise<Answer> {
    const since = performance.now()
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          path,
          method: 'POST',
          agent: this.#agent,
          headers: { ...this.#headers, 'Content-Length': Buffer.byteLength(body) },
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', reject)
          response.on('end', () => {
            const encoding = response.headers['content-encoding']
            const ms = performance.now() - since
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts), encoding, ms })
          })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** The JSON of an answer. Throws where the server refused. */
export function jsonOf({ status, body, encoding }: Answer): unknown {
  const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body
  if (status !== 200) throw new Error(`the server answered ${status}: ${plain.toString('utf8').slice(0, 400)}`)
  return JSON.parse(plain.toString('utf8'))
}
