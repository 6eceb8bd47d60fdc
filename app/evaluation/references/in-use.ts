import { and, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { references } from '#db/schema/cases.ts'

/** What cases are compared with: written, or validated too, and not superseded. Candidates and refused texts are not. */
export const inUse = and(isNull(references.supersededAt), inArray(references.state, ['written', 'validated'])) as SQL

/** The same of a table of references that a raw query calls `f`. */
export const inUseAsF = sql.raw(`f.superseded_at is null and f.state in ('written', 'validated')`)

/** Those in use that a second person has agreed with. */
export const validated = and(isNull(references.supersededAt), inArray(references.state, ['validated'])) as SQL
