import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { exampleFile } from '#app/formats/examples.ts'
import { notFound } from '#app/http/responses.ts'

/** A small file to begin with. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireScope(request, params, 'imports.read')
  const found = exampleFile(params.file ?? '')
  if (!found) throw notFound('This example')
  return new Response(found.content, {
    headers: {
      'Content-Type': `${found.type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${params.file}"`,
    },
  })
}
