/**
 * The rating page's own program. It leaves out the web framework's, a third of what would have to be loaded: this page asks
 * for its data itself and leads nowhere without a full load (docs/decisions/005-a-program-of-its-own.md).
 */
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { DATA_ID, DRAWN_ID } from './drawn.ts'
import { RatingPage, type RatingPageProps } from './rating-page.tsx'

const drawn = document.getElementById(DRAWN_ID)
const data = document.getElementById(DATA_ID)?.textContent
if (drawn && data) {
  hydrateRoot(
    drawn,
    <StrictMode>
      <RatingPage {...(JSON.parse(data) as RatingPageProps)} />
    </StrictMode>,
  )
}
