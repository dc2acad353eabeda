/**
 * Asks after the person pauses, and only the last question's answer is told: an early question that
 * is answered late would show what is true of something no longer typed. One question is asked at a
 * time, however fast the person types.
 */
export function latest<Args extends unknown[], Answer>(
  ask: (...args: Args) => Promise<Answer>,
  tell: (answer: Answer) => void,
  pauseMs = 200,
): (...args: Args) => void {
  let newest = 0;
  let waiting: Args | null = null;
  let asking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function askWhatWaits() {
    if (asking) return;
    asking = true;
    while (waiting) {
      const args = waiting;
      const mine = newest;
      waiting = null;
      try {
        const answer = await ask(...args);
        if (mine === newest) tell(answer);
      } catch {
        // The line under a field is a courtesy: the form's own answer says what is wrong.
      }
    }
    asking = false;
  }

  return (...args) => {
    newest += 1;
    clearTimeout(timer);
    timer = setTimeout(() => {
      waiting = args;
      void askWhatWaits();
    }, pauseMs);
  };
}
