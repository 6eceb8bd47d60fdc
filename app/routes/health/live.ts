/** The process answers. */
export const loader = () => new Response('live', { headers: { 'Cache-Control': 'no-store' } })
