/**
 * Asks after the person pauses, and only the last question's answer is told: an early question that
 * is answered late would show what is true of something no longer typed.
 */
export function latest<Args extends unknown[], Answer>(
  ask: (...args: Args) => Promise<Answer>,
  tell: (answer: Answer) => void,
  pauseMs = 200,
): (...args: Args) => void {
  let newest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args) => {
    const mine = ++newest;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const answer = await ask(...args);
        if (mine === newest) tell(answer);
      } catch {
        // The line under a field is a courtesy: the form's own answer says what is wrong.
      }
    }, pauseMs);
  };
}
