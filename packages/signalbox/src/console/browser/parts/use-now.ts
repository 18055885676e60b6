import { useEffect, useState } from 'react';

/** The time in Unix milliseconds, once a second while something runs; at a rehearsal's pace of time. */
export function useNow(isRunning: boolean, offsetMs = 0): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, [isRunning]);
  return now + offsetMs;
}
