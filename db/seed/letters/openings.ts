/** How the demo's letters begin. {words} in braces are filled in from the claim; composing is in compose.ts. */
import type { Category } from './facts.ts'
import type { Wordings } from './phrases.ts'

export const OPENINGS: Record<Category, { plain: Wordings; official: Wordings }> = {
  'paid in full': {
    plain: [
      'We have paid {theClaim} for {service} on {served} in full: {paid}.',
      'The plan pays the whole {billed} for {service} on {served}. {NothingOwed}.',
      '{TheClaim} is settled. All of the {billed} that {clinic} billed for {service} is paid.',
      'Nothing is left to pay for {service} on {served}: we have sent {paid}.',
    ],
    official: [
      'Please be advised that {theClaim}, in respect of services rendered on {served}, has been adjudicated for payment in the amount of {paid}.',
      'Further to your submission, remittance of {paid} pertaining to {service} ({served}) has been effected.',
    ],
  },
  'paid in part': {
    plain: [
      'We have paid {paid} of the {billed} that {clinic} billed for {service} on {served}. {share} is left for {payer}.',
      '{TheClaim} for {service} on {served} is decided: the plan pays {paid}, and {share} is left for {payer}.',
      'Of the bill of {billed} for {service} ({served}) we pay {paid}. The other {share} falls to {payer}.',
      'The plan’s part of the {billed} for {service} on {served} is {paid}. It leaves {share} for {payer}.',
    ],
    official: [
      'Claim {claim} has been adjudicated at a benefit level of {paid} against charges submitted of {billed}; residual liability of {share} rests with the insured party.',
      'We refer to the above-mentioned claim and hereby notify you that the reimbursable portion thereof was determined to be {paid}, the balance of {share} being for the account of the insured party.',
    ],
  },
  refused: {
    plain: [
      'We cannot pay {theClaim} for {service} on {served} ({billed}).',
      'I am sorry: the plan does not pay the {billed} for {service} on {served}.',
      'We have decided {theClaim}. The {billed} that {clinic} billed for {service} on {served} is not paid.',
      'The answer to {theClaim} is no: the {billed} for {service} on {served} is not paid.',
    ],
    official: [
      'We regret to inform you that reimbursement in respect of {theClaim} must be declined in its entirety.',
      'Upon adjudication, the charges of {billed} submitted under reference {claim} were found to be non-payable.',
    ],
  },
  'papers missing': {
    plain: [
      'We cannot decide {theClaim} for {service} on {served} yet, because {paper} is missing.',
      'Before we can pay anything for {service} on {served}, we need {paper}.',
      '{TheClaim} reached us on {received}. One thing is missing: {paper}.',
      '{TheClaim} is waiting. With {paper} we can go on.',
    ],
    official: [
      'Adjudication of {theClaim} is held in abeyance pending receipt of outstanding documentation, namely {paper}.',
      'The documentation furnished in support of {theClaim} has been found deficient insofar as {paper} was not enclosed.',
    ],
  },
}
