// People, in every state worth looking at. Nobody here is real.
import AddPerson from '../../admin/AddPerson.svelte';
import ExportPeople from '../../admin/ExportPeople.svelte';
import ImportPeople from '../../admin/ImportPeople.svelte';
import NumberChange from '../../admin/NumberChange.svelte';
import type { Listing, Role } from '../../admin/pages';
import PeoplePage from '../../admin/PeoplePage.svelte';
import type { ImportStep, NumberStep, PeopleQuery, Person, PersonRow } from '../../admin/people';
import PersonPage from '../../admin/PersonPage.svelte';
import { entries } from './entries';
import { listing, nothing, pose, type AdminPose } from './pose';
import { refusal } from '../refused';

export const row = (username: string, change: Partial<PersonRow> = {}): PersonRow => ({
  id: username,
  username,
  role: 'staff',
  state: 'active',
  locked: false,
  numberEnding: '46',
  lastSignInAt: '2026-11-23T08:58:00Z',
  addedAt: '2026-02-03T10:00:00Z',
  ...change,
});

export const rows: PersonRow[] = [
  row('ana.ruiz', { role: 'admin' }),
  row('ben.okoro', { role: 'supervisor', numberEnding: '12', lastSignInAt: '2026-11-20T17:02:00Z' }),
  row('chiara.bianchi', { state: 'pending', numberEnding: '38', lastSignInAt: null }),
  row('dmitri.petrov', { locked: true, numberEnding: '90' }),
  row('elena.garcia-fernandez', { state: 'disabled', numberEnding: null, lastSignInAt: '2025-12-19T16:40:00Z' }),
  row('fatima.zahra', { numberEnding: '74' }),
];

export const person = (change: Partial<Person> = {}): Person => ({
  ...row('ben.okoro'),
  version: 3,
  channel: 'sms',
  numberSeenAt: '2026-02-03T10:00:00Z',
  verifiedAt: '2026-02-11T09:12:00Z',
  failedPasswords: 0,
  failedCodes: 0,
  lockedUntil: null,
  mustChangePassword: false,
  addedBy: 'ana.ruiz',
  self: false,
  lastAdmin: false,
  ...change,
});

const query: PeopleQuery = { text: '', state: null, role: null, order: 'name', descending: false };

const list = (of: Listing<PersonRow>, change: Partial<PeopleQuery> = {}, role: Role = 'admin') =>
  pose({ around: 'admin', page: 'people', role }, PeoplePage, {
    role,
    query: { ...query, ...change },
    list: of,
    onquery: nothing,
    onfirst: nothing,
    onbefore: nothing,
    onafter: nothing,
    onretry: nothing,
    onopen: nothing,
    onadd: nothing,
    onimport: nothing,
    onexport: nothing,
  });

const one = (
  of: Person,
  change: Partial<{ role: Role; seen: Person | null; oneTime: string | null; refusal: ReturnType<typeof refusal> | null; history: [] }> = {},
) =>
  pose(
    { around: 'admin', page: 'people', role: change.role ?? 'admin', heading: () => of.username, back: (w) => w.people.person.back },
    PersonPage,
    {
      role: 'admin',
      person: of,
      seen: null,
      busy: false,
      refusal: null,
      done: false,
      oneTime: null,
      onact: nothing,
      onnumber: nothing,
      onhandedover: nothing,
      history: entries.slice(0, 3),
      unknown: null,
      onentry: nothing,
      onhistory: nothing,
      ...change,
    },
  );

const adding = (added: { username: string; oneTime: string } | null, refused: ReturnType<typeof refusal> | null = null) =>
  pose(
    { around: 'admin', page: 'people', heading: (w) => w.people.adding.heading, back: (w) => w.people.person.back },
    AddPerson,
    {
      likely: 'GB',
      busy: false,
      refusal: refused,
      preview: null,
      added,
      onadd: nothing,
      onphone: nothing,
      onedit: nothing,
      onanother: nothing,
      ondone: nothing,
    },
  );

const importing = (step: ImportStep) =>
  pose(
    { around: 'admin', page: 'people', heading: (w) => w.people.importing.heading, back: (w) => w.people.person.back },
    ImportPeople,
    { likely: 'GB', step, refusal: null, onfile: nothing, ontake: nothing, oncancel: nothing, onagain: nothing, ondone: nothing },
  );

const exporting = (step: 'choose' | 'writing' | 'done') =>
  pose(
    { around: 'admin', page: 'people', heading: (w) => w.people.exporting.heading, back: (w) => w.people.person.back },
    ExportPeople,
    {
      step: {
        choose: { step: 'choose' as const },
        writing: { step: 'writing' as const, done: null, canceling: false },
        done: { step: 'done' as const, rows: 2314, path: '/home/branch/SIMgate/people-2026-11-23.csv' },
      }[step],
      written: step === 'writing' ? 970 : 0,
      filtered: step === 'choose',
      busy: false,
      refusal: null,
      onexport: nothing,
      oncancel: nothing,
      ondone: nothing,
    },
  );

const number = (step: NumberStep) =>
  pose(
    { around: 'admin', page: 'people', heading: (w) => w.people.number.heading('ben.okoro'), back: () => 'ben.okoro' },
    NumberChange,
    {
      likely: 'GB',
      step,
      busy: false,
      refusal: null,
      preview: null,
      onphone: nothing,
      onstart: nothing,
      oncode: nothing,
      oncancel: nothing,
      ondone: nothing,
    },
  );

export const people: Record<string, AdminPose> = {
  people: list(listing(rows, { after: true })),
  people_supervisor: list(listing(rows.slice(0, 3)), { state: 'pending' }, 'supervisor'),
  people_empty: list(listing([]), { text: 'zzz' }),
  people_loading: list(listing(null, { loading: true })),
  people_failed: list(listing(null, { problem: 'Something went wrong that we did not expect. Try again.' })),
  person: one(person()),
  person_pending: one(person({ state: 'pending', verifiedAt: null, lastSignInAt: null, addedBy: null }), { role: 'supervisor', history: [] }),
  person_locked: one(person({ locked: true, failedPasswords: 5, failedCodes: 2, lockedUntil: '2026-11-23T09:32:00Z' })),
  person_self: one(person({ ...row('ana.ruiz', { role: 'admin' }), self: true })),
  person_last_admin: one(person({ role: 'admin', lastAdmin: true })),
  person_outdated: one(person({ role: 'supervisor', state: 'disabled' }), { seen: person() }),
  person_one_time: one(person({ mustChangePassword: true }), { oneTime: 'T4KQ-9MXC-2WV7-HB5D-R8NE' }),
  add_person: adding(null),
  add_person_refused: adding(null, refusal('username_taken', { field: 'username' })),
  add_person_added: adding({ username: 'gita.rao', oneTime: 'T4KQ-9MXC-2WV7-HB5D-R8NE' }),
  import_people: importing({ step: 'choose' }),
  import_people_sending: importing({ step: 'sending', done: 0.6, canceling: false }),
  import_people_checking: importing({ step: 'checking', done: 0.3, canceling: false }),
  import_people_bad: importing({
    step: 'checked',
    good: 118,
    badCount: 7,
    bad: [
      { row: 4, column: 'phone', why: 'phone_invalid' },
      { row: 9, column: 'username', why: 'username_twice' },
      { row: 31, column: null, why: 'columns' },
    ],
  }),
  import_people_good: importing({ step: 'checked', good: 125, badCount: 0, bad: [] }),
  import_people_done: importing({ step: 'done', added: 125 }),
  export_people: exporting('choose'),
  export_people_writing: exporting('writing'),
  export_people_done: exporting('done'),
  number: number({ step: 'number' }),
  number_checking: number({ step: 'checking' }),
  number_code: number({ step: 'code', numberEnding: '58', triesLeft: 4, wrong: true, until: '10:42' }),
  number_stopped: number({
    step: 'stopped',
    why: 'The SIM for this number was changed in the last 7 days, so a code could reach someone else.',
    wait: null,
    reference: '7F3K',
  }),
  number_done: number({ step: 'done', numberEnding: '58' }),
};
