// The pages that can be opened in the counter, and by whom.
import { pagesFor, type AdminPage, type Role } from '../admin/pages';

const OPEN: readonly AdminPage[] = ['people', 'branch'];

/** What is open within a page, such as a person: its name, its heading, and the way back. */
export interface Within {
  name: string;
  heading: string;
  back: string;
  onback: () => void;
}

/** The pages for a role, in the order of the menu. */
export const openTo = (role: Role): readonly AdminPage[] => pagesFor(role).filter((page) => OPEN.includes(page));
