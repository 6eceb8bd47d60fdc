import { z } from 'zod'
import { MAX_DOCUMENTS } from './case.ts'
import { metadata, name, text } from './fields.ts'

const HASH = /^[0-9a-f]{64}$/

const hash = (meaning: string) =>
  z.string().regex(HASH, { error: 'must be a SHA-256, 64 letters of 0-9 and a-f' }).meta({ description: meaning })

/** A reference as a case's file holds it. */
export const filedReference = z.strictObject({
  quality: z
    .enum(['high', 'borderline'])
    .meta({ description: 'high: what good looks like. borderline: the least that is acceptable.' }),
  state: z
    .enum(['written', 'validated'])
    .meta({ description: 'validated: a second person has checked it.' })
    .default('written'),
  author: name('Who wrote it: an email, or the name that files use.').optional(),
  validated_by: name('Who checked it; needed where it is validated.').optional(),
  rubric: name('The rubric version it was written for, as “key/2”. Written by pull; push does not set it.').optional(),
  text: text('The reference, Markdown or plain.'),
})

/** A case in a file of its own, with its references. */
export const caseFile = z
  .strictObject({
    key: name('The name of the case, unique in the project.'),
    pool: z.enum(['active', 'retired']).meta({ description: 'The pool it is in; files do not move cases.' }),
    category: name('The task, one of the project’s categories.'),
    user_segment: name('Who asks, one of the project’s user segments.'),
    pulled: z.string().optional().meta({ description: 'What it was pulled as. Leave it as it is.' }),
    input: text('What the user asked, Markdown or plain.'),
    documents: z
      .array(hash('The hash of a document, which is the file documents/HASH.md.'))
      .max(MAX_DOCUMENTS)
      .default([])
      .meta({ description: 'The context documents in the order in which they are to be read.' }),
    metadata: metadata.default({}),
    references: z.array(filedReference).default([]).meta({ description: 'The references in use.' }),
  })
  .meta({ title: 'Case', description: 'An open case with its references, one a file.' })

/** What is told of a sealed case: nothing of what it says. */
export const sealedCaseFile = z
  .strictObject({
    key: name('The name of the case.'),
    hash: hash('The hash of its content, fixed at sealing.'),
    category: name('Its category.'),
    user_segment: name('Its user segment.'),
    sealed_until: z.iso.date().meta({ description: 'Until when it is meant to stay sealed.' }),
  })
  .meta({ title: 'Sealed case', description: 'Stands for a case of the holdout.' })

export const anyCaseFile = z
  .union([caseFile, sealedCaseFile])
  .meta({ title: 'Case file', description: 'An open case with its references, or what stands for a sealed one.' })

export type CaseFile = z.output<typeof caseFile>
export type SealedCaseFile = z.output<typeof sealedCaseFile>
export type FiledReference = z.output<typeof filedReference>

export const isStub = (file: CaseFile | SealedCaseFile): file is SealedCaseFile => 'sealed_until' in file
