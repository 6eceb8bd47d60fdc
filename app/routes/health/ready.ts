import { store } from '#app/store.server.ts'

/** The process answers and so does its database: a balancer may send people here. */
export async function loader() {
  const ready = await store()
    .ping()
    .then(
      () => true,
      () => false,
    )
  return new Response(ready ? 'ready' : 'the database does not answer', {
    status: ready ? 200 : 503,
    headers: { 'Cache-Control': 'no-store' },
  })
}
