// The kit and the backups of the fake desk.
import type { BackUpForm } from '../contract/BackUpForm';
import type { BackupFileForm } from '../contract/BackupFileForm';
import type { BackupMade } from '../contract/BackupMade';
import type { BackupsView } from '../contract/BackupsView';
import type { DatabaseFacts } from '../contract/DatabaseFacts';
import type { KitShown } from '../contract/KitShown';
import type { KitState } from '../contract/KitState';
import type { Present } from '../contract/Present';
import type { RestoreDone } from '../contract/RestoreDone';
import type { RestoreForm } from '../contract/RestoreForm';
import type { RestoreOffer } from '../contract/RestoreOffer';
import { refusal } from './refused';

/** One that lets its admin in. */
export const RECOVERY_CODE = '7F3K-9QXM-2T0V-HB5C';
export const RECOVERY_KEY = Array.from({ length: 14 }, () => 'W4TQ').join('-');

const FOLDER = '/home/branch/SIMgate/backups';
const AT = '2026-11-24T10:20:00Z';
const FACTS: DatabaseFacts = { people: 41, entries: 12_002, lastEntryAt: '2026-11-20T17:58:00Z' };

export class FakeRecovery {
  #state: KitState = { codesLeft: 0, madeAt: null, keyKnown: false, unconfirmed: false };
  #made: string[] = [];
  present: Present = { kind: 'database', facts: { ...FACTS, people: 42 } };

  kit(): KitState {
    return { ...this.#state };
  }

  make(newKey: boolean): KitShown {
    this.#state = { ...this.#state, unconfirmed: true };
    const codes = Array.from({ length: 10 }, (_, i) => `${i}${RECOVERY_CODE.slice(1)}`);
    return { username: 'ana.ruiz', codes, recoveryKey: RECOVERY_KEY, newKey, madeAt: AT, confirmIn: 600 };
  }

  confirm(code: string): KitState {
    if (!code.endsWith(RECOVERY_CODE.slice(1))) throw refusal('kit_code_other', { field: 'recovery_code' });
    this.#state = { codesLeft: 10, madeAt: AT, keyKnown: true, unconfirmed: false };
    return this.kit();
  }

  use(code: string): void {
    if (code !== RECOVERY_CODE) throw refusal('recovery_code_refused', { field: 'recovery_code' });
  }

  backups(): BackupsView {
    const found = this.#made.map((path) => ({ path, at: AT, bytes: 4096 }));
    return { folder: FOLDER, database: '/home/branch/SIMgate/simgate.db', lastAt: found[0]?.at ?? null, found };
  }

  backUp({ path }: BackUpForm): BackupMade {
    if (!this.#state.keyKnown) throw refusal('kit_needed');
    if (path !== null && !path.startsWith('/')) throw refusal('backup_path', { field: 'path' });
    const written = path ?? `${FOLDER}/simgate-${this.#made.length + 1}.backup`;
    this.#made.unshift(written);
    return { path: written, bytes: 4096, database: FACTS };
  }

  inspect({ path, recoveryKey }: BackupFileForm): RestoreOffer {
    if (path.endsWith('.txt')) throw refusal('backup_not_ours', { field: 'path' });
    if (recoveryKey !== RECOVERY_KEY) throw refusal('recovery_key_other', { field: 'recovery_key' });
    return { madeAt: AT, madeBy: '0.1.0', bytes: 4096, backup: FACTS, present: this.present, confirm: '00' };
  }

  restore({ confirm }: RestoreForm): RestoreDone {
    if (confirm !== '00') throw refusal('restore_changed');
    return { keptAs: this.present.kind === 'nothing' ? null : 'simgate-20261124T102000Z.db' };
  }
}
