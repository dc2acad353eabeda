// The vendors and the branch, in every state worth looking at. The SIDs are made up.
import BranchPage from '../../admin/BranchPage.svelte';
import type { BranchForm } from '../../admin/branch';
import VendorsPage from '../../admin/VendorsPage.svelte';
import { fresh, HOSTS, type VendorName, type VendorState } from '../../admin/vendors';
import type { VendorStatus } from '../../contract/VendorStatus';
import { nothing, pose, type AdminPose } from './pose';

const since = '2026-10-02T08:30:00Z';
const about = { set: true, damaged: false, since, unsaved: [] };

export const truId: VendorStatus = {
  ...about,
  vendor: 'tru_id',
  stored: [
    { field: 'host', shown: HOSTS.eu },
    { field: 'client_id', shown: '9c1e' },
    { field: 'client_secret', shown: null },
  ],
};

export const twilio: VendorStatus = {
  ...about,
  vendor: 'twilio',
  stored: [
    { field: 'sid', shown: '77b0' },
    { field: 'secret', shown: null },
    { field: 'service_sid', shown: '1a2b' },
  ],
};

export const unset = (vendor: VendorName): VendorStatus => ({
  vendor,
  set: false,
  damaged: false,
  since: null,
  stored: [],
  unsaved: [],
});

export const vendor = (status: VendorStatus, change: Partial<VendorState> = {}): VendorState => ({
  ...fresh(status),
  ...change,
});

const well = { ended: 'passed', detail: { told: 'nothing' } } as const;

export const passed: VendorState['tested'] = {
  passed: true,
  steps: (['host_reached', 'token_granted', 'scope_held'] as const).map((name) => ({ name, result: well })),
};

export const failed: VendorState['tested'] = {
  passed: false,
  steps: [
    { name: 'host_reached', result: well },
    { name: 'service_found', result: well },
    { name: 'code_length', result: { ended: 'failed', cause: 'code_too_short', digits: 4, retryIn: null } },
    { name: 'channels', result: { ended: 'passed', detail: { told: 'channels', callWantsKey: true } } },
  ],
};

const none = {
  ontest: nothing,
  onsave: nothing,
  ontry: nothing,
  oncode: nothing,
  onread: nothing,
  ondrop: nothing,
  onedit: nothing,
};

export const vendorProps = (
  of: VendorState = vendor(unset('tru_id')),
  other: VendorState = vendor(unset('twilio')),
) => ({ truId: of, twilio: other, rehearsal: false, mayBeReal: true, acts: { tru_id: none, twilio: none }, onfill: nothing });

const page = (...of: Parameters<typeof vendorProps>) =>
  pose({ around: 'admin', page: 'vendors' }, VendorsPage, vendorProps(...of));

export const branch = (change: Partial<BranchForm> = {}): BranchForm => ({
  name: 'High Street branch, desk 3',
  call: 'Branch support, 020 7946 0018',
  languages: ['en', 'es'],
  first: 'en',
  registration: 'by_approval',
  ...change,
});

export const branchProps = (of: BranchForm, saved = false) => ({
  likely: 'GB',
  branch: of,
  busy: false,
  refusal: null,
  saved,
  onsave: nothing,
});

const branchPage = (of: BranchForm, saved = false) =>
  pose({ around: 'admin', page: 'branch' }, BranchPage, branchProps(of, saved));

export const vendors: Record<string, AdminPose> = {
  vendors: page(vendor(truId), vendor(twilio)),
  vendors_unset: page(),
  vendors_tested: page(vendor(truId, { tested: passed }), vendor(twilio, { tested: failed })),
  vendors_filled: pose({ around: 'admin', page: 'vendors' }, VendorsPage, {
    ...vendorProps(
      vendor({ ...truId, unsaved: truId.stored }, { file: { kind: 'filled', fields: truId.stored, mayCheckSims: false } }),
      vendor(unset('twilio'), {
        file: { kind: 'not_taken', problem: 'twice', line: null, name: 'TWILIO_AUTH_TOKEN' },
        problems: [{ field: 'service_sid', code: 'service_sid_form' }],
      }),
    ),
    rehearsal: true,
  }),
  vendors_tried: page(
    vendor(truId, {
      tried: { kind: 'checked', answer: { sim: 'unchanged' }, cost: '0.05 EUR', balance: '19.95 EUR', retryIn: null },
    }),
    vendor(twilio, { tried: { kind: 'sent', numberEnding: '46', channel: 'sms' }, code: { kind: 'wrong' } }),
  ),
  vendors_not_saved: page(
    vendor({ ...truId, set: false, damaged: true, stored: [], since: null }, { notDone: { kind: 'keyring', fault: 'keyring_locked' } }),
    vendor(twilio, { notDone: { kind: 'code_too_short', digits: 4 } }),
  ),
  vendors_testing: page(vendor(truId, { busy: 'testing' }), vendor(twilio, { saved: true })),
  branch: branchPage(branch()),
  branch_saved: branchPage(branch({ languages: ['es'], first: 'es' }), true),
};
