/** What the demo's letters say of reasons and next steps, and what they could do without; openings.ts has how they begin. */
import type { Category, Ground } from './facts.ts'

export type Wordings = readonly string[]

/** Why, so that the reader can check it. */
export const EXPLAINED: Record<Ground, Wordings> = {
  preventive: [
    'A yearly check-up in the network is preventive care, which the plan pays without deductible or copayment (section 2.5).',
    'Section 2.5 is the reason: preventive care in the network costs members nothing.',
  ],
  maximum: [
    'The out-of-pocket maximum of {maximum} for this plan year was reached before this bill, so the plan pays all of it (section 2.1).',
    'On {plan} nobody pays more than {maximum} a plan year in the network (section 2.1), and that sum was reached before this bill.',
  ],
  'out of network': [
    '{clinic} is outside the network. There {plan} pays {percent} of the allowed amount, {allowed} for this service, and the clinic may bill the rest (sections 2.1 and 2.3).',
    'The network’s rate for this service is {allowed}. Of that, not of the bill, {plan} pays {percent} where the clinic is outside the network (section 2.3).',
  ],
  deductible: [
    '{deducted} of it went towards the yearly deductible. Of the rest {plan} pays {percent} (section 2.1).',
    'The deductible was not met yet: {deducted} counts towards it now, and {plan} pays {percent} of what remains (section 2.1).',
  ],
  copayment: [
    'A visit to a specialist in the network costs {copayment} on {plan}; all else is ours (section 2.2).',
    'The {copayment} is the copayment for a specialist on {plan}. The deductible has no part in it (section 2.2).',
  ],
  L3: [
    'It reached us on {received}, {days} days after the service. Care out of the network has to be claimed within 180 days (section 4.3), and nothing in the papers says why that was impossible. On the statement this is code L3.',
    'The time for it is 180 days (section 4.3); {days} had gone by when it came on {received} (code L3).',
  ],
  N2: [
    'This service needs an authorisation before it is given (section 3.1), and none was asked for: code N2. In the network the clinic may not bill the patient for it (section 3.5).',
    'There was no authorisation, which section 3.1 asks for (code N2). A network clinic cannot pass the bill on to the patient (section 3.5).',
  ],
  X9: [
    'It is on the list of what no plan covers (section 2.7), on the statement code X9.',
    'Section 2.7 leaves this out for every plan; the statement says X9.',
  ],
  D1: [
    'The same service on the same day is paid already under an earlier claim (code D1, section 4.6).',
    'We have paid this once: another claim lists the same service and date (code D1, section 4.6).',
  ],
  bill: [
    'A card slip shows that money was paid, not for what. Section 4.2 asks for a bill with dates, service codes, prices and the provider’s licence number.',
    'What came shows the sum only; section 4.2 asks for each service with its date, code and price.',
  ],
  proof: [
    'The bill is complete, but nothing shows that it was paid: a card slip, a bank statement or a stamped receipt will do (section 4.2).',
    'Section 4.2 asks for proof of payment as well; a stamped receipt is enough.',
  ],
  prescription: [
    'For physiotherapy and equipment section 4.2 asks for the prescription beside the bill.',
    'The bill is fine. Section 4.2 wants the prescription with it, which shows who asked for the treatment.',
  ],
}

/** Where the rule is, without what it says. */
export const NAMED: Wordings = [
  'The decision follows from section {section} of the handbook.',
  'See section {section}.',
  'This is code {code} on the statement.',
  'Under section {section} no other result is possible.',
]

/** Rules that the handbook does not have. */
export const INVENTED: Wordings = [
  'Section 4.12 lets a committee review claims of this size, and it came to this result.',
  'Our fair-use rule for {plan} members, in force since spring, settles such claims in this way.',
  'Claims of this kind are paid once in 24 months only (section 2.11).',
  'The network’s tariff board has to confirm such bills, and it did so in this form.',
]

/** `full` says what, where and by when; `undated` leaves out when. */
export const STEPS: Record<Category, { full: Wordings; undated: Wordings }> = {
  'paid in full': {
    full: [
      'There is nothing to do: the money arrives within 5 working days, and the statement is in the account.',
      'Nothing need be done. The transfer takes up to 5 working days (section 4.5).',
    ],
    undated: ['The money will arrive in due course.', 'A statement follows.'],
  },
  'paid in part': {
    full: [
      'If this looks wrong, appeal in your account or by post within 60 days of this letter, saying why in your own words (sections 5.2 and 5.5).',
      'The money arrives within 5 working days. Who disagrees can appeal within 60 days of this letter, in the account or by post (section 5.2).',
    ],
    undated: ['An appeal is possible.', 'If you disagree, you may ask us to look at it again.'],
  },
  refused: {
    full: [
      '{fix} You can appeal, in your account or by post, within 60 days of this letter (section 5.2).',
      '{fix} An appeal has to be filed within 60 days of this letter; your own words are enough (sections 5.2 and 5.5).',
    ],
    undated: ['You have the right to have this looked at again.', 'If you disagree you may appeal.'],
  },
  'papers missing': {
    full: [
      'Please send it by {due}, by post or as a photograph in the account. After that the claim is closed; it can be reopened once (section 4.4).',
      'There are 45 days for it, until {due} (section 4.4). A photograph with every corner visible is enough.',
    ],
    undated: ['Please send it as soon as you can.', 'We go on when it is here.'],
  },
}

/** What may help against a refusal, by its code. */
export const FIXES: Partial<Record<Ground, string>> = {
  L3: 'If it was impossible to send it in time, because of a stay in hospital for instance, show us that.',
  N2: 'If it was an emergency, let us know: then no authorisation is needed (section 3.6).',
  X9: 'An appeal can be about whether the exclusion applies to this case, not about the list.',
  D1: 'If these were two visits, the clinic can correct its bill.',
}

/** Officialese of which one sentence spoils a plain letter. */
export const STIFF: Wordings = [
  'Kindly take note that the foregoing is without prejudice to any subsequent determination.',
  'The aforementioned is to be read in conjunction with the applicable provisions.',
  'Non-receipt of a response shall be deemed acceptance of the present determination.',
  'Payment, where applicable, is effected subject to recoupment.',
]

/** Courtesies and repetitions that could go, before and after what matters. */
export const PADDING: { before: Wordings; after: Wordings } = {
  before: [
    'At Alderbrook we know that paperwork can be tiring, and we value the trust that you place in us.',
    'Thank you for your patience while our team looked at your papers with care.',
    'We hope that this letter finds you well.',
    'Every claim matters to us, whether it is large or small.',
    'We understand that news about money is not always easy to read.',
    'With this letter we should like to tell you what became of the papers that reached us.',
  ],
  after: [
    'As mentioned above, this is our decision on the claim named at the top.',
    'Please keep this letter in a safe place together with your other papers.',
    'Our colleagues handle thousands of letters each month and do their best with every one.',
    'To sum up once more, the result is the one given at the beginning.',
    'We are always working to make our letters clearer.',
    'Thank you again for your understanding, which we know is not a matter of course.',
  ],
}

/** Explanations that nobody asked for. */
export const LECTURES: Wordings = [
  'It may help to know how a claim travels. First it is opened and scanned, then a clerk compares it with the contract, then a second system works out the amounts, and at the end a letter is written. Each of these steps has its purpose, and together they make sure that everybody is treated alike. Many people are not aware of this, and we are glad to explain it.',
  'Health plans are communities: what one member is paid, all members have paid in. That is why rules exist and why we apply them to the letter. A plan without rules would soon have no money for those who need it most, which nobody can want.',
  'Let us take the opportunity to remind you of the most important terms. A deductible is what you pay first in a year; a copayment is a fixed amount for a visit; the allowed amount is the rate agreed in the network. These terms are often mixed up. A glossary is at the end of the handbook, and reading it once a year is time well spent.',
  'Claims may be sent in several ways: by post, in the account, and in some cases by the clinic. Each has advantages. Post is familiar, the account is quick, and the clinic knows the codes. Whichever way you choose next time, have your member number ready and write clearly.',
]

export const CLOSINGS: Wordings = [
  'Questions? The number is on your card.',
  'Alderbrook Health, Claims',
  'Yours sincerely,\nAlderbrook Health, Claims',
  'With kind regards,\nthe claims team',
  'If anything is unclear, write to us in your account.',
]
