import { notFound } from '#app/http/responses.ts'

/** Every address that is none. A form sent here is told the same. */
export const loader = () => {
  throw notFound()
}

export const action = loader

/** Never drawn; without it the answer would be data and not a page. */
export default function Missing() {
  return null
}
