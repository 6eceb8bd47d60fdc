/** Who and what the demo's claims are about. All invented. */

export const SURNAMES = [
  'Ferrand',
  'Okonjo',
  'Haldane',
  'Castellow',
  'Brightwen',
  'Mbeki-Rowe',
  'Tannahill',
  'Szabo-Lind',
  'Quested',
  'Varga',
  'Ashgrove',
  'Delacourt',
  'Nordquist',
  'Pemberly',
  'Ishikari',
  'Marchetti',
  'Rooke',
  'Sandoval',
  'Thackwell',
  'Umarov',
  'Whitlow',
  'Yeoman',
  'Zielke',
  'Abernol',
  'Corrigan',
  'Dunmore',
  'Eskildsen',
  'Fairweather',
  'Gorsuch',
  'Hollis',
  'Imrie',
  'Jaramillo',
] as const

export const CLINICS = [
  'Larkfield Clinic',
  'Penrow Medical Centre',
  'Dr Havisham & Partners',
  'Stonebridge Hospital',
  'Weir Street Practice',
  'The Alder Physiotherapy Rooms',
  'Marchmont Imaging',
  'Coldharbour Surgery',
  'Tern Island Hospital',
  'Oakhanger Skin Clinic',
  'Bellweather Orthopaedics',
  'Quayside Family Practice',
  'Northgate Diagnostics',
  'Saltmarsh Day Hospital',
] as const

type Service = { name: string; from: number; to: number }

/** With the range of the usual bill, in dollars; physiotherapy and equipment are claimed with the prescription. */
export const PRESCRIBED: readonly Service[] = [
  { name: 'six sessions of physiotherapy', from: 420, to: 780 },
  { name: 'ten sessions of physiotherapy', from: 690, to: 1180 },
  { name: 'a knee brace', from: 140, to: 390 },
  { name: 'crutches and a walking boot', from: 120, to: 310 },
]

export const COVERED: readonly Service[] = [
  ...PRESCRIBED,
  { name: 'an ultrasound of the abdomen', from: 260, to: 540 },
  { name: 'allergy tests', from: 180, to: 460 },
  { name: 'the removal of a cyst', from: 390, to: 950 },
  { name: 'a sleep study at home', from: 320, to: 640 },
  { name: 'an X-ray of the wrist', from: 95, to: 240 },
  { name: 'a hearing test', from: 90, to: 210 },
  { name: 'cataract surgery on the left eye', from: 1900, to: 3400 },
  { name: 'a blood panel', from: 110, to: 330 },
  { name: 'an echocardiogram', from: 480, to: 990 },
  { name: 'four sessions of speech therapy', from: 360, to: 620 },
]

export const NEEDS_AUTHORISATION: readonly Service[] = [
  { name: 'an MRI of the knee', from: 880, to: 1600 },
  { name: 'a CT scan of the chest', from: 620, to: 1250 },
  { name: 'an arthroscopy of the shoulder', from: 3800, to: 6900 },
  { name: 'a genetic test', from: 700, to: 2100 },
  { name: 'five days of home nursing', from: 900, to: 1700 },
  { name: 'varicose vein surgery', from: 2100, to: 3900 },
]

export const EXCLUDED: readonly Service[] = [
  { name: 'the removal of harmless skin marks', from: 190, to: 520 },
  { name: 'two dental cleanings', from: 160, to: 290 },
  { name: 'a pair of varifocal glasses', from: 310, to: 740 },
  { name: 'a course of laser treatment for scars', from: 600, to: 1400 },
  { name: 'eyelid surgery for looks', from: 2200, to: 4100 },
  { name: 'contact lenses for a year', from: 220, to: 430 },
]

/** What the clerk noted beside the claim, by recipient. */
export const NOTES = {
  member: [
    'First claim this member ever sent.',
    'Has phoned twice; sounded worried about the bill.',
    'Asked for short letters: reads them on a phone.',
    'The member’s daughter handles the post.',
    'Wrote that an earlier letter made no sense.',
    'Changed plans this spring.',
    'Paid by card and wants the money before the end of the month.',
    'English is a second language.',
    'Has an appeal under way about something else.',
    'Nothing to note.',
    'Thanks us for the last letter; would like the sections named.',
    'Was told on the phone that it would be paid.',
  ],
  clinic: [
    'The clinic wants a reason it can pass on to the patient.',
    'New accounts clerk, first letter from us.',
    'Has billed the patient already.',
    'Asks by when it must answer.',
    'Fourth letter to this clinic this month.',
    'Reads our letters by machine; claim number early, please.',
    'The doctor rang about this one.',
    'Nothing to note.',
    'Sent the claim by fax, two pages hard to read.',
    'Will pay the patient back if we pay.',
  ],
} as const
