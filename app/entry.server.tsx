import { PassThrough } from 'node:stream'
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { log } from './log.server.ts'
import { NonceProvider } from './ui/nonce.ts'

export { checkStart, startWork, stopWork } from './work.server.ts'

const PATIENCE_MS = 10_000

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  { nonce }: AppLoadContext & { nonce?: string },
): Promise<Response> {
  const whole = isbot(request.headers.get('User-Agent') ?? '')
  return new Promise((resolve, reject) => {
    let answered = false
    let answer = status
    const send = () => {
      answered = true
      const body = new PassThrough()
      headers.set('Content-Type', 'text/html; charset=utf-8')
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answer }))
      pipe(body)
    }
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce ?? ''}>
        <RemixServer context={context} url={request.url} nonce={nonce} abortDelay={PATIENCE_MS} />
      </NonceProvider>,
      {
        nonce,
        [whole ? 'onAllReady' : 'onShellReady']: send,
        onShellError: reject,
        onError(error: unknown) {
          answer = 500
          if (answered) log().error({ err: error }, 'drawing failed')
        },
      },
    )
    setTimeout(abort, PATIENCE_MS + 1000).unref()
  })
}

/** Unexpected failures of loaders and actions. A request that its sender gave up is none. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return
  log().error({ err: error, method: request.method, path: new URL(request.url).pathname }, 'request failed')
}
