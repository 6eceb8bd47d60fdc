import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId, now } from '#app/ambient.ts'
import { CONVENTION, calibrateCloseness } from '#app/evaluation/closeness/calibration.ts'
import { embedder } from '#app/evaluation/closeness/embed.server.ts'
import { closenessFigures } from '#app/evaluation/closeness/figures.ts'
import { CLOSENESS_JOB, closenessHandler } from '#app/evaluation/closeness/job.ts'
import { scoreCloseness } from '#app/evaluation/closeness/score.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { workOne } from '#app/evaluation/jobs/worker.ts'
import { CLOSEST, ratings } from '#db/schema/ratings.ts'
import { closenessScores } from '#db/schema/references.ts'
import { addCase, addReference, addRound } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { addPanel, type Panel } from '#tests/support/rating.ts'
import { sealAway } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()
const HIGH = 'You have 180 days from the date on the letter, and may ask for a copy of the file.'
const BORDERLINE = 'There is a deadline for appeals; call member services.'

let store: Store
let panel: Panel
let service: Server | undefined
beforeEach(async () => {
  store = await freshStore()
  panel = await addPanel(store, { items: 1, raters: 2, references: ['high', 'borderline'] })
})
afterEach(() => service?.close())

/** A case with both references, and a response of the panel's system version. */
const addCompared = (response: string, segment = 'novice') =>
  store.write(async (tx) => {
    const made = await addCase(tx, panel.project, panel.systemVersionId, { response, userSegment: segment })
    await addReference(tx, panel.project, made.caseId, { quality: 'high', text: HIGH })
    await addReference(tx, panel.project, made.caseId, { quality: 'borderline', text: BORDERLINE })
    return made
  })

const score = (embed: Parameters<typeof scoreCloseness>[2] = null) => scoreCloseness(store, panel.project.id, embed)

const outcomes = async () => {
  const { rows } = await closenessFigures(store, panel.lead, 'chrf')
  return Object.fromEntries(rows.map(({ userSegment, counts }) => [userSegment, counts]))
}

describe('closeness to references', () => {
  it('tells the four outcomes apart, by segment, and scores each pair once', async () => {
    await addCompared(HIGH, 'expert')
    await addCompared(BORDERLINE, 'casual')
    await addCompared('zzz', 'high-stakes')
    expect((await score()).pairs).toBe(2 * 4)
    expect((await score()).pairs).toBe(0)
    expect(await outcomes()).toMatchObject({
      expert: [0, 0, 0, 1],
      casual: [0, 1, 0, 0],
      'high-stakes': [1, 0, 0, 0],
    })
  })

  it('leaves sealed cases and references that are not in use out', async () => {
    const { caseId } = await addCompared(HIGH, 'expert')
    await store.write((tx) => sealAway(tx, panel.project, [caseId]))
    await score()
    expect(Object.keys(await outcomes())).toEqual(['novice'])
    expect(await store.read.select().from(closenessScores)).toHaveLength(2 * 2)
  })

  it('is asked for by an import of responses, and done as a job', async () => {
    const path = files.jsonl('more.jsonl', [{ case: 'case-1', system_version: 'assistant-2026-11', text: HIGH }])
    await importFile(store, { ...panel.lead, roles: ['owner'] }, { kind: 'responses', path, fileName: 'more.jsonl' })
    expect(await workOne(store, { [CLOSENESS_JOB]: closenessHandler })).toBe(true)
    const figures = await closenessFigures(store, panel.lead, 'chrf')
    expect(figures).toMatchObject({ pairs: { all: 4, unscored: 0 }, scoring: { state: 'done', failed: null } })
    expect(figures.systems).toEqual(['assistant-2026-05', 'assistant-2026-11'])
  })

  it('is for owners, leads and builders', async () => {
    await expect(closenessFigures(store, { ...panel.lead, roles: ['rater'] }, 'chrf')).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(calibrateCloseness(store, { ...panel.lead, roles: ['builder'] }, 'chrf')).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })
})

describe('calibration', () => {
  /** A rating by each rater that says which reference is closest. */
  async function say(responses: { caseId: string; responseId: string; closest: (typeof CLOSEST)[number] }[]) {
    await store.write(async (tx) => {
      const { itemIds, id } = await addRound(tx, panel.project, panel.rubric.versionId, [], responses, {
        state: 'closed',
      })
      for (const [i, { closest }] of responses.entries()) {
        for (const rater of panel.raters) {
          await tx.insert(ratings).values({
            id: newId(),
            itemId: itemIds[i] ?? '',
            roundId: id,
            raterId: rater.user.id,
            rubricVersionId: panel.rubric.versionId,
            submissionId: newId(),
            revision: 1,
            source: 'import',
            closestReference: closest,
            evidence: [],
            submittedAt: now(),
          })
        }
      }
    })
  }

  it('refuses too few answers, and says how many it takes', async () => {
    const one = await addCompared(HIGH)
    await score()
    await say([{ ...one, closest: 'high' }])
    await expect(calibrateCloseness(store, panel.lead, 'chrf')).rejects.toMatchObject({
      code: 'too-few',
      message: expect.stringMatching(/1 scored responses .* 40/),
    })
    expect((await closenessFigures(store, panel.lead, 'chrf')).thresholds).toEqual(CONVENTION)
  })

  it('learns from experts who go by likeness, and says how well it does on cases it never saw', async () => {
    const said = []
    for (let i = 0; i < 48; i++) {
      const closest = CLOSEST[i % 4] ?? 'high'
      const text = { high: HIGH, between: `${HIGH} ${BORDERLINE}`, borderline: BORDERLINE, below: 'zzz' }[closest]
      said.push({ ...(await addCompared(`${text}${' '.repeat(i)}${i}`)), closest })
    }
    await score()
    await say(said)
    expect(await calibrateCloseness(store, panel.lead, 'chrf')).toMatchObject({ responses: 48, ratings: 96 })
    const { agreement, calibration } = await closenessFigures(store, panel.lead, 'chrf')
    expect(calibration?.responses).toBe(48)
    expect(agreement?.exact).toBeGreaterThan(0.9)
    expect(agreement?.kappa).toMatchObject({ estimable: true, estimate: expect.any(Number) })
  })
})

describe('embedding', () => {
  type Asked = { url: string; model: string; input: string[] }

  /** A service that speaks the protocol: letters counted, or an error. */
  async function listen(answer: (asked: Asked) => { status: number; body: unknown }): Promise<string> {
    service = createServer((request, response) => {
      let text = ''
      request.on('data', (piece) => {
        text += piece
      })
      request.on('end', () => {
        const { status, body } = answer({ url: request.url ?? '', ...JSON.parse(text) })
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
      })
    })
    await new Promise<void>((resolve) => service?.listen(0, '127.0.0.1', () => resolve()))
    return `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1`
  }

  const countsOf = (text: string) => [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => text.split(letter).length - 1)

  it('comes from the configured service, and never sees what is sealed', async () => {
    const { caseId } = await addCompared('SEALED text of a response.')
    await store.write((tx) => sealAway(tx, panel.project, [caseId]))
    await addCompared(HIGH, 'expert')
    const heard: Asked[] = []
    const baseUrl = await listen((asked) => {
      heard.push(asked)
      const data = asked.input.map((text, index) => ({ object: 'embedding', index, embedding: countsOf(text) }))
      return { status: 200, body: { object: 'list', data, model: asked.model } }
    })
    const embed = embedder({ apiKey: 'key', baseUrl, model: 'counting' })
    expect(await score(embed)).toEqual({ pairs: 4, embeddingFailed: null })
    expect(heard.map(({ url, model }) => [url, model])).toEqual([['/v1/embeddings', 'counting']])
    expect(JSON.stringify(heard)).not.toContain('SEALED')
    const { rows } = await closenessFigures(store, panel.lead, 'embedding')
    expect(rows.find(({ userSegment }) => userSegment === 'expert')?.counts).toEqual([0, 0, 0, 1])
  })

  it('that fails is told, and the lexical measures stay', async () => {
    const baseUrl = await listen(() => ({ status: 401, body: { error: { message: 'no such key' } } }))
    const scored = await score(embedder({ apiKey: 'wrong', baseUrl, model: 'counting' }))
    expect(scored).toMatchObject({ pairs: 2, embeddingFailed: expect.stringContaining('no such key') })
    expect(Object.keys(await outcomes())).toEqual(['novice'])
  })

  it('is off without a model', () => {
    expect(embedder(null)).toBeNull()
  })
})
