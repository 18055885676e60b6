import { useEffect, useState } from 'react';
import { placeNow } from '../app/place-time.ts';

/** The time of the place in Unix milliseconds, once a second while something runs. */
export function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(placeNow);
  useEffect(() => {
    if (!isRunning) return;
    setNow(placeNow());
    const timer = window.setInterval(() => setNow(placeNow()), 1_000);
    return () => window.clearInterval(timer);
  }, [isRunning]);
  return now;
}
