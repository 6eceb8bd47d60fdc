import { describe, expect, it } from 'vitest'
import { tell } from './failure.tsx'

/** An error as Remix hands a thrown response to a boundary. */
const thrown = (status: number, message?: string) => ({
  status,
  statusText: '',
  internal: false,
  data: message === undefined ? null : { problem: { message } },
})

describe('tell', () => {
  it('passes on what the server said', () => {
    expect(tell(thrown(403, 'This needs the role lead.'))).toMatchObject({
      title: 'Not yours to open',
      message: 'This needs the role lead.',
      way: 'start',
    })
  })

  it('sends the signed-out to sign in, and offers to try again what may work later', () => {
    expect(tell(thrown(401, 'Signed out.')).way).toBe('sign-in')
    expect(tell(thrown(503, 'Busy.')).way).toBe('again')
  })

  it('has words for a response without any', () => {
    expect(tell(thrown(405)).message).not.toBe('')
  })

  it('reads the message where the body came as text', () => {
    const body = JSON.stringify({ problem: { message: 'Open the other address.' } })
    expect(tell({ ...thrown(403), data: body }).message).toBe('Open the other address.')
    expect(tell({ ...thrown(403), data: '<html>' }).message).toContain('leads nowhere')
    expect(tell({ ...thrown(403), data: '"x"' }).message).toContain('leads nowhere')
  })

  it('tells a lost connection from a fault of the server', () => {
    expect(tell(new TypeError('Failed to fetch')).title).toBe('The server cannot be reached')
    expect(tell(new Error('Unexpected Server Error')).title).toBe('Something broke')
    expect(tell(undefined).title).toBe('Something broke')
  })
})
