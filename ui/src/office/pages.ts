// The pages that can be opened in the counter, and by whom.
import { pagesFor, type AdminPage, type Role } from '../admin/pages';

const OPEN: readonly AdminPage[] = ['overview', 'people', 'record', 'rules', 'vendors', 'branch', 'recovery'];

/** The pages for a role, in the order of the menu. */
export const openTo = (role: Role): readonly AdminPage[] => pagesFor(role).filter((page) => OPEN.includes(page));
