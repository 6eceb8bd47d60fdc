import { describe, expect, it } from 'vitest'
import { isForeign } from './origin.ts'

const APP = 'https://assay.example.org'

describe('isForeign', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('lets everybody %s', (method) => {
    expect(isForeign({ method, site: 'cross-site', origin: 'https://evil.example' }, APP)).toBe(false)
  })

  it.each([
    ['same-origin', APP],
    ['same-origin', null],
    [null, APP],
  ])('takes Sec-Fetch-Site %s with Origin %s for our own', (site, origin) => {
    expect(isForeign({ method: 'POST', site, origin }, APP)).toBe(false)
  })

  it.each([
    [null, null],
    [null, 'null'],
    [null, 'https://evil.example'],
    [null, 'http://assay.example.org'],
    [null, `${APP}:8443`],
    ['same-site', APP],
    ['cross-site', APP],
    ['none', APP],
    ['', APP],
  ])('takes Sec-Fetch-Site %s with Origin %s for foreign', (site, origin) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(isForeign({ method, site, origin }, APP)).toBe(true)
    }
  })
})
