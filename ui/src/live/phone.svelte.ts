// What the rehearsal's phone received, looked at once a second while it is shown.
import type { PhoneMessage } from '../contract/PhoneMessage';
import type { Desk } from '../desk/desk';

export class Phone {
  messages = $state.raw<readonly PhoneMessage[]>([]);
  #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Looks now and every second, until the function it returns is called. */
  watch(): () => void {
    let watching = true;
    const look = async () => {
      try {
        const messages = await this.#desk.rehearsalPhone();
        if (watching) this.messages = messages;
      } catch {
        // Looked at again in a second.
      }
    };
    void look();
    const timer = setInterval(look, 1000);
    return () => {
      watching = false;
      clearInterval(timer);
    };
  }
}
