import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { RatingPage, type RatingPageProps } from './rating-page.tsx'

/** The rating page as HTML, and the data it was drawn from as JSON. */
export const drawRatingPage = (props: RatingPageProps): { html: string; json: string } => ({
  html: renderToString(
    <StrictMode>
      <RatingPage {...props} />
    </StrictMode>,
  ),
  json: JSON.stringify(props),
})
