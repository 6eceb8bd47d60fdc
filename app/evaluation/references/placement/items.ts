import { sql } from 'drizzle-orm'

/**
 * Ids of the items that lay a reference before raters as if it were a response, as a subquery. Their ratings say where the
 * references stand, and nothing of the product: figures of responses leave them out. It costs what there are of them.
 */
export const referenceItems = sql`(select ri.id from responses rr join items ri on ri.case_id = rr.case_id
  and ri.response_id = rr.id where rr.reference_id > '')`
